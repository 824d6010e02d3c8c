#include "scenarios/runner/process_life.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text/process_stat.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

/// Nothing when it is gone, as threads and processes may be between two looks.
std::string content_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

void ProcessLife::look() {
  std::map<pid_t, Spent> now;
  is_runnable_ = false;
  look_at(leader_, now);
  for (const auto& [thread, spent] : now) {
    const auto before = threads_.find(thread);
    const Spent base = before == threads_.end() ? Spent{} : before->second;
    if (is_first_) continue;
    ran_ += std::max(spent.ran - base.ran, std::chrono::nanoseconds{0});
    waited_ += std::max(spent.waited - base.waited, std::chrono::nanoseconds{0});
  }
  is_first_ = false;
  threads_ = std::move(now);
}

void ProcessLife::look_at(pid_t process, std::map<pid_t, Spent>& threads) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/task", ignored)) {
    const auto thread = static_cast<pid_t>(std::atoi(entry.path().filename().c_str()));
    std::int64_t ran = 0, waited = 0;
    // kernel.org, "Scheduler statistics": time on the processor, time waiting in its queue, both in nanoseconds.
    std::istringstream(content_of(entry.path() / "schedstat")) >> ran >> waited;
    threads[thread] = {std::chrono::nanoseconds{ran}, std::chrono::nanoseconds{waited}};
    is_runnable_ = is_runnable_ || process_stat(content_of(entry.path() / "stat")).state == 'R';
    std::istringstream children(content_of(entry.path() / "children"));
    for (pid_t child = 0; children >> child;) look_at(child, threads);
  }
}

milliseconds FairWatch::lost() {
  life_.look();
  return std::min(std::chrono::duration_cast<milliseconds>(life_.waited()), watch_.elapsed() * 9 / 10);
}

milliseconds FairWatch::elapsed() {
  const milliseconds gone = lost();
  return watch_.elapsed() - gone;
}

bool FairWatch::was_starved() { return lost() * 2 > watch_.elapsed(); }

}  // namespace casewire::scenarios
