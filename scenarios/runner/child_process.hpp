#pragma once
// The bridge under test as a child process: started without copying the harness, in a process group of its own, with no inherited
// descriptors, and dead when the harness is.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/runner/bridge_environment.hpp"

namespace casewire::scenarios {

class ProcessHost;

class ChildProcess {
 public:
  ~ChildProcess();          ///< kills
  bool running() const;     ///< false as soon as the kernel says so; its end can be asked for then
  pid_t group() const;      ///< the process that was started, and its group
  bool was_killed() const;  ///< ended by SIGKILL, whoever sent it
  void kill();              ///< SIGKILL to the whole group; returns when all of it is gone
  /// SIGTERM to the whole group, since a command may be a shell or npm.
  void ask_to_end();
  /// SIGHUP to the whole group: by convention, to read its settings again.
  void hang_up();
  /// Whether all of it is gone within `limit` of real time, also what tidies up longer than the shell before it.
  bool wait_gone(std::chrono::milliseconds limit);
  /// The last 16 KiB of standard output and error together.
  std::string output() const;
  /// "exited with 2", "killed by signal 9"; empty while running.
  std::string end() const;

 private:
  friend class ProcessHost;
  struct State;
  explicit ChildProcess(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

/// One thread that starts, watches and reads children. Outlives them: a child is bound to the life of the thread that started it.
class ProcessHost {
 public:
  ProcessHost();
  ~ProcessHost();
  /// While one is held, at most as many others are as there are processors. For the time until a child is ready.
  class StartingPlace {
   public:
    explicit StartingPlace(ProcessHost& host);
    ~StartingPlace();
    StartingPlace(const StartingPlace&) = delete;
    StartingPlace& operator=(const StartingPlace&) = delete;

   private:
    ProcessHost& host_;
  };
  struct Start {
    std::vector<std::string> command;    ///< program (program_named) and arguments
    EnvironmentVariables environment{};  ///< beside the harness's own without what is meant for a bridge (is_meant_for_a_bridge)
    std::string folder{};                ///< it works in; empty: the harness's own
  };
  /// What the command leaves running when it ends is killed. `on_output` is told each piece of what it prints, on the host's thread,
  /// until the ChildProcess is gone; it must not ask anything of it.
  Result<std::unique_ptr<ChildProcess>, std::string> start(const Start& how,
                                                           std::function<void(std::string_view)> on_output = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The path of a program that can be started: a name without a slash is looked up in PATH.
Result<std::string, std::string> program_named(const std::string& name);

/// Splits a command line at blanks; '...' and "..." keep blanks.
std::vector<std::string> command_words(std::string_view command_line);

}  // namespace casewire::scenarios
