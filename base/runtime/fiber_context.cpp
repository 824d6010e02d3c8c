#include "base/runtime/fiber_context.hpp"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <boost/context/stack_traits.hpp>
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
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(CASEWIRE_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

namespace casewire {
namespace {

using boost::context::protected_fixedsize_stack;
using boost::context::stack_context;
using boost::context::detail::fcontext_t;
using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

// SQLite, JSON and MIME run on these; measured, none needs more than 30 KiB. Instrumented frames are far larger.
#if defined(CASEWIRE_ASAN) || defined(CASEWIRE_TSAN)
constexpr std::size_t kStackBytes = 1024 * 1024;
#else
constexpr std::size_t kStackBytes = 256 * 1024;
#endif
constexpr std::size_t kPooledMax = 256;

/// What the C++ runtime keeps per thread (Itanium C++ ABI: Exception Handling, 2.2.2): caught exceptions, and a count.
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

/// What the sanitizers must know about a stack that is not running. Always inlined: ThreadSanitizer notes where each
/// function begins and ends, and one that begins on one stack and ends on another would leave both notes wrong.
class StackNote {
 public:
#if defined(CASEWIRE_ASAN)
  [[gnu::always_inline]] void place(const stack_context& stack) {
    bytes_ = stack.size;
    bottom_ = static_cast<const std::byte*>(stack.sp) - bytes_;
  }
  [[gnu::always_inline]] void forget() const { __asan_unpoison_memory_region(bottom_, bytes_); }
  [[gnu::always_inline]] void take_current() {}
  [[gnu::always_inline]] void leave_for(const StackNote& other) {
    __sanitizer_start_switch_fiber(&fake_stack_, other.bottom_, other.bytes_);
  }
  /// On this stack again, or for the first time; the place of the one it was left for is learnt.
  [[gnu::always_inline]] void arrive_from(StackNote& other) {
    __sanitizer_finish_switch_fiber(fake_stack_, &other.bottom_, &other.bytes_);
  }

 private:
  void* fake_stack_ = nullptr;
  const void* bottom_ = nullptr;
  std::size_t bytes_ = 0;
#elif defined(CASEWIRE_TSAN)
  [[gnu::always_inline]] void place(const stack_context&) { fiber_ = __tsan_create_fiber(0); }
  [[gnu::always_inline]] void forget() const { __tsan_destroy_fiber(fiber_); }
  [[gnu::always_inline]] void take_current() { fiber_ = __tsan_get_current_fiber(); }
  [[gnu::always_inline]] void leave_for(const StackNote& other) { __tsan_switch_to_fiber(other.fiber_, 0); }
  [[gnu::always_inline]] void arrive_from(StackNote&) {}

 private:
  void* fiber_ = nullptr;
#else
  void place(const stack_context&) {}
  void forget() const {}
  void take_current() {}
  void leave_for(const StackNote&) {}
  void arrive_from(StackNote&) {}
#endif
};

}  // namespace

// Boost's fcontext functions rather than its class fiber: that one ends a context by switching out of it for ever,
// which ThreadSanitizer's notes do not survive. Here an idle context holds no object, so its stack is simply unmapped.
struct FiberContext::State {
  protected_fixedsize_stack stacks{kStackBytes};
  stack_context stack = stacks.allocate();
  fcontext_t self = make_fcontext(stack.sp, stack.size - page_bytes(), &State::enter);  ///< while not running
  fcontext_t resumer = nullptr;                                                         ///< while running
  StackNote own_stack;
  StackNote resumer_stack;
  HandledExceptions exceptions;
  std::function<void()> body;

  State() { own_stack.place(stack); }
  ~State() {
    own_stack.forget();
    stacks.deallocate(stack);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  [[noreturn]] static void enter(transfer_t from) noexcept {
    State& state = *static_cast<State*>(from.data);
    state.resumer = from.fctx;
    state.own_stack.arrive_from(state.resumer_stack);
    for (;;) {
      state.body();
      state.body = nullptr;
      state.suspend();
    }
  }

  void resume() {
    exceptions.swap_with_thread();
    resumer_stack.take_current();
    resumer_stack.leave_for(own_stack);
    self = jump_fcontext(self, this).fctx;
    resumer_stack.arrive_from(own_stack);
    exceptions.swap_with_thread();
  }

  void suspend() {
    own_stack.leave_for(resumer_stack);
    resumer = jump_fcontext(resumer, nullptr).fctx;
    own_stack.arrive_from(resumer_stack);
  }

  static std::size_t page_bytes() { return boost::context::stack_traits::page_size(); }
};

FiberContext::FiberContext() : state_(std::make_unique<State>()) {}

FiberContext::~FiberContext() { assert(idle()); }

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
