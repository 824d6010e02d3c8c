#include "base/runtime/fiber_context.hpp"

#include <cxxabi.h>

#include <boost/context/fiber.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CASEWIRE_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define CASEWIRE_TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define CASEWIRE_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__)
#define CASEWIRE_TSAN 1
#endif

#if defined(CASEWIRE_ASAN)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(CASEWIRE_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

namespace casewire {
namespace {

// SQLite, JSON and MIME run on these; measured, none needs more than 30 KiB. Instrumented frames are several times
// larger.
#if defined(CASEWIRE_ASAN) || defined(CASEWIRE_TSAN)
constexpr std::size_t kStackBytes = 1024 * 1024;
#else
constexpr std::size_t kStackBytes = 256 * 1024;
#endif
constexpr std::size_t kPooledMax = 256;

/// What the C++ runtime keeps per thread (Itanium C++ ABI: Exception Handling, 2.2.2): the caught exceptions and a
/// counter.
class HandledExceptions {
 public:
  /// Puts these in the thread's place, and the thread's here.
  void swap_with_thread() {
    auto* const of_thread = reinterpret_cast<std::byte*>(abi::__cxa_get_globals());
    std::byte saved[kBytes];
    std::memcpy(saved, of_thread, kBytes);
    std::memcpy(of_thread, bytes_, kBytes);
    std::memcpy(bytes_, saved, kBytes);
  }

 private:
  static constexpr std::size_t kBytes = sizeof(void*) + sizeof(unsigned int);
  std::byte bytes_[kBytes]{};
};

/// What the sanitizers must know about a stack that is not running.
class StackNote {
 public:
#if defined(CASEWIRE_ASAN)
  void leave_for(const StackNote& other) { __sanitizer_start_switch_fiber(&fake_stack_, other.bottom_, other.bytes_); }
  void leave_for_ever(const StackNote& other) { __sanitizer_start_switch_fiber(nullptr, other.bottom_, other.bytes_); }
  /// On this stack again (or for the first time), coming from `other`, of which the place is learnt.
  void arrive_from(StackNote& other) { __sanitizer_finish_switch_fiber(fake_stack_, &other.bottom_, &other.bytes_); }
  void place(const void* bottom, std::size_t bytes) {
    bottom_ = bottom;
    bytes_ = bytes;
  }

 private:
  void* fake_stack_ = nullptr;
  const void* bottom_ = nullptr;
  std::size_t bytes_ = 0;
#elif defined(CASEWIRE_TSAN)
  void leave_for(const StackNote& other) { __tsan_switch_to_fiber(other.fiber_, 0); }
  void leave_for_ever(const StackNote& other) { leave_for(other); }
  void arrive_from(StackNote&) {}
  void place(const void*, std::size_t) { fiber_ = __tsan_create_fiber(0); }
  void take_current() { fiber_ = __tsan_get_current_fiber(); }
  void release() { __tsan_destroy_fiber(fiber_); }

 private:
  void* fiber_ = nullptr;
#else
  void leave_for(const StackNote&) {}
  void leave_for_ever(const StackNote&) {}
  void arrive_from(StackNote&) {}
  void place(const void*, std::size_t) {}
#endif

#if !defined(CASEWIRE_TSAN)

 public:
  void take_current() {}
  void release() {}
#endif
};

}  // namespace

struct FiberContext::State {
  boost::context::fiber self;     ///< suspended while not running
  boost::context::fiber resumer;  ///< suspended while running
  StackNote own_stack;
  StackNote resumer_stack;
  HandledExceptions exceptions;
  std::function<void()> body;
  bool ending = false;

  boost::context::fiber run(boost::context::fiber&& from) {
    resumer = std::move(from);
    own_stack.arrive_from(resumer_stack);
    while (!ending) {
      body();
      body = nullptr;
      suspend();
    }
    own_stack.leave_for_ever(resumer_stack);
    return std::move(resumer);
  }

  void resume() {
    exceptions.swap_with_thread();
    resumer_stack.take_current();
    resumer_stack.leave_for(own_stack);
    self = std::move(self).resume();
    resumer_stack.arrive_from(own_stack);
    exceptions.swap_with_thread();
  }

  void suspend() {
    own_stack.leave_for(resumer_stack);
    resumer = std::move(resumer).resume();
    own_stack.arrive_from(resumer_stack);
  }
};

FiberContext::FiberContext() : state_(std::make_unique<State>()) {
  boost::context::protected_fixedsize_stack stacks{kStackBytes};
  const auto stack = stacks.allocate();
  state_->own_stack.place(static_cast<const std::byte*>(stack.sp) - kStackBytes, kStackBytes);
  state_->self = boost::context::fiber{
      std::allocator_arg, boost::context::preallocated{stack.sp, stack.size, stack}, stacks,
      [state = state_.get()](boost::context::fiber&& from) { return state->run(std::move(from)); }};
}

FiberContext::~FiberContext() {
  assert(idle());
  state_->ending = true;
  state_->resume();
  state_->own_stack.release();
}

void FiberContext::start(std::function<void()> body) {
  assert(idle());
  state_->body = std::move(body);
}

bool FiberContext::idle() const { return !state_->body; }

void FiberContext::resume() { state_->resume(); }

void FiberContext::suspend() { state_->suspend(); }

std::unique_ptr<FiberContext> FiberContext::take() {
  auto& contexts = idle_contexts();
  if (contexts.empty()) return std::unique_ptr<FiberContext>(new FiberContext);
  auto context = std::move(contexts.back());
  contexts.pop_back();
  return context;
}

void FiberContext::give_back(std::unique_ptr<FiberContext> context) {
  if (idle_contexts().size() < kPooledMax) {
    idle_contexts().push_back(std::move(context));
  }
}

std::vector<std::unique_ptr<FiberContext>>& FiberContext::idle_contexts() {
  thread_local std::vector<std::unique_ptr<FiberContext>> contexts;
  return contexts;
}

}  // namespace casewire
