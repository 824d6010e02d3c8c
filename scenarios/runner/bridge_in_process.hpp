#pragma once
// What both kinds of process ring have in common: the world behind sockets, and the bridge as a child that is started, killed, stopped
// and watched. Time is the affair of the two that derive from this.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/runner/bridge_log.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/process_side.hpp"
#include "scenarios/runner/reserved_port.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "scenarios/tape/posts.hpp"
#include "sim/mail/smtp.hpp"

namespace casewire::scenarios {

class BridgeInProcess : public Ring, public ProcessSide {
 public:
  ~BridgeInProcess() override;

  Result<void, std::string> open(Staging staging) override;
  World& world() override { return *world_; }
  Result<void, Trouble> start_bridge() override;
  void kill_bridge() override;
  Result<void, Trouble> stop_bridge() override;
  Result<bool, Trouble> restart_if_crashed() override;
  Result<void, std::string> save_state() override;
  Result<void, std::string> restore_state() override;
  void lose_state() override;
  void perform(const std::function<void()>& deed) override;
  Result<std::string, std::string> operate(const std::vector<std::string>& words) override;
  Result<std::string, std::string> look_at(const std::string& path) override;
  Result<void, std::string> change_setting(const std::string& variable, const std::string& value) override;
  WallTime now() const override { return runtime_.now(); }
  /// Of a bridge that cannot be asked for its timers.
  std::optional<WallTime> next_timer() override { return next_timer_of_the_world(); }
  std::optional<WallTime> next_timer_of_the_world() override;
  std::string bridge_output() const override { return bridge_ ? bridge_->output() : std::string(); }
  const std::string& state_folder() const override { return state_.path(); }
  const Urls& urls() const override { return urls_; }
  std::shared_ptr<const BridgeLog> bridge_log() const override { return log_; }

 protected:
  BridgeInProcess(ProcessRingOptions options, ProcessHost& host) : options_(std::move(options)), host_(host) {}

  /// What is said on the bridge's command line beside its command.
  virtual std::vector<std::string> arguments() const { return {}; }
  /// What the bridge's environment needs for its time's sake.
  virtual EnvironmentVariables further_environment() const { return {}; }
  /// What a bridge needs before it can become ready; false: not yet, and `what_is_missing` says what.
  virtual bool prepare(std::string& what_is_missing) = 0;
  /// Again and again while a bridge is waited for that starts or ends.
  virtual void while_it_starts_or_ends() {}

  enum class State { quiet, gone, busy };
  /// Of a ring that moves time: runs until the world is quiet, or tells who holds it up. `state_within` looks until it is quiet or gone,
  /// or for so long; `who_is_busy` says what it saw last.
  std::optional<Trouble> await_quiet(const std::function<State(milliseconds)>& state_within,
                                     const std::function<std::string()>& who_is_busy);

  bool is_up() const { return bridge_ && bridge_->running(); }
  /// A crash fault has killed it; the caller starts it again.
  bool has_crashed() const { return crashed_; }
  /// Of a bridge that is not up: waits for the end of a crash that is under way, and tells of an end that nobody asked for. Nullopt:
  /// there is nothing to tell.
  std::optional<Trouble> died_unasked();
  ThreadRuntime& runtime() { return runtime_; }
  const ThreadRuntime& runtime() const { return runtime_; }
  pid_t bridge_group() const { return bridge_->group(); }
  /// A call has been sent that no handler knows of yet.
  bool is_called() {
    return salesforce_server_->is_receiving() || opencx_server_->is_receiving() || (posts_ && posts_->is_receiving());
  }
  /// Calls that the world lets wait: their answers come when time has moved, or never.
  std::size_t calls_held() { return salesforce_server_->exchanges_held() + opencx_server_->exchanges_held(); }
  http::SocketTransport& harness_transport() { return harness_transport_; }

 private:
  /// Where the bridge finds the systems, and they find it.
  Urls urls_for_the_bridge() const;
  Urls urls_for_the_world() const;
  Result<void, Trouble> await_ready();
  std::string settings_file_path() const { return state_.path() + "/bridge.yaml"; }
  /// What our bridge reads in its file, and may read again. All else it is told by its environment.
  EnvironmentVariables settings_in_the_file() const;
  /// How often it has told its log that it read its settings again, whatever came of it.
  std::size_t times_read_again() const;
  std::string last_words() const;

  ProcessRingOptions options_;
  ProcessHost& host_;
  ThreadRuntime runtime_;
  TemporaryFolder state_{kBridgeFolder};
  std::optional<TemporaryFolder> saved_state_;
  http::SocketTransport webhook_transport_;
  http::SocketTransport harness_transport_;
  std::unique_ptr<sim::mail::SmtpTransport> mail_;
  Urls urls_;
  std::optional<ReservedPort> bridge_port_;
  std::unique_ptr<World> world_;
  std::unique_ptr<http::SocketServer> salesforce_server_, opencx_server_;
  std::unique_ptr<Posts> posts_;  ///< of a run that is recorded by proxies
  std::unique_ptr<sim::mail::SmtpServer> smtp_server_;
  std::shared_ptr<BridgeLog> log_ = std::make_shared<BridgeLog>();
  std::unique_ptr<ChildProcess> bridge_;
  EnvironmentVariables changed_settings_;  ///< since it was started first
  bool put_down_ = false;                  ///< killed or stopped by the script
  std::atomic<bool> is_crashing_ = false;  ///< from the moment before a crash fault kills it
  std::atomic<bool> crashed_ = false;      ///< and it is gone
};

}  // namespace casewire::scenarios
