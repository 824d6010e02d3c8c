#include "base/runtime/task.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <typeinfo>
#include <utility>

#include "base/runtime/runtime.hpp"

namespace casewire {
namespace {

[[noreturn]] void end_program(const std::string& name, const char* exception) {
  // The type only: what() may quote a message or a secret.
  std::fprintf(stderr, "casewire: the task \"%s\" let an exception escape: %s\n", name.c_str(), exception);
  std::abort();
}

}  // namespace

void run_task(const std::string& name, std::function<void()> function) noexcept {
  try {
    const auto own = std::move(function);  // its captures end with the task, where they may still use the runtime
    own();
  } catch (const TaskStopped&) {
    return;
  } catch (const std::exception& error) {
    end_program(name, typeid(error).name());
  } catch (...) {
    end_program(name, "not a std::exception");
  }
}

}  // namespace casewire
