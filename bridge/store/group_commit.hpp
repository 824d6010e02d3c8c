#pragma once
// Writers that arrive while a commit is on its way share the next one: a durable commit costs a sync of a disk, or a way over the network,
// however much is in it.

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace casewire::bridge {

/// `Wish` is what one thread wants committed, on that thread's stack; it derives from GroupWish.
struct GroupWish {
  bool done = false;
  std::exception_ptr failure{};
};

/// Thread-safe.
template <class Wish>
class GroupCommit {
 public:
  /// Commits all of a batch, or sets `failure` where it could not. On one thread at a time; throws nothing.
  using Together = std::function<void(const std::vector<Wish*>&)>;
  explicit GroupCommit(Together together) : together_(std::move(together)) {}

  /// Returns when it is committed, perhaps together with others', or throws its failure.
  void commit(Wish& mine) {
    std::unique_lock lock(mutex_);
    queue_.push_back(&mine);
    while (!mine.done) {
      if (committing_) {
        committed_.wait(lock);
        continue;
      }
      committing_ = true;
      const std::vector<Wish*> batch = std::exchange(queue_, {});
      lock.unlock();
      together_(batch);
      lock.lock();
      for (Wish* wish : batch) wish->done = true;
      committing_ = false;
      committed_.notify_all();
    }
    if (mine.failure) std::rethrow_exception(mine.failure);
  }

 private:
  Together together_;
  std::mutex mutex_;
  std::condition_variable committed_;
  std::vector<Wish*> queue_;  ///< at most one per calling thread
  bool committing_ = false;
};

}  // namespace casewire::bridge
