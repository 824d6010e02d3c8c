#pragma once
// What both runtimes do with a task's function.

#include <functional>
#include <string>

namespace casewire {

/// Runs `function` and destroys it. TaskStopped ends here; any other exception ends the program and names the task.
void run_task(const std::string& name, std::function<void()> function) noexcept;

}  // namespace casewire
