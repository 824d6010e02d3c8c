#include "sim/clock/driver.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "base/text/process_stat.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::clock {
namespace {

/// A file of /proc that is read again and again.
class Seen {
 public:
  explicit Seen(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Seen() {
    if (file_ >= 0) ::close(file_);
  }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;
  /// Empty when what it tells of is gone. Valid until the next call on this thread.
  std::string_view text() const {
    thread_local char buffer[4096];
    const ssize_t size = file_ < 0 ? -1 : ::pread(file_, buffer, sizeof buffer, 0);
    return size <= 0 ? std::string_view{} : std::string_view(buffer, static_cast<std::size_t>(size));
  }

 private:
  int file_;
};

std::uint64_t number_after(std::string_view text, std::string_view name) {
  const auto at = text.find(name);
  if (at == std::string_view::npos) return 0;
  std::size_t begin = at + name.size();
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  std::uint64_t number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

/// A thread as the kernel sees it.
class Task {
 public:
  Task(pid_t its_id, const std::string& folder)
      : id(its_id),
        stat_(folder + "/stat"),
        schedstat_(folder + "/schedstat"),
        status_(folder + "/status"),
        children_(folder + "/children") {}

  ProcessStat stat() const { return process_stat(stat_.text()); }

  /// Since this was asked before.
  bool has_run() {
    std::string seen = runs();
    if (seen == runs_seen_) return false;
    runs_seen_ = std::move(seen);
    may_have_children_ = true;
    return true;
  }

  /// Of the processes that it has started, and that are not reaped.
  std::vector<pid_t> children() {
    std::vector<pid_t> found;
    if (!may_have_children_) return found;
    for (const std::string_view word : split(children_.text(), ' ')) {
      pid_t child = 0;
      std::from_chars(word.data(), word.data() + word.size(), child);
      if (child > 0) found.push_back(child);
    }
    may_have_children_ = !found.empty();  // one that has none and does not run starts none
    return found;
  }

  const pid_t id;

 private:
  /// Equal before and after: it has not run in between, nor did it run before and come to rest. How long and how often it has run
  /// ("schedstat", Documentation/scheduler/sched-stats.rst), or where the kernel counts neither, how often it was switched away ("status", man 5 proc),
  /// which costs ten times as much to read.
  std::string runs() const {
    const std::string_view counted = schedstat_.text();
    if (!counted.empty() && !counted.starts_with("0 0 0")) return std::string(counted);
    const std::string_view status = status_.text();
    const auto at = status.find("\nvoluntary_ctxt_switches:");
    return at == std::string_view::npos ? std::string{} : std::string(status.substr(at));
  }

  Seen stat_, schedstat_, status_, children_;
  std::string runs_seen_{};
  bool may_have_children_ = true;
};

bool is_at_rest(char letter) { return letter == 'S' || letter == 'Z' || letter == 'I'; }

std::int64_t nanoseconds(WallTime time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

}  // namespace

struct Driver::Process {
  explicit Process(pid_t its_id)
      : id(its_id), folder("/proc/" + std::to_string(its_id) + "/task"), io("/proc/" + std::to_string(its_id) + "/io") {}

  /// The folder counts them in its links; nullopt when the process is gone.
  std::optional<std::size_t> count_of_tasks() const {
    struct stat found {};
    if (::stat(folder.c_str(), &found) != 0) return std::nullopt;
    return found.st_nlink < 2 ? 0 : static_cast<std::size_t>(found.st_nlink - 2);
  }

  /// Threads come and go. False when the process is gone.
  bool look_for_tasks() {
    const auto count = count_of_tasks();
    if (!count) return false;
    if (*count == tasks.size() && !is_stale) return true;
    tasks.clear();
    is_stale = false;
    DIR* open = ::opendir(folder.c_str());
    if (open == nullptr) return false;
    while (const dirent* entry = ::readdir(open)) {
      const pid_t task = static_cast<pid_t>(std::atoi(entry->d_name));
      if (task > 0) tasks.push_back(std::make_unique<Task>(task, folder + "/" + entry->d_name));
    }
    ::closedir(open);
    return true;
  }

  pid_t id;
  std::string folder;
  Seen io;
  std::vector<std::unique_ptr<Task>> tasks{};
  bool is_stale = false;
};

Result<std::unique_ptr<Driver>, std::string> Driver::create(std::string path, std::string library, WallTime start) {
  if (::access(library.c_str(), R_OK) != 0) return fail("there is no " + library);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return fail("cannot make " + path + ": " + std::strerror(errno));
  void* mapped = MAP_FAILED;
  if (::ftruncate(file, sizeof(Board)) == 0) mapped = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const std::string why = std::strerror(errno);
  ::close(file);
  if (mapped == MAP_FAILED) return fail("cannot share " + path + ": " + why);
  auto* board = static_cast<Board*>(mapped);        // zeros, as a new file is
  constexpr std::int64_t kUp = 86'400'000'000'000;  // the machine has been up for a day
  board->now = nanoseconds(start);
  board->monotonic_offset = nanoseconds(start) - kUp;
  for (Wait& wait : board->waits) wait.until = kNever;
  board->magic = kMagic;
  return std::unique_ptr<Driver>(new Driver(std::move(path), std::move(library), board));
}

Driver::Driver(std::string path, std::string library, Board* board)
    : path_(std::move(path)), library_(std::move(library)), board_(board) {}

Driver::~Driver() {
  ::munmap(board_, sizeof(Board));
  ::unlink(path_.c_str());
}

std::map<std::string, std::string> Driver::environment() const { return {{"LD_PRELOAD", library_}, {kBoardVariable, path_}}; }

void Driver::look_for_processes() {
  for (auto& place : board_->processes) {
    const pid_t id = place.load();
    if (id != 0 && !processes_.contains(id)) processes_.emplace(id, std::make_unique<Process>(id));
  }
  for (auto process = processes_.begin(); process != processes_.end();) {
    if (process->second->look_for_tasks()) {
      ++process;
      continue;
    }
    for (auto& place : board_->processes) {
      std::int32_t gone = process->first;
      place.compare_exchange_strong(gone, 0);
    }
    for (Wait& wait : *board_) {
      if (wait.process.load() != process->first) continue;
      wait.until = kNever;
      wait.process = 0;
      wait.thread = 0;
    }
    process = processes_.erase(process);
  }
}

bool Driver::is_in_use() const {
  return std::any_of(std::begin(board_->processes), std::end(board_->processes),
                     [](const auto& place) { return place.load() != 0; });
}

std::optional<std::string> Driver::busy_task() {
  const auto is_sliced = [&](const Task& task) {
    return std::any_of(begin(*board_), end(*board_),
                       [&](const Wait& wait) { return wait.thread.load() == task.id && wait.kind.load() == WaitKind::slices; });
  };
  const auto at_work = [](pid_t process, const Task& task, const ProcessStat& stat) {
    return "thread " + std::to_string(task.id) + " (" + stat.name + ") of process " + std::to_string(process) +
           (stat.state == 'T' || stat.state == 't' ? " is stopped" : " is at work");
  };
  bool has_run = false;
  const auto look_at = [&](Process& process, Task& task) -> std::optional<std::string> {
    const ProcessStat stat = task.stat();
    const bool has_ended = stat.state == 'X' || (stat.state == 'Z' && task.id != process.id);
    if (has_ended) {
      process.is_stale = true;  // another may have taken its place in the count
      return "process " + std::to_string(process.id) + " starts and ends threads";
    }
    if (!is_at_rest(stat.state) && !is_sliced(task)) return at_work(process.id, task, stat);
    has_run = task.has_run();
    return std::nullopt;
  };
  // All were at rest at one instant: when this round first looked at the last of those that have run since the round before. Who is looked at after it
  // has not run since before it; the others are looked at again. Mostly that is a first thread, and often it is at work still.
  std::size_t looked_at = 0, to_look_at_again = 0;
  for (auto& [id, process] : processes_) {
    for (auto& task : process->tasks) {
      if (auto busy = look_at(*process, *task)) return busy;
      ++looked_at;
      if (has_run) to_look_at_again = looked_at;
    }
  }
  for (auto& [id, process] : processes_) {
    for (auto& task : process->tasks) {
      if (to_look_at_again-- == 0) return std::nullopt;
      if (auto busy = look_at(*process, *task)) return busy;
      if (has_run && !is_sliced(*task)) return at_work(id, *task, task->stat());
    }
  }
  return std::nullopt;
}

/// What a shell has started enters the board only when its own main() is near, and on a laden machine that takes a while. One that never enters
/// (a static program) is at rest as soon as it waits.
std::optional<std::string> Driver::starting_process() {
  for (const auto& [id, process] : processes_) {
    for (const auto& task : process->tasks) {
      for (const pid_t child : task->children()) {
        if (processes_.contains(child)) continue;
        const ProcessStat stat = process_stat(Seen("/proc/" + std::to_string(child) + "/stat").text());
        if (stat.state == 'R' || stat.state == 'D') return "process " + std::to_string(child) + " (" + stat.name + ") starts";
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> Driver::busy() {
  board_->is_looked_at = 1;
  rests_seen_ = board_->rests.load();
  auto holder = who_is_busy();
  if (!holder) {
    board_->is_looked_at = 0;
    moments_ = 0;
  }
  return holder;
}

std::optional<std::string> Driver::who_is_busy() {
  look_for_processes();
  const std::int64_t now = board_->now.load();
  for (const Wait& wait : *board_) {
    if (wait.thread.load() == 0 || wait.until.load() > now || wait.kind.load() == WaitKind::slices) continue;
    return "thread " + std::to_string(wait.thread.load()) + " of process " + std::to_string(wait.process.load()) +
           " has not been woken from " + std::string(wait.name);
  }
  if (auto task = busy_task()) return task;
  if (auto child = starting_process()) return child;
  // Who was at work when the threads were listed may have started others before it came to rest.
  for (const auto& [id, process] : processes_) {
    if (process->count_of_tasks() != process->tasks.size()) return "process " + std::to_string(id) + " starts and ends threads";
  }
  const auto is_known = [&](const auto& place) { return place.load() == 0 || processes_.contains(place.load()); };
  if (!std::all_of(std::begin(board_->processes), std::end(board_->processes), is_known)) return "a process has started";
  learn();
  return std::nullopt;
}

/// What came of a jump, as far as the kernel counts it: bytes that went out of the processes, and threads that were woken.
std::uint64_t Driver::work_done() {
  std::uint64_t work = 0;
  for (const auto& [id, process] : processes_) work += number_after(process->io.text(), "syscw:");
  return work;
}

Driver::Waiter Driver::who(const Wait& wait) {
  return {wait.thread.load(), wait.kind.load() == WaitKind::timer ? wait.object.load() : nullptr};
}

namespace {

constexpr int kIdleEnough = 16;
/// Of who has kept house before. What it did in between was something else: an event loop has one thread for all its timers.
constexpr int kIdleAgain = 2;
constexpr std::int64_t kLateMost = 60'000'000'000;
constexpr int kIdleForLong = 128;
constexpr std::int64_t kLateMostForLong = 600'000'000'000;

}  // namespace

void Driver::learn() {
  if (!is_to_learn_) return;
  is_to_learn_ = false;
  const bool something_came_of_it = work_done() != work_before_ || heard_ != heard_before_;
  const auto keeps_house = [&](const auto& woken) {
    const auto habit = habits_.find(woken.first);
    return habit != habits_.end() && habit->second.idle >= kIdleEnough;
  };
  // Of several that were woken at once those are believed to have done it that do not keep house.
  const bool only_housekeepers = std::all_of(woken_.begin(), woken_.end(), keeps_house);
  for (const auto& woken : woken_) {
    const auto& [waiter, seen] = woken;
    if (!something_came_of_it) {
      Habit& habit = habits_[waiter];
      habit = {std::max(habit.span, seen.span), habit.idle + 1, seen.name};
    } else if (only_housekeepers || !keeps_house(woken)) {
      // Of others it says nothing.
      const auto habit = habits_.find(waiter);
      if (habit == habits_.end()) continue;
      if (habit->second.idle < kIdleEnough - kIdleAgain) {
        habits_.erase(habit);
      } else {
        habit->second.idle = kIdleEnough - kIdleAgain;
      }
    }
  }
}

std::optional<WallTime> Driver::next() {
  const std::int64_t now = board_->now.load();
  std::int64_t earliest = kNever;
  for (const Wait& wait : *board_) {
    if (wait.thread.load() == 0) continue;
    std::int64_t until = wait.until.load();
    if (until == kNever) continue;
    const auto habit = habits_.find(who(wait));
    if (habit != habits_.end() && habit->second.idle >= kIdleEnough) {
      constexpr int kDoublingsMax = 20;
      const std::int64_t most = habit->second.idle >= kIdleForLong ? kLateMostForLong : kLateMost;
      const std::int64_t bounded = std::clamp<std::int64_t>(habit->second.span, 1, most);
      until += std::min(most, bounded << std::min(habit->second.idle - kIdleEnough, kDoublingsMax));
    }
    earliest = std::min(earliest, until);
  }
  if (earliest == kNever) return std::nullopt;
  // No machine wakes anybody at the very hour, and programs lean on that: Ruby looks whether it is *later* than its limit.
  return WallTime(std::chrono::floor<milliseconds>(std::chrono::nanoseconds(std::max(earliest, now))) + milliseconds{1});
}

void Driver::advance_to(WallTime when) {
  const std::int64_t now = nanoseconds(when);
  if (now <= board_->now.load()) return;
  work_before_ = work_done();
  heard_before_ = heard_;
  woken_.clear();
  for (const Wait& wait : *board_) {
    if (wait.thread.load() != 0 && wait.until.load() <= now) woken_.push_back({who(wait), {wait.span.load(), 0, wait.name}});
  }
  is_to_learn_ = true;
  board_->now.store(now, std::memory_order_release);
  board_->jumps.fetch_add(1, std::memory_order_release);
  ::syscall(SYS_futex, &board_->jumps, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void Driver::forget_processes() {
  processes_.clear();
  habits_.clear();
  is_to_learn_ = false;
  for (auto& place : board_->processes) place = 0;
  for (Wait& wait : *board_) {
    wait.until = kNever;
    wait.process = 0;
    wait.thread = 0;
  }
}

std::vector<std::string> Driver::housekeepers() const {
  std::vector<std::string> names;
  for (const auto& [waiter, habit] : habits_) {
    if (habit.idle < kIdleEnough) continue;
    names.push_back(habit.name + " of thread " + std::to_string(waiter.first) + ", every " +
                    human_duration(std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds(habit.span))));
  }
  return names;
}

std::uint64_t Driver::jumps() const { return board_->jumps.load(); }

namespace {}  // namespace

std::optional<std::string> Driver::process_without(pid_t group) const {
  DIR* all = ::opendir("/proc");
  if (all == nullptr) return std::nullopt;
  std::optional<std::string> stray;
  while (const dirent* entry = ::readdir(all)) {
    const pid_t id = static_cast<pid_t>(std::atoi(entry->d_name));
    if (id <= 0) continue;
    const ProcessStat stat = process_stat(Seen("/proc/" + std::string(entry->d_name) + "/stat").text());
    if (stat.group != group || stat.state == 'Z') continue;
    // Not by the board: a child enters it when it is forked, and may then become another program.
    std::ifstream maps("/proc/" + std::string(entry->d_name) + "/maps");
    const std::string mapped(std::istreambuf_iterator<char>(maps), {});
    const bool has_it = mapped.find(library_) != std::string::npos || mapped.empty();
    if (!has_it) stray = "process " + std::to_string(id) + " (" + stat.name + ")";
  }
  ::closedir(all);
  return stray;
}

void Driver::wait_a_moment() {
  constexpr useconds_t kVeryShort = 30;
  constexpr long kFirst = 50'000, kMost = 500'000;
  constexpr int kLooksAtOnce = 2;
  if (looks_at_once_ > 0) {
    --looks_at_once_;
    ::usleep(kVeryShort);
    return;
  }
  // Who waits without a limit, or by other means than the library sees, tells nothing.
  const timespec at_most{0, std::min(kMost, kFirst << std::min(moments_++, 4))};
  const long result = ::syscall(SYS_futex, &board_->rests, FUTEX_WAIT, rests_seen_, &at_most, nullptr, 0);
  if (result == 0 || errno == EAGAIN) looks_at_once_ = kLooksAtOnce;
}

std::string library_beside_this_program() {
  constexpr const char* kName = "libcasewire_clock.so";
  char program[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", program, sizeof program);
  const std::string path(program, size > 0 ? static_cast<std::size_t>(size) : 0);
  const std::string folder = path.substr(0, path.rfind('/'));
  const std::string beside = folder + "/" + kName;
  return ::access(beside.c_str(), R_OK) == 0 ? beside : folder + "/../lib/casewire/" + kName;
}

}  // namespace casewire::sim::clock
