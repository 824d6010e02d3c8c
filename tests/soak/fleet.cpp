#include "tests/soak/fleet.hpp"

#include <signal.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/process_side.hpp"

namespace casewire::soak {
namespace {

const scenarios::Urls& urls_of(const scenarios::Ring& ring) { return dynamic_cast<const scenarios::ProcessSide&>(ring).urls(); }

std::uint16_t port_in(const std::string& url) { return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))); }

/// What a member printed since the soak began. Thread-safe.
class Output {
 public:
  void add(std::string_view text) {
    const std::lock_guard lock(mutex_);
    text_ += text;
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

}  // namespace

struct Fleet::Member {
  Member(std::string called, scenarios::ReservedPort reserved) : name(std::move(called)), port(std::move(reserved)) {}
  bool works() const { return process && process->running() && !paused_until; }

  std::string name;
  scenarios::ReservedPort port;
  scenarios::TemporaryFolder state{scenarios::kBridgeFolder};
  Output output;
  std::unique_ptr<scenarios::ChildProcess> process{};
  std::optional<milliseconds> back_at{}, paused_until{};
};

Fleet::Fleet(FleetOptions options, scenarios::Ring& ring, scenarios::ProcessHost& host, Rng& rng)
    : options_(std::move(options)), ring_(ring), host_(host), rng_(rng) {}

Fleet::~Fleet() {
  // A process that stands still ends by SIGKILL too.
  for (auto& member : members_) member->process.reset();
}

Result<void, std::string> Fleet::start() {
  if (auto made = make_members(); !made) return made;
  for (auto& member : members_) {
    if (auto launched = launch(*member); !launched) return launched;
  }
  for (auto& member : members_) {
    if (auto ready = await_ready(*member); !ready) return ready;
  }
  return {};
}

Result<void, std::string> Fleet::make_members() {
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < options_.bridges; ++i) {
    auto port = scenarios::ReservedPort::take(runtime_);
    if (!port) return fail(port.error());
    members_.push_back(std::make_unique<Member>(std::string(1, static_cast<char>('A' + i)), *std::move(port)));
    addresses.push_back("http://" + members_.back()->port.address());
  }
  options_.environment["CASEWIRE_STORE"] = database_.make_database();
  auto balancer = Balancer::start(runtime_, port_in(urls_of(ring_).bridge), std::move(addresses));
  if (!balancer) return fail(balancer.error());
  balancer_ = std::move(*balancer);
  return {};
}

Result<void, std::string> Fleet::launch(Member& member) {
  auto environment = scenarios::bridge_settings(urls_of(ring_), member.port.address(), member.state.path(), {});
  environment["OPENCX_CALLS_A_MINUTE"] = "0";  // the town's OpenCX counts none, and has no minutes to wait
  environment["CASEWIRE_LEASE"] = std::to_string(options_.lease.count()) + "ms";
  for (const auto& [name, value] : options_.environment) environment[name] = value;
  auto process = host_.start({.command = options_.command, .environment = std::move(environment)},
                             [&member](std::string_view text) { member.output.add(text); });
  if (!process) return fail(process.error());
  member.process = std::move(*process);
  member.back_at.reset();
  ring_.world().note_bridge(sim::BridgeEvent{.event = "started", .detail = member.name});
  return {};
}

Result<void, std::string> Fleet::await_ready(const Member& member) const {
  constexpr milliseconds kStartsWithin{30'000}, kLook{10};
  http::SocketTransport transport;
  for (const RealStopwatch watch; watch.elapsed() < kStartsWithin;) {
    if (!member.process->running()) break;
    const auto ready = transport.send({.target = "http://" + member.port.address() + "/readyz"}, {std::chrono::seconds(2)});
    if (ready && ready->body.find("not running") == std::string::npos) {
      ring_.world().note_bridge(sim::BridgeEvent{.event = "ready", .detail = member.name});
      return {};
    }
    runtime_.wait_for_change(runtime_.activity().changes, kLook);
  }
  return fail("bridge " + member.name + " did not start: " + member.process->output());
}

Result<void, std::string> Fleet::strike(milliseconds now) {
  const auto blow = next_blow();
  if (blow == Blow::database && !database_back_at_) {
    end_database(now);
    return {};
  }
  // Somebody is left who works, or nothing would be tried for as long as a lease.
  if (blow == Blow::pause && !pause_at_ && working() > 1) {
    prepare_pause(now);
  } else if (Member* const member = some_working()) {
    kill(*member, now);
  }
  return {};
}

/// A small soak has each kind too: the first is a pause, which has to end within it.
Fleet::Blow Fleet::next_blow() {
  constexpr std::uint64_t kKinds = 20, kDatabases = 3;
  const auto kind = rng_.below(kKinds);
  const auto struck = blows_++;
  if (struck == 0 || kind == kDatabases) return Blow::pause;
  return struck == 1 || kind < kDatabases ? Blow::database : Blow::kill;
}

Result<void, std::string> Fleet::recover(milliseconds now) {
  if (database_back_at_ && *database_back_at_ <= now) {
    database_.start();
    database_back_at_.reset();
  }
  if (pause_at_ && *pause_at_ <= now) pause(now);
  for (auto& member : members_) {
    if (member->paused_until && *member->paused_until <= now) {
      ::kill(-member->process->group(), SIGCONT);
      member->paused_until.reset();
    }
    if (member->back_at && *member->back_at <= now) {
      if (auto launched = launch(*member); !launched) return launched;
    } else if (!member->back_at && !member->process->running()) {
      return fail("bridge " + member->name + " ended by itself: it " + member->process->end() + ". " + member->process->output());
    }
  }
  return {};
}

void Fleet::kill(Member& member, milliseconds now) {
  constexpr std::uint64_t kMoment = 3'000;
  member.process->kill();
  ++kills_;
  ring_.world().note_bridge(sim::BridgeEvent{.event = "crashed", .detail = member.name + " was killed"});
  switch (rng_.below(12)) {
    case 0:
      ++long_kills_;
      member.back_at = now + beyond_the_lease();
      break;
    case 1:
    case 2:
    case 3: member.back_at = now + milliseconds(rng_.below(kMoment)); break;
    default: member.back_at = now;
  }
}

void Fleet::prepare_pause(milliseconds now) {
  constexpr milliseconds kLate{1'500}, kMeanwhile{500};
  constexpr std::uint32_t kCalls = 16;
  sim::PlannedFault slowness{.sentence = "a slow moment", .place = {.times = kCalls}, .damage = sim::Delay{kLate}};
  slowness.place.from = ring_.now();
  slowness.place.until = ring_.now() + kMeanwhile;
  ring_.world().faults().arm(std::move(slowness));
  pause_at_ = now + kMeanwhile;
}

void Fleet::pause(milliseconds now) {
  pause_at_.reset();
  Member* const member = some_working();
  if (member == nullptr || working() < 2) return;
  ::kill(-member->process->group(), SIGSTOP);
  ++pauses_;
  ring_.world().note_bridge(sim::BridgeEvent{.event = "stopped", .detail = member->name + " stands still"});
  member->paused_until = now + beyond_the_lease();
}

void Fleet::end_database(milliseconds now) {
  constexpr std::uint64_t kMoment = 2'000;
  if (rng_.below(2) == 0) {
    database_.stop();
  } else {
    database_.kill();
  }
  ++database_ends_;
  ring_.world().note_bridge(sim::BridgeEvent{.event = "crashed", .detail = "the database"});
  database_back_at_ = now + milliseconds(rng_.below(2) == 0 ? 0 : rng_.below(kMoment));
}

Fleet::Member* Fleet::some_working() {
  std::vector<Member*> working_ones;
  for (const auto& member : members_) {
    if (member->works()) working_ones.push_back(member.get());
  }
  return working_ones.empty() ? nullptr : working_ones[rng_.below(working_ones.size())];
}

std::size_t Fleet::working() const {
  return static_cast<std::size_t>(
      std::count_if(members_.begin(), members_.end(), [](const auto& member) { return member->works(); }));
}

milliseconds Fleet::beyond_the_lease() {
  constexpr milliseconds kLeast{500};
  constexpr std::uint64_t kMore = 1'000;
  return options_.lease + kLeast + milliseconds(rng_.below(kMore));
}

bool Fleet::are_whole() const { return !database_back_at_ && working() == members_.size(); }

std::string Fleet::url() const {
  const auto found = std::find_if(members_.begin(), members_.end(), [](const auto& member) { return member->works(); });
  return "http://" + (found == members_.end() ? members_.front() : *found)->port.address();
}

std::vector<std::pair<std::string, std::size_t>> Fleet::told() const {
  std::size_t leases_lost = 0;
  for (const auto& line : log()) leases_lost += line.find("event=\"lease lost\"") == std::string::npos ? 0 : 1;
  return {{"bridges", members_.size()}, {"bridges killed", kills_},           {"  for over a lease", long_kills_},
          {"bridges paused", pauses_},  {"databases killed", database_ends_}, {"leases lost", leases_lost}};
}

std::vector<std::string> Fleet::log() const {
  std::vector<std::string> lines;
  for (const auto& member : members_) {
    const auto text = member->output.text();
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      lines.push_back(member->name + " " + text.substr(at, end - at));
      at = end + 1;
    }
  }
  return lines;
}

}  // namespace casewire::soak
