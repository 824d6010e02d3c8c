#pragma once
// One org of a process: its settings, its memory, and its bridge, which is there as soon as the memory can be opened.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/bridge.hpp"
#include "bridge/orgs/org_log.hpp"
#include "bridge/orgs/org_runtime.hpp"
#include "bridge/orgs/taken_orgs.hpp"

namespace casewire::bridge {

/// What the orgs of a process share. All references outlive them.
struct OrgWorld {
  Runtime& runtime;
  http::Transport& transport;
  http::Transport* strangers;  ///< see Surroundings
  Rng& rng;
  Log& log;
  /// See org_store.hpp.
  std::function<Result<std::unique_ptr<Store>>(const Config&)> open_store;
  std::function<std::string(const Config&)> why_to_wait;
  std::function<Result<std::string>(const Store&)> bridge_name;  ///< among those that share that store
};

/// The way to its start, its end and its settings are one caller's at a time; the rest is thread-safe.
class Org {
 public:
  Org(Config config, const OrgWorld& world, TakenOrgs& taken);

  /// Empty: the one org of the process.
  const std::string& name() const { return name_; }

  /// Opens the store, if it is not open yet. What failed may be tried again.
  Result<void> open();
  /// The same, and starts the bridge.
  Result<void> start();
  /// Starts it on a task of its own, which tries again and again. Once.
  void start_by_itself();
  /// Once for each reason. Empty: nothing can be hoped for.
  std::string tell_why_it_waits(const Diagnostic& problem);

  void take_up(const Config& config);
  void request_stop();
  /// False: work was still going on after 30 s, and this must not go before it ends.
  bool stop();

  http::Reply handle(const http::Request& request);
  bool believes(std::string_view vendor, std::string_view secret) const;
  Json readiness();
  void write_metrics(Exposition& out);
  Json operate(const std::vector<std::string>& words);
  Status status() const;

 private:
  std::shared_ptr<const Config> settings() const;
  std::string why_not_open() const;
  Result<std::unique_ptr<Bridge>> make_bridge(const Config& config);

  std::string name_;
  OrgWorld world_;
  TakenOrgs& taken_;
  OrgLog log_;
  OrgRuntime runtime_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Config> settings_;
  std::string problem_;   ///< why it does not run, as it was told
  std::mutex taking_up_;  ///< one take_up of the bridge at a time
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bridge> owned_;
  std::atomic<Bridge*> bridge_{nullptr};  ///< nullptr until the store is open, and of a memory that was moved
  std::unique_ptr<Event> end_;            ///< of the task that starts it
  std::unique_ptr<Event> start_ended_;
  std::atomic<bool> is_starting_{false};
  std::atomic<bool> is_ending_{false};
};

}  // namespace casewire::bridge
