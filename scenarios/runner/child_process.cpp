#include "scenarios/runner/child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/process/args.hpp>
#include <boost/process/async.hpp>
#include <boost/process/async_pipe.hpp>
#include <boost/process/child.hpp>
#include <boost/process/env.hpp>
#include <boost/process/environment.hpp>
#include <boost/process/error.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/group.hpp>
#include <boost/process/io.hpp>
#include <boost/process/search_path.hpp>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

namespace casewire::scenarios {
namespace {

namespace bp = boost::process;
namespace asio = boost::asio;

constexpr std::size_t kOutputBytesMax = 16 * 1024;
constexpr std::chrono::milliseconds kKillMax{10'000};  ///< a killed process that is not gone by then never will be

/// Runs in the child between fork and exec: nothing of the harness is inherited, and the child dies with the thread that
/// started it.
struct Isolate : bp::extend::handler {
  template <class Executor>
  void on_exec_setup(Executor&) const {
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  }
};

std::string describe_end(int native_code) {
  if (WIFSIGNALED(native_code)) return "killed by signal " + std::to_string(WTERMSIG(native_code));
  return "exited with " + std::to_string(WEXITSTATUS(native_code));
}

}  // namespace

struct ChildProcess::State : std::enable_shared_from_this<ChildProcess::State> {
  explicit State(asio::io_context& io) : out(io), err(io) {}

  void read(bp::async_pipe& pipe, std::array<char, 4096>& buffer) {
    pipe.async_read_some(asio::buffer(buffer),
                         [self = shared_from_this(), &pipe, &buffer](const boost::system::error_code& error, std::size_t bytes) {
                           if (error) return;
                           {
                             const std::lock_guard lock(self->mutex);
                             self->output.append(buffer.data(), bytes);
                             if (self->output.size() > kOutputBytesMax)
                               self->output.erase(0, self->output.size() - kOutputBytesMax);
                           }
                           self->read(pipe, buffer);
                         });
  }

  bool wait_gone(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex);
    return gone.wait_for(lock, limit, [&] { return !alive; });
  }

  /// Whether nothing of the group is left. Orphans of the leader are this process's children (ProcessHost sees to that) and are
  /// reaped here; the leader itself is not, for its status belongs to Boost: so only once it is gone.
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

  bp::async_pipe out, err;
  std::array<char, 4096> out_buffer{}, err_buffer{};
  bp::group group;
  std::unique_ptr<bp::child> child;
  pid_t group_id = 0;  ///< the leader's id
  mutable std::mutex mutex;
  std::condition_variable gone;
  bool alive = false;      ///< the leader
  bool is_ending = false;  ///< was asked to, and so were those it started
  std::string output;
  std::string end;
  bool was_killed = false;
};

ChildProcess::ChildProcess(std::shared_ptr<State> state) : state_(std::move(state)) {}
ChildProcess::~ChildProcess() { kill(); }

bool ChildProcess::running() const {
  const std::lock_guard lock(state_->mutex);
  return state_->alive;
}

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

Result<std::unique_ptr<ChildProcess>, std::string> ProcessHost::start(const std::vector<std::string>& command,
                                                                      const EnvironmentVariables& environment) {
  if (command.empty()) return fail(std::string("the bridge command is empty"));
  auto state = std::make_shared<ChildProcess::State>(impl_->io);
  std::promise<std::string> started;
  // On the host's thread: a child dies with the thread that forked it.
  asio::post(impl_->io, [&] {
    const auto program = program_named(command.front());
    if (!program) {
      started.set_value(program.error());
      return;
    }
    bp::environment variables;
    for (const auto& own : boost::this_process::environment()) {
      if (!is_meant_for_a_bridge(own.get_name())) variables[own.get_name()] = own.to_string();
    }
    for (const auto& [name, value] : environment) variables[name] = value;
    std::error_code error;
    state->child =
        std::make_unique<bp::child>(bp::exe(*program), bp::args(std::vector<std::string>(command.begin() + 1, command.end())),
                                    variables, bp::std_in<bp::null, bp::std_out> state->out, bp::std_err > state->err,
                                    state->group, impl_->io, Isolate{}, error, bp::on_exit([state](int, const std::error_code&) {
                                      const int code = state->child ? state->child->native_exit_code() : 0;
                                      const std::lock_guard lock(state->mutex);
                                      // A shell may be gone while what it started still holds the bridge's port.
                                      if (state->child && !state->is_ending) ::kill(-state->child->id(), SIGKILL);
                                      state->alive = false;
                                      state->end = describe_end(code);
                                      state->was_killed = WIFSIGNALED(code) && WTERMSIG(code) == SIGKILL;
                                      state->gone.notify_all();
                                    }));
    if (error) {
      started.set_value("cannot start " + *program + ": " + error.message());
      return;
    }
    {
      const std::lock_guard lock(state->mutex);
      state->group_id = state->child->id();
      state->alive = state->end.empty();
    }
    state->read(state->out, state->out_buffer);
    state->read(state->err, state->err_buffer);
    started.set_value({});
  });
  if (std::string problem = started.get_future().get(); !problem.empty()) return fail(std::move(problem));
  return std::unique_ptr<ChildProcess>(new ChildProcess(std::move(state)));
}

Result<std::string, std::string> program_named(const std::string& name) {
  if (name.find('/') == std::string::npos) {
    const std::string found = bp::search_path(name).string();
    return found.empty() ? Result<std::string, std::string>(fail("there is no program " + name + " in PATH")) : found;
  }
  if (::access(name.c_str(), X_OK) != 0) return fail(name + ": " + std::generic_category().message(errno));
  std::error_code ignored;
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
