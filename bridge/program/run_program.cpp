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
#include "bridge/events/happening.hpp"
#include "bridge/intake/hooks.hpp"
#include "bridge/operation/shown.hpp"
#include "bridge/program.hpp"
#include "bridge/program/admin_socket.hpp"
#include "bridge/program/bridge_name.hpp"
#include "bridge/program/command_line.hpp"
#include "bridge/program/control.hpp"
#include "bridge/program/recording.hpp"
#include "bridge/program/state_lock.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"

extern char** environ;

namespace casewire::bridge {
namespace {

constexpr std::chrono::seconds kDiskLook{5};
constexpr std::chrono::seconds kDatabaseLook{1};

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

/// What the file and the environment say, complete or not. Never prints the text of the file, for it holds secrets.
std::optional<Config> read_settings(const std::string& file) {
  Config config;
  config.file = file;
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
  return config;
}

/// Prints every problem at once.
std::optional<Config> load_config(const std::string& file) {
  auto config = read_settings(file);
  if (!config) return config;
  const auto problems = problems_of(*config);
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
    sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  int wait() const {
    int number = 0;
    while (sigwait(&set_, &number) != 0) {
    }
    return number;
  }
  /// 0: none came that ends the program.
  int wait_for(std::chrono::seconds limit) const {
    const timespec time{.tv_sec = limit.count(), .tv_nsec = 0};
    const int number = sigtimedwait(&set_, nullptr, &time);
    return number > 0 && number != SIGHUP ? number : 0;
  }

 private:
  sigset_t set_{};
};

/// Of the process around the bridge: the line is all that becomes of it.
void log_only(Log& log, const Happening& what, const LogFields& facts) { log.write(what.level, what.name, facts); }

/// As good as nothing is left: whatever the store complains of, this is why.
bool is_disk_full(const std::string& folder) {
  constexpr std::uintmax_t kLeast = 256u << 10;
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available < kLeast;
}

/// Waits for room on the disk, as a running bridge does. Empty: it was ended meanwhile.
Result<std::unique_ptr<Store>> open_store(const Config& config, const EndSignals& signals, Log& log, bool& is_ended) {
  if (!config.store.empty()) return PostgresStore::open(config.store);
  const auto file = (std::filesystem::path{config.state_dir} / "bridge.sqlite").string();
  for (;;) {
    auto store = SqliteStore::open(file);
    if (store || !is_disk_full(config.state_dir)) return store;
    log_only(log, happening::store_failed, {{"what", store.error().problem}, {"hint", "the disk is full; waiting for room"}});
    is_ended = signals.wait_for(kDiskLook) != 0;
    if (is_ended) return store;
  }
}

/// Until a signal that ends the program, which is returned. SIGHUP reads the settings again; those that are not right change nothing.
int run_until_ended(Bridge& bridge, const Config& config, const EndSignals& signals, Log& log) {
  for (;;) {
    const int number = signals.wait();
    if (number != SIGHUP) return number;
    if (const auto fresh = load_config(config.file)) {
      bridge.take_up(*fresh);
    } else {
      log_only(log, happening::settings_refused, {{"hint", "those from before count; what is wrong stands above"}});
    }
  }
}

/// Set: it did not start, and this is the exit code. Waits while the disk is full, and for a database however long it takes.
std::optional<int> start_bridge(Bridge& bridge, const Config& config, const EndSignals& signals, Log& log) {
  const bool is_remote = !config.store.empty();
  for (;;) {
    try {
      bridge.start();
      return std::nullopt;
    } catch (const StoreFailure& failure) {
      if (!is_remote && !is_disk_full(config.state_dir)) {
        std::cerr << "error: " << failure.what() << "\n";
        return kRefused;
      }
      const auto* hint = is_remote ? "waiting for the database" : "the disk is full; waiting for room";
      log_only(log, happening::store_failed, {{"what", failure.what()}, {"hint", hint}});
    }
    if (signals.wait_for(is_remote ? kDatabaseLook : kDiskLook) != 0) return kEnded;
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
  const auto store = open_store(config, signals, *log, is_ended);
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
  // A file of ours alone has always known its one bridge by the same name.
  const auto name = (*store)->is_shared() ? bridge_name(config.state_dir, rng) : std::string("bridge");
  if (!name) {
    std::cerr << render(name.error());
    return kRefused;
  }
  Bridge bridge(config, {runtime, transport, **store, rng, *log, &public_transport, *name});

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
  log_only(*log, happening::listening, {{"url", (*server)->url()}});
  // Without it the bridge does its work all the same.
  auto admin = AdminSocket::listen(config.state_dir, [&](const std::vector<std::string>& words) {
    const BusyScope busy(runtime);
    return bridge.operate(words);
  });
  if (!admin)
    log_only(*log, happening::admin_unreachable, {{"where", admin.error().where.file}, {"problem", admin.error().problem}});
  const auto not_started = control_url.empty() ? start_bridge(bridge, config, signals, *log) : std::nullopt;
  const int exit_code = not_started.value_or(kEnded);
  if (!not_started) {
    const int signal_number = run_until_ended(bridge, config, signals, *log);
    log_only(*log, happening::stopping, {{"signal", signal_number == SIGTERM ? "SIGTERM" : "SIGINT"}});
  }
  if (admin) admin->reset();
  (*server)->stop();
  if (!bridge.stop()) {
    log_only(*log, happening::stopped_early, {{"hint", "they are taken up again at the next start"}});
    // Their threads cannot be waited for. They end as in a crash, which loses nothing and doubles nothing.
    std::_Exit(exit_code);
  }
  control.stop();
  runtime.stop();
  return exit_code;
}

enum AnswerCode { kAllIsWell = 0, kSomethingIsWrong = 1 };

int exit_code_of(const Json& answer) {
  const bool is_ready = !answer.contains("status") || answer["status"] == "ready";
  const bool is_parked = answer.contains("total") && answer["total"] != 0;
  const auto& checks = member(answer, "checks");
  const bool is_wrong = std::any_of(checks.begin(), checks.end(), [](const Json& check) { return check["verdict"] == "wrong"; });
  const bool is_unknown = answer.contains("is") && answer["is"] == "unknown";
  return is_ready && !is_parked && !is_unknown && !is_wrong ? kAllIsWell : kSomethingIsWrong;
}

/// Asks the bridge that runs, and shows what it answers.
int ask(const CommandLine& line) {
  auto state_dir = line.state_dir;
  if (state_dir.empty()) {
    const auto settings = read_settings(line.config_file);
    if (!settings) return kBadConfiguration;
    state_dir = settings->state_dir;
  }
  if (state_dir.empty()) {
    std::cerr << render({.where = {"--state-dir", {}},
                         .problem = "which bridge is meant is not said",
                         .hint = "give --state-dir FOLDER, --config FILE or CASEWIRE_STATE_DIR"});
    return kBadConfiguration;
  }
  const auto reply = ask_running_bridge(state_dir, line.words);
  if (!reply) {
    std::cerr << render(reply.error());
    return kRefused;
  }
  if (reply->contains("error")) {
    std::cerr << "error: " << string_member(*reply, "error") << "\n";
    return kSomethingIsWrong;
  }
  const auto& answer = member(*reply, "answer");
  std::cout << (line.as_json ? answer.dump(2) + "\n" : as_text(line.words, answer));
  return exit_code_of(answer);
}

}  // namespace

int run_program(int argc, char** argv, ProgramHooks hooks) {
  const auto parsed = parse_command_line(argc, argv);
  if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  const auto& line = std::get<CommandLine>(parsed);
  if (!line.words.empty()) return ask(line);
  if (line.connect) {
    auto config = read_settings(line.config_file);
    if (!config) return kBadConfiguration;
    if (!line.state_dir.empty()) config->state_dir = line.state_dir;
    return connect_org(*config, *line.connect);
  }
  const auto config = load_config(line.config_file);
  if (!config) return kBadConfiguration;
  if (line.check) {
    std::cout << without_secrets(*config);
    return kEnded;
  }
  return serve(*config, line, hooks);
}

}  // namespace casewire::bridge
