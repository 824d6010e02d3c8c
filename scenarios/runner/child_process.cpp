#include "scenarios/runner/child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
extern "C" {  // the header of glibc 2.36 forgets to say so
#include <sys/pidfd.h>
}
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

#include "base/runtime/descriptor.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kOutputBytesMax = 16 * 1024;
constexpr std::chrono::milliseconds kKillMax{10'000};  ///< a killed process that is not gone by then never will be

std::string told(int error) { return std::generic_category().message(error); }

/// Everything that the child needs, made before it exists: until it has become the program it shares our memory.
struct Birth {
  const char* program = nullptr;
  char* const* arguments = nullptr;
  char* const* environment = nullptr;
  const char* folder = nullptr;  ///< null: where the harness is
  int input = -1, output = -1;
  sigset_t signals{};  ///< what the program may be interrupted by
  int error = 0;       ///< written by the child when it cannot become the program
};

/// Nothing of the harness is inherited, the child leads a group of its own, and it dies with the thread that started it.
[[noreturn]] void become_the_program(Birth& birth) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(birth.input, STDIN_FILENO);
  ::dup2(birth.output, STDOUT_FILENO);
  ::dup2(birth.output, STDERR_FILENO);
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  ::sigprocmask(SIG_SETMASK, &birth.signals, nullptr);
  if (birth.folder == nullptr || ::chdir(birth.folder) == 0) ::execve(birth.program, birth.arguments, birth.environment);
  birth.error = errno;
  ::_exit(127);
}

/// By vfork: the harness is large, and to copy its page tables for each bridge, and fault its pages in again, was half of what a
/// scenario cost in the kernel.
pid_t give_birth(Birth& birth) {
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &birth.signals);  // no handler of ours runs in the child
  const pid_t child = ::vfork();
  if (child == 0) become_the_program(birth);
  if (child < 0) birth.error = errno;
  ::pthread_sigmask(SIG_SETMASK, &birth.signals, nullptr);
  return child;
}

/// A null-ended array of what `texts` hold.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> surroundings(const EnvironmentVariables& given) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::string name(text.substr(0, text.find('=')));
    if (!is_meant_for_a_bridge(name) && !given.contains(name)) variables.emplace_back(text);
  }
  for (const auto& [name, value] : given) variables.push_back(name + "=" + value);
  return variables;
}

std::string describe_end(int native_code) {
  if (WIFSIGNALED(native_code)) return "killed by signal " + std::to_string(WTERMSIG(native_code));
  return "exited with " + std::to_string(WEXITSTATUS(native_code));
}

}  // namespace

struct ChildProcess::State : std::enable_shared_from_this<ChildProcess::State> {
  explicit State(asio::io_context& io) : written(io), end_notice(io) {}

  void read() {
    written.async_read_some(asio::buffer(buffer),
                            [self = shared_from_this()](const boost::system::error_code& error, std::size_t bytes) {
                              if (error) return;
                              {
                                const std::lock_guard lock(self->mutex);
                                self->keep({self->buffer.data(), bytes});
                              }
                              self->read();
                            });
  }

  void await_end() {
    end_notice.async_wait(asio::posix::stream_descriptor::wait_read,
                          [self = shared_from_this()](const boost::system::error_code& error) {
                            if (!error) self->ended();
                          });
  }

  void ended() {
    int code = 0;
    pid_t reaped = 0;
    while ((reaped = ::waitpid(group_id, &code, WNOHANG)) < 0 && errno == EINTR) {
    }
    // A wait of Asio's may end for nothing: an event of a descriptor that is closed finds whoever has its place now.
    if (reaped == 0) return await_end();
    const std::lock_guard lock(mutex);
    read_what_is_left();
    // A shell may be gone while what it started still holds the bridge's port.
    if (!is_ending) ::kill(-group_id, SIGKILL);
    alive = false;
    end = describe_end(code);
    was_killed = WIFSIGNALED(code) && WTERMSIG(code) == SIGKILL;
    gone.notify_all();
  }

  /// With the lock held. Its last words may lie in the pipe still, and whoever is told of its end wants them.
  void read_what_is_left() {
    written.native_non_blocking(true);
    std::array<char, 4096> last{};
    for (ssize_t bytes = 0; (bytes = ::read(written.native_handle(), last.data(), last.size())) > 0;) {
      keep({last.data(), static_cast<std::size_t>(bytes)});
    }
  }

  /// With the lock held.
  void keep(std::string_view text) {
    if (on_output) on_output(text);
    output += text;
    if (output.size() > kOutputBytesMax) output.erase(0, output.size() - kOutputBytesMax);
  }

  /// On the host's thread. Returns what went wrong; empty: nothing.
  std::string start(const ProcessHost::Start& how) {
    auto program = program_named(how.command.front());
    if (!program) return program.error();
    // A relative path was found from here, and the child will be elsewhere.
    if (!how.folder.empty()) program = std::filesystem::absolute(*program).string();
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return "cannot start " + *program + ": " + told(errno);
    Descriptor ours(ends[0]), childs(ends[1]);
    const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    std::vector<std::string> words = how.command, variables = surroundings(how.environment);
    const std::vector<char*> arguments = pointers_to(words), environment_texts = pointers_to(variables);
    Birth birth{.program = program->c_str(),
                .arguments = arguments.data(),
                .environment = environment_texts.data(),
                .folder = how.folder.empty() ? nullptr : how.folder.c_str(),
                .input = nothing.number(),
                .output = childs.number()};
    const pid_t child = give_birth(birth);
    if (birth.error != 0) {
      if (child > 0) ::waitpid(child, nullptr, 0);
      return "cannot start " + *program + ": " + told(birth.error);
    }
    Descriptor notice(::pidfd_open(child, 0));
    if (notice.number() < 0) {
      const int error = errno;
      ::kill(-child, SIGKILL);
      ::waitpid(child, nullptr, 0);
      return "cannot watch " + *program + ": " + told(error);
    }
    {
      const std::lock_guard lock(mutex);
      group_id = child;
      alive = true;
    }
    written.assign(ours.release());
    end_notice.assign(notice.release());
    read();
    await_end();
    return {};
  }

  /// The kernel knows of an end before the host's thread does: who asks in between waits for its being told.
  bool is_running() {
    std::unique_lock lock(mutex);
    if (!alive) return false;
    pollfd ended{end_notice.native_handle(), POLLIN, 0};
    if (::poll(&ended, 1, 0) > 0) gone.wait_for(lock, kKillMax, [&] { return !alive; });
    return alive;
  }

  bool wait_gone(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex);
    return gone.wait_for(lock, limit, [&] { return !alive; });
  }

  /// Whether nothing of the group is left. Orphans of the leader are this process's children (ProcessHost sees to that) and are
  /// reaped here; the leader itself is not, for its status is ended()'s: so only once it is gone.
  bool is_group_gone() const {
    for (;;) {
      const pid_t reaped = ::waitpid(-group_id, nullptr, WNOHANG);
      if (reaped == 0) return false;
      if (reaped < 0 && errno != EINTR) return true;
    }
  }

  bool wait_group_gone(std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds kLook{2};  // of an orphan's end nobody tells
    if (!wait_gone(limit)) return false;
    for (std::chrono::milliseconds waited{0}; !is_group_gone(); waited += kLook) {
      if (waited >= limit) return false;
      std::unique_lock lock(mutex);
      gone.wait_for(lock, kLook);
    }
    return true;
  }

  asio::posix::stream_descriptor written;     ///< by the program, on standard output and error
  asio::posix::stream_descriptor end_notice;  ///< a pidfd
  std::array<char, 4096> buffer{};
  pid_t group_id = 0;  ///< the leader's id
  mutable std::mutex mutex;
  std::condition_variable gone;
  bool alive = false;      ///< the leader
  bool is_ending = false;  ///< was asked to, and so were those it started
  std::string output;
  std::function<void(std::string_view)> on_output;
  std::string end;
  bool was_killed = false;
};

ChildProcess::ChildProcess(std::shared_ptr<State> state) : state_(std::move(state)) {}
ChildProcess::~ChildProcess() {
  kill();
  const std::lock_guard lock(state_->mutex);
  state_->on_output = {};  // what it would tell may be gone from here on
}

bool ChildProcess::running() const { return state_->is_running(); }

void ChildProcess::kill() {
  if (!running() && state_->is_group_gone()) return;
  ::kill(-state_->group_id, SIGKILL);
  state_->wait_group_gone(kKillMax);
}

void ChildProcess::ask_to_end() {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->alive) return;
    state_->is_ending = true;
  }
  ::kill(-state_->group_id, SIGTERM);
}

void ChildProcess::hang_up() {
  const std::lock_guard lock(state_->mutex);
  if (state_->alive) ::kill(-state_->group_id, SIGHUP);
}

bool ChildProcess::wait_gone(std::chrono::milliseconds limit) { return state_->wait_group_gone(limit); }

pid_t ChildProcess::group() const { return state_->group_id; }

bool ChildProcess::was_killed() const {
  const std::lock_guard lock(state_->mutex);
  return state_->was_killed;
}

std::string ChildProcess::output() const {
  const std::lock_guard lock(state_->mutex);
  return state_->output;
}

std::string ChildProcess::end() const {
  const std::lock_guard lock(state_->mutex);
  return state_->end;
}

struct ProcessHost::Impl {
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::thread thread{[this] { io.run(); }};
  std::counting_semaphore<> starting_places{std::max(1u, std::thread::hardware_concurrency())};
};

ProcessHost::StartingPlace::StartingPlace(ProcessHost& host) : host_(host) { host_.impl_->starting_places.acquire(); }
ProcessHost::StartingPlace::~StartingPlace() { host_.impl_->starting_places.release(); }

ProcessHost::ProcessHost() : impl_(std::make_unique<Impl>()) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // what a bridge's shell leaves behind becomes ours, and can be waited for
}

ProcessHost::~ProcessHost() {
  impl_->work.reset();
  impl_->io.stop();
  impl_->thread.join();
}

Result<std::unique_ptr<ChildProcess>, std::string> ProcessHost::start(const Start& how,
                                                                      std::function<void(std::string_view)> on_output) {
  if (how.command.empty()) return fail(std::string("the bridge command is empty"));
  auto state = std::make_shared<ChildProcess::State>(impl_->io);
  state->on_output = std::move(on_output);
  std::promise<std::string> started;
  // On the host's thread: a child dies with the thread that started it.
  asio::post(impl_->io, [&] { started.set_value(state->start(how)); });
  if (std::string problem = started.get_future().get(); !problem.empty()) return fail(std::move(problem));
  return std::unique_ptr<ChildProcess>(new ChildProcess(std::move(state)));
}

Result<std::string, std::string> program_named(const std::string& name) {
  std::error_code ignored;
  if (name.find('/') == std::string::npos) {
    const char* path = std::getenv("PATH");
    for (const std::string_view folder : split(path == nullptr ? "" : path, ':')) {
      std::string file = std::string(folder.empty() ? "." : folder) + "/" + name;
      if (::access(file.c_str(), X_OK) == 0 && !std::filesystem::is_directory(file, ignored)) return file;
    }
    return fail("there is no program " + name + " in PATH");
  }
  if (::access(name.c_str(), X_OK) != 0) return fail(name + ": " + told(errno));
  if (std::filesystem::is_directory(name, ignored)) return fail(name + " is a folder");
  return name;
}

std::vector<std::string> command_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace casewire::scenarios
