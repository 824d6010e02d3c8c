#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <optional>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/events/happening.hpp"
#include "bridge/intake/hooks.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/orgs/orgs.hpp"
#include "bridge/program.hpp"
#include "bridge/program/admin_socket.hpp"
#include "bridge/program/ask.hpp"
#include "bridge/program/bridge_name.hpp"
#include "bridge/program/command_line.hpp"
#include "bridge/program/control.hpp"
#include "bridge/program/read_settings.hpp"
#include "bridge/program/recording.hpp"
#include "bridge/program/state_lock.hpp"

namespace casewire::bridge {
namespace {

constexpr std::chrono::seconds kDiskLook{5};
constexpr std::chrono::seconds kStartLook{1};

enum ExitCode { kEnded = 0, kBadConfiguration = 2, kRefused = 3 };

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
  /// 0: none came.
  int wait_for(std::chrono::seconds limit) const {
    const timespec time{.tv_sec = limit.count(), .tv_nsec = 0};
    return std::max(sigtimedwait(&set_, nullptr, &time), 0);
  }

 private:
  sigset_t set_{};
};

/// Of the process around the bridge: the line is all that becomes of it.
void log_only(Log& log, const Happening& what, const LogFields& facts) { log.write(what.level, what.name, facts); }

/// Waits for room on the disk, as a running bridge does. False: it was ended meanwhile.
Result<bool> open_stores(Orgs& orgs, const EndSignals& signals) {
  for (;;) {
    const auto open = orgs.open();
    if (!open) return fail(open.error());
    if (*open) return true;
    if (const int number = signals.wait_for(kDiskLook); number != 0 && number != SIGHUP) return false;
  }
}

std::optional<http::TlsFiles> tls_files(const Config& config) {
  if (config.tls.certificate.empty()) return std::nullopt;
  return http::TlsFiles{config.tls.certificate, config.tls.key};
}

/// The files may be others now though their names are the same.
void take_up_certificate(http::SocketServer& server, const Config& config, Log& log) {
  const auto files = tls_files(config);
  if (!files) return;
  if (const auto used = server.use(*files)) {
    log_only(log, happening::certificate_taken_up, {{"file", files->certificate_chain}});
  } else {
    log_only(log, happening::certificate_refused,
             {{"problem", used.error().problem}, {"hint", "the one from before is used until this one is right"}});
  }
}

void read_again(Orgs& orgs, http::SocketServer& server, const std::string& file, Log& log) {
  if (const auto fresh = read_complete_settings(file)) {
    orgs.take_up(*fresh);
    take_up_certificate(server, fresh->shared, log);
  } else {
    log_only(log, happening::settings_refused, {{"hint", "those from before count; what is wrong stands above"}});
  }
}

/// Until a signal that ends the program, which is returned. Starts what does not run yet, unless a harness does, for as long as a full disk or a
/// database keeps it waiting. SIGHUP reads the settings again; those that are not right change nothing.
Result<int> run_until_ended(Orgs& orgs, http::SocketServer& server, const std::string& settings, bool is_driven,
                            const EndSignals& signals, Log& log) {
  for (bool is_started = is_driven;;) {
    if (!is_started) {
      const auto started = orgs.start();
      if (!started) return fail(started.error());
      is_started = *started;
    }
    const int number = is_started ? signals.wait() : signals.wait_for(kStartLook);
    if (number == SIGHUP) read_again(orgs, server, settings, log);
    if (number == SIGTERM || number == SIGINT) return number;
  }
}

/// What one org alone has left there would be forgotten by several.
std::optional<Diagnostic> store_of_one_org(const Configuration& configuration) {
  if (!configuration.has_names()) return std::nullopt;
  const auto file = sqlite_file_of(configuration.shared);
  if (!std::filesystem::exists(file)) return std::nullopt;
  const auto moved = std::filesystem::path(sqlite_file_of(configuration.orgs.front()));
  return Diagnostic{.where = {file, {}},
                    .problem = "this is the memory of one org, and the settings name several",
                    .hint = "move it, with its -wal and -shm, to its org's folder, such as " + moved.parent_path().string()};
}

int serve(const Configuration& configuration, const CommandLine& line, const ProgramHooks& hooks) {
  const std::string& control_url = line.control_url;
  const Config& shared = configuration.shared;
  const EndSignals signals;
  const auto log = make_stderr_log(shared.log_level, shared.log_format);
  const auto refused = [](const Diagnostic& problem) {
    std::cerr << render(problem);
    return kRefused;
  };
  if (const auto made = make_state_dir(shared.state_dir); !made) return refused(made.error());
  const auto lock = StateLock::take(shared.state_dir);
  if (!lock) return refused(lock.error());
  if (const auto left = store_of_one_org(configuration)) return refused(*left);
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
        {.folder = line.record_to}, configuration.orgs, [&] { return runtime.now(); }, *log);
    if (!opened) return refused(opened.error());
    recording = *std::move(opened);
  }
  const auto recorded = recording ? recording->around(unrecorded) : nullptr;
  const auto public_recorded = recording ? recording->around(public_sockets) : nullptr;
  http::Transport& transport = recorded ? *recorded : unrecorded;
  http::Transport& public_transport = public_recorded ? *public_recorded : public_sockets;
  SystemRng rng;
  // A file of ours alone has always known its one bridge by the same name. Orgs that start at once must not make two.
  std::mutex naming;
  const auto name_in = [&](const Store& store) {
    const std::lock_guard held(naming);
    return store.is_shared() ? bridge_name(shared.state_dir, rng) : Result<std::string>("bridge");
  };
  Orgs orgs(configuration, {runtime, transport, &public_transport, rng, *log, open_store, why_to_wait, name_in});
  const auto is_open = open_stores(orgs, signals);
  if (!is_open) return refused(is_open.error());
  if (!*is_open) return kEnded;

  const auto open_calls = [&] {
    const auto one = sockets.open_calls(), other = public_sockets.open_calls();
    http::OpenCalls both{one.count + other.count, one.next_deadline};
    if (other.next_deadline)
      both.next_deadline = std::min(one.next_deadline.value_or(*other.next_deadline), *other.next_deadline);
    return both;
  };
  Control control(
      runtime, [&] { return orgs.status(); }, [&] { (void)orgs.start(); }, open_calls);
  if (!control_url.empty()) {
    if (const auto listening = control.listen(control_url); !listening) return refused(listening.error());
  }
  http::Handler handler = [&](const http::Request& request) { return orgs.handle(request); };
  if (recording) handler = recording->around(std::move(handler));
  auto door = [&orgs, handler](const http::Request& head) {
    return orgs.turns_away(head) ? std::optional(handler(head)) : std::nullopt;
  };
  auto server = http::SocketServer::start(
      runtime, std::move(handler),
      // Each event is on disk before it is answered: threads that wait for the disk together share one commit.
      {.host = shared.listen.host,
       .port = shared.listen.port,
       .tls = tls_files(shared),
       .threads = 16,
       .body_bytes_max = HookLimits::body_bytes_max,
       .door = std::move(door)});
  if (!server) return refused(server.error());
  log_only(*log, happening::listening, {{"url", (*server)->url()}});
  // Without it the bridge does its work all the same.
  auto admin = AdminSocket::listen(shared.state_dir, [&](const std::vector<std::string>& words) {
    const BusyScope busy(runtime);
    return orgs.operate(words);
  });
  if (!admin)
    log_only(*log, happening::admin_unreachable, {{"where", admin.error().where.file}, {"problem", admin.error().problem}});
  const auto ended = run_until_ended(orgs, **server, shared.file, !control_url.empty(), signals, *log);
  const int exit_code = ended ? kEnded : refused(ended.error());
  if (ended) log_only(*log, happening::stopping, {{"signal", *ended == SIGTERM ? "SIGTERM" : "SIGINT"}});
  if (admin) admin->reset();
  (*server)->stop();
  if (!orgs.stop()) {
    log_only(*log, happening::stopped_early, {{"hint", "they are taken up again at the next start"}});
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
  if (!line.words.empty()) return ask(line);
  if (line.reconcile) {
    const auto state_dir = state_dir_meant(line);
    if (!state_dir) return kBadConfiguration;
    return reconcile_org({.org = line.org, .since = line.reconcile->since, .state_dir = *state_dir, .as_json = line.as_json});
  }
  if (line.replay) return replay_file({.store = line.replay->store, .as_json = line.as_json});
  if (line.connect || line.move || line.backup || line.restore || line.show_schema || line.downgrade) {
    auto configuration = read_settings(line.config_file);
    if (!configuration) return kBadConfiguration;
    if (!line.state_dir.empty()) {
      for (auto& config : configuration->orgs) config.state_dir = line.state_dir;
    }
    if (line.move) return move_org(*configuration, {.org = line.org, .to = line.move->to});
    if (line.backup) return back_up_org(*configuration, {.org = line.org, .file = line.backup->file});
    if (line.restore) return restore_org(*configuration, {.org = line.org, .file = line.restore->file});
    if (line.show_schema) return show_schema(*configuration, line.org);
    if (line.downgrade) return downgrade_store(*configuration, line.org, *line.downgrade);
    auto options = *line.connect;
    if (options.org.empty()) options.org = line.org;
    return connect_org(*configuration, options);
  }
  const auto configuration = read_complete_settings(line.config_file);
  if (!configuration) return kBadConfiguration;
  if (line.check) {
    std::cout << without_secrets(*configuration);
    return kEnded;
  }
  return serve(*configuration, line, hooks);
}

}  // namespace casewire::bridge
