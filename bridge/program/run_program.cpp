#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "bridge/bridge.hpp"
#include "bridge/config.hpp"
#include "bridge/intake/hooks.hpp"
#include "bridge/program.hpp"
#include "bridge/program/command_line.hpp"
#include "bridge/program/control.hpp"
#include "bridge/program/recording.hpp"
#include "bridge/program/state_lock.hpp"
#include "bridge/store/sqlite_store.hpp"

extern char** environ;

namespace casewire::bridge {
namespace {

constexpr std::chrono::seconds kDiskLook{5};

enum ExitCode { kEnded = 0, kBadConfiguration = 2, kRefused = 3 };

Environment present_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

/// Prints every problem at once; never the text of the file, for it holds secrets.
std::optional<Config> load_config(const std::string& file) {
  Config config;
  if (!file.empty()) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file)) {
      std::cerr << render({.where = {file, {}}, .problem = "cannot be read"});
      return std::nullopt;
    }
    std::ostringstream text;
    text << stream.rdbuf();
    if (const auto read = read_config_file(config, text.str(), file); !read) {
      std::cerr << render(read.error());
      return std::nullopt;
    }
  }
  if (const auto read = read_environment(config, present_environment()); !read) {
    std::cerr << render(read.error());
    return std::nullopt;
  }
  const auto problems = problems_of(config);
  if (problems.empty()) return config;
  std::cerr << "casewire-bridge: the configuration is not complete\n";
  for (const auto& problem : problems) std::cerr << "  " << problem << "\n";
  std::cerr << "hint: casewire-bridge --help shows how to give settings; docs/bridge.md lists them all\n";
  return std::nullopt;
}

/// Signals are taken by waiting for them, not by handlers. Blocked before the first thread starts, so that all inherit it.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  int wait() const {
    int number = 0;
    while (sigwait(&set_, &number) != 0) {
    }
    return number;
  }
  /// 0: none came.
  int wait_for(std::chrono::seconds limit) const {
    const timespec time{.tv_sec = limit.count(), .tv_nsec = 0};
    const int number = sigtimedwait(&set_, nullptr, &time);
    return number > 0 ? number : 0;
  }

 private:
  sigset_t set_{};
};

/// As good as nothing is left: whatever the store complains of, this is why.
bool is_disk_full(const std::string& folder) {
  constexpr std::uintmax_t kLeast = 256u << 10;
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available < kLeast;
}

/// Waits for room on the disk, as a running bridge does. Empty: it was ended meanwhile.
Result<std::unique_ptr<SqliteStore>> open_store(const std::string& folder, const EndSignals& signals, Log& log, bool& is_ended) {
  const auto file = (std::filesystem::path{folder} / "bridge.sqlite").string();
  for (;;) {
    auto store = SqliteStore::open(file);
    if (store || !is_disk_full(folder)) return store;
    log.error("store failed", {{"what", store.error().problem}, {"hint", "the disk is full; waiting for room"}});
    is_ended = signals.wait_for(kDiskLook) != 0;
    if (is_ended) return store;
  }
}

/// Set: it did not start, and this is the exit code. Waits while the disk is full.
std::optional<int> start_bridge(Bridge& bridge, const std::string& folder, const EndSignals& signals, Log& log) {
  for (;;) {
    try {
      bridge.start();
      return std::nullopt;
    } catch (const StoreFailure& failure) {
      if (!is_disk_full(folder)) {
        std::cerr << "error: " << failure.what() << "\n";
        return kRefused;
      }
      log.error("store failed", {{"what", failure.what()}, {"hint", "the disk is full; waiting for room"}});
    }
    if (signals.wait_for(kDiskLook) != 0) return kEnded;
  }
}

int serve(const Config& config, const CommandLine& line, const ProgramHooks& hooks) {
  const std::string& control_url = line.control_url;
  const EndSignals signals;
  const auto log = make_stderr_log(config.log_level, config.log_format);
  std::error_code error;
  std::filesystem::create_directories(config.state_dir, error);
  if (error || access(config.state_dir.c_str(), W_OK) != 0) {
    std::cerr << render({.where = {config.state_dir, {}}, .problem = "the state directory cannot be written to"});
    return kRefused;
  }
  const auto lock = StateLock::take(config.state_dir);
  if (!lock) {
    std::cerr << render(lock.error());
    return kRefused;
  }
  bool is_ended = false;
  const auto store = open_store(config.state_dir, signals, *log, is_ended);
  if (is_ended) return kEnded;
  if (!store) {
    std::cerr << render(store.error());
    return kRefused;
  }
  ThreadRuntime runtime;
  // Under a harness a call's time-out is a matter of the driven clock, or a slow vendor would hold up the world in real time.
  const Runtime* clock = control_url.empty() ? nullptr : &runtime;
  http::SocketTransport sockets({.clock = clock});
  http::SocketTransport public_sockets({.public_only = true, .clock = clock});
  const auto wrapped = hooks.wrap_transport ? hooks.wrap_transport(sockets, runtime) : nullptr;
  http::Transport& unrecorded = wrapped ? *wrapped : sockets;
  std::unique_ptr<Recording> recording;
  if (!line.record_to.empty()) {
    auto opened = Recording::open(
        {.folder = line.record_to}, config, [&] { return runtime.now(); }, *log);
    if (!opened) {
      std::cerr << render(opened.error());
      return kRefused;
    }
    recording = *std::move(opened);
  }
  const auto recorded = recording ? recording->around(unrecorded) : nullptr;
  const auto public_recorded = recording ? recording->around(public_sockets) : nullptr;
  http::Transport& transport = recorded ? *recorded : unrecorded;
  http::Transport& public_transport = public_recorded ? *public_recorded : public_sockets;
  SystemRng rng;
  Bridge bridge(config, {runtime, transport, **store, rng, *log, &public_transport});

  const auto open_calls = [&] {
    const auto one = sockets.open_calls(), other = public_sockets.open_calls();
    http::OpenCalls both{one.count + other.count, one.next_deadline};
    if (other.next_deadline)
      both.next_deadline = std::min(one.next_deadline.value_or(*other.next_deadline), *other.next_deadline);
    return both;
  };
  Control control(
      runtime, bridge, [&] { bridge.start(); }, open_calls);
  if (!control_url.empty()) {
    if (const auto listening = control.listen(control_url); !listening) {
      std::cerr << render(listening.error());
      return kRefused;
    }
  }
  http::Handler handler = [&](const http::Request& request) { return bridge.handle(request); };
  if (recording) handler = recording->around(std::move(handler));
  auto server = http::SocketServer::start(
      runtime, std::move(handler),
      // Each event is on disk before it is answered: threads that wait for the disk together share one commit.
      {.host = config.listen.host, .port = config.listen.port, .threads = 16, .body_bytes_max = HookLimits::body_bytes_max});
  if (!server) {
    std::cerr << render(server.error());
    return kRefused;
  }
  log->info("listening", {{"url", (*server)->url()}});
  const auto not_started = control_url.empty() ? start_bridge(bridge, config.state_dir, signals, *log) : std::nullopt;
  const int exit_code = not_started.value_or(kEnded);
  if (!not_started) {
    const int signal_number = signals.wait();
    log->info("stopping", {{"signal", signal_number == SIGTERM ? "SIGTERM" : "SIGINT"}});
  }
  (*server)->stop();
  if (!bridge.stop()) {
    log->warning("stopped while jobs were running", {{"hint", "they are taken up again at the next start"}});
    // Their threads cannot be waited for. They end as in a crash, which loses nothing and doubles nothing.
    std::_Exit(exit_code);
  }
  control.stop();
  runtime.stop();
  return exit_code;
}

}  // namespace

int run_program(int argc, char** argv, ProgramHooks hooks) {
  const auto parsed = parse_command_line(argc, argv);
  if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  const auto& line = std::get<CommandLine>(parsed);
  const auto config = load_config(line.config_file);
  if (!config) return kBadConfiguration;
  if (line.check) {
    std::cout << without_secrets(*config);
    return kEnded;
  }
  return serve(*config, line, hooks);
}

}  // namespace casewire::bridge
