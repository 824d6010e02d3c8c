#include "scenarios/runner/simulated_bridge.hpp"

#include <utility>

namespace casewire::scenarios {

/// Its calls. A process that stands still has perhaps been answered, and does not know.
class SimulatedBridge::Wire final : public http::Transport {
 public:
  explicit Wire(SimulatedBridge& mine) : mine_(mine), transport_(*mine.process_, mine.place_.network) {}
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    mine_.step();
    auto answer = transport_.send(request, deadline);
    mine_.wait_while_still();
    return answer;
  }

 private:
  SimulatedBridge& mine_;
  http::InProcessTransport transport_;
};

/// Its way to the store. Source for what a server that goes down leaves: a commit that is on its way then may have happened (postgres_store.hpp).
class SimulatedBridge::WayToStore final : public bridge::StoreAround {
  bool is_out_of_reach() const {
    const auto now = mine_.process_->now();
    return now < mine_.cut_until_ || now < mine_.place_.reach.down_until;
  }
  template <class Read>
  auto read(const Read& look) {
    if (is_out_of_reach()) throw bridge::StoreFailure("the store is out of reach");
    return look();
  }
  template <class Write>
  auto written(const Write& write) {
    mine_.wait_while_still();
    const bool was_on_its_way = std::exchange(downs_seen_, mine_.place_.reach.downs) != mine_.place_.reach.downs;
    if (!is_out_of_reach()) return write();
    if (was_on_its_way && mine_.process_->now() >= mine_.cut_until_) write();
    throw bridge::StoreFailure("the store is out of reach");
  }

 public:
  WayToStore(SimulatedBridge& mine, bridge::Store& store)
      : StoreAround(store), mine_(mine), downs_seen_(mine.place_.reach.downs) {}

  void prepare() override {
    written([&] { return (StoreAround::prepare(), true); });
  }
  void commit(const bridge::Changes& changes) override {
    mine_.step();
    written([&] { return (StoreAround::commit(changes), true); });
  }
  bridge::Claim claim(const bridge::ClaimRequest& request) override {
    return written([&] { return StoreAround::claim(request); });
  }
  void renew(const std::vector<bridge::Lease>& leases, WallTime now, WallTime lease_until) override {
    written([&] { return (StoreAround::renew(leases, now, lease_until), true); });
  }
  bool hold(std::string_view name, std::string_view owner, WallTime now, WallTime until) override {
    return written([&] { return StoreAround::hold(name, owner, now, until); });
  }
  bool spend(std::string_view name, WallTime now, milliseconds cost, milliseconds most) override {
    return written([&] { return StoreAround::spend(name, now, cost, most); });
  }
  void release_leases(std::string_view owner, WallTime rest_until) override {
    written([&] { return (StoreAround::release_leases(owner, rest_until), true); });
  }
  std::optional<bridge::Job> job(std::string_view subject) override {
    return read([&] { return StoreAround::job(subject); });
  }
  std::vector<bridge::Link> links_of_session(std::string_view session_id) override {
    return read([&] { return StoreAround::links_of_session(session_id); });
  }
  std::vector<bridge::Link> links_of_case(std::string_view case_id) override {
    return read([&] { return StoreAround::links_of_case(case_id); });
  }
  std::optional<bridge::LedgerEntry> ledger_entry(std::string_view key) override {
    return read([&] { return StoreAround::ledger_entry(key); });
  }
  std::vector<bridge::LedgerEntry> ledger_about(std::string_view about) override {
    return read([&] { return StoreAround::ledger_about(about); });
  }
  std::optional<std::string> mark(std::string_view name) override {
    return read([&] { return StoreAround::mark(name); });
  }
  bool is_shared() const override { return mine_.place_.shares_the_store; }

 private:
  SimulatedBridge& mine_;
  int downs_seen_;  ///< before the last write
};

SimulatedBridge::SimulatedBridge(Place place, std::string name) : place_(std::move(place)), name_(std::move(name)) {}

SimulatedBridge::~SimulatedBridge() { end(); }

void SimulatedBridge::start(bridge::Config config, std::uint64_t seed) {
  if (is_up()) return;
  end();
  still_at_step_ = 0;
  still_until_ = {};
  process_ = place_.fibers.make_process(name_);
  transport_ = std::make_unique<Wire>(*this);
  faulty_store_ = std::make_unique<FaultyStore>(place_.store, place_.faults);
  store_ = std::make_unique<WayToStore>(*this, *faulty_store_);
  rng_ = std::make_unique<SeededRng>(seed * 0x9e3779b97f4a7c15u);
  bridge_ = std::make_unique<bridge::Bridge>(
      std::move(config), bridge::Surroundings{*process_, *transport_, *store_, *rng_, place_.log, nullptr, name_});
  if (!has_begun())
    process_->spawn("begin", [this] {
      constexpr milliseconds kAgain{1'000};
      do process_->sleep_for(kAgain);
      while (!has_begun());
    });
}

/// As the program does: whose store is out of reach tries again.
bool SimulatedBridge::has_begun() {
  try {
    bridge_->start();
    return true;
  } catch (const bridge::StoreFailure&) {
    return false;
  }
}

void SimulatedBridge::kill() {
  if (process_) process_->kill();
}

bool SimulatedBridge::is_running_here() const { return process_ && process_->is_running_here(); }

bool SimulatedBridge::stands_still() const { return process_ && process_->now() < still_until_; }

void SimulatedBridge::step() {
  if (is_running_here() && still_at_step_ > 0 && --still_at_step_ == 0) still_until_ = process_->now() + still_for_;
  wait_while_still();
}

/// A webhook that it takes is a call of somebody else's, who is not to stand still with it.
void SimulatedBridge::wait_while_still() {
  while (is_running_here() && stands_still()) process_->sleep_for(still_until_ - process_->now());
}

void SimulatedBridge::end() {
  kill();
  bridge_.reset();
  store_.reset();
  faulty_store_.reset();
  transport_.reset();
  process_.reset();
}

}  // namespace casewire::scenarios
