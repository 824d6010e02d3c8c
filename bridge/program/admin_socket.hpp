#pragma once
// The way of the operator's commands to the running bridge: a Unix socket in the state directory, for its owner alone. One question for
// each connection: a line of JSON, `["parked", "list"]`, and a line of JSON as the answer. Nobody reaches it over a network.

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/result.hpp"

namespace casewire::bridge {

class AdminSocket {
 public:
  using Answer = std::function<Json(const std::vector<std::string>&)>;

  /// Replaces the socket of a former run: who holds the state directory's lock (state_lock.hpp) may. `answer` is called on the socket's own
  /// thread, one question at a time.
  static Result<std::unique_ptr<AdminSocket>> listen(const std::string& state_dir, Answer answer);
  ~AdminSocket();
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

 private:
  AdminSocket(std::string path, int listening, int ending, Answer answer);
  void serve();
  void serve_one(int connection) const;

  std::string path_;
  int listening_;
  int ending_;  ///< an eventfd: readable when the thread is to end
  Answer answer_;
  std::thread thread_;
};

/// What the bridge on that state directory answers. The error says that none runs there, or that it is another user's.
Result<Json> ask_running_bridge(const std::string& state_dir, const std::vector<std::string>& words);

}  // namespace casewire::bridge
