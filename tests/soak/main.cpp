// ./dev soak --real 10m: a town of customers and reps around the real bridge program, in real time over real sockets, with faults on the
// wire and `kill -9` in between. At the end the books must be even: nothing lost, nothing doubled, nothing out of order.
// ./dev soak --fleet 20m: the same around several bridges on one PostgreSQL, which is killed too.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "bridge/config/units.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "sim/world/invariants.hpp"
#include "tests/soak/chaos.hpp"
#include "tests/soak/fleet.hpp"
#include "tests/soak/town.hpp"

namespace casewire::soak {
namespace {

struct Options {
  milliseconds duration{600'000};
  std::size_t customers = 1'000, kills = 1'000, faults = 7'000;
  std::size_t fleet = 0;            ///< so many bridges on one database; 0: one with a file of its own
  milliseconds lease{30'000};       ///< of a fleet
  milliseconds pause{12'000};       ///< the longest between two acts of one customer's life
  milliseconds sweep{15'000};       ///< how often a bridge sweeps
  milliseconds afterwards{40'000};  ///< how long what would come twice has its chance
  std::uint64_t seed = 1;
  std::string log;
};

/// What one bridge may do in an hour is no measure for a town that lives for minutes: I10 and I17 count calls.
bool is_judged_here(const sim::Violation& violation) { return violation.invariant != "I10" && violation.invariant != "I17"; }

/// `count` times within `total`, evenly.
class Beat {
 public:
  Beat(std::size_t count, milliseconds total) : count_(count), total_(total) {}
  bool is_due(milliseconds now) const { return done_ < count_ && now >= next(); }
  milliseconds next() const {
    return done_ == count_ ? milliseconds::max()
                           : total_ * static_cast<std::int64_t>(done_ + 1) / static_cast<std::int64_t>(count_ + 1);
  }
  void strike() { ++done_; }
  std::size_t done() const { return done_; }

 private:
  std::size_t count_, done_ = 0;
  milliseconds total_;
};

struct Jobs {
  std::int64_t unfinished = -1, parked = -1;  ///< -1: it did not say
};

class Soak {
 public:
  explicit Soak(const Options& options) : options_(options), duration_(options.duration), rng_(options.seed) {}

  int run() {
    scenarios::Staging staging;
    staging.seed = options_.seed;
    staging.journal_bytes_max = kJournalBytes;
    staging.org_file = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/orgs/" + scenarios::kDefaultOrg + "/org.json";
    std::ifstream in(staging.org_file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    staging.org_json = text.str();
    auto people = inhabitants(options_.customers);
    for (const Customer& customer : people) staging.customers[customer.name] = customer.address;
    staging.reps = kReps;
    const std::vector<std::string> command{CASEWIRE_BRIDGE};
    const scenarios::EnvironmentVariables environment{{"CASEWIRE_SWEEP_EVERY", std::to_string(options_.sweep.count()) + "ms"},
                                                      {"CASEWIRE_WORKERS", "16"}};
    ring_ = scenarios::make_stranger_ring({.bridge_command = command, .bridge_environment = environment}, {}, host_);
    if (auto opened = ring_->open(staging); !opened) return trouble(opened.error());
    if (options_.fleet == 0) {
      bridges_ = std::make_unique<OneBridge>(*ring_);
    } else {
      bridges_ = std::make_unique<Fleet>(FleetOptions{options_.fleet, options_.lease, command, environment}, *ring_, host_, rng_);
    }
    if (auto started = bridges_->start(); !started) return trouble(started.error());
    watch_ = RealStopwatch();
    // The last quarter is for those who came late.
    Town town(std::move(people), {duration_ * 3 / 4, options_.pause}, *ring_, rng_);
    if (!live(town) || !settle(town)) return 3;
    return tell(town);
  }

 private:
  static constexpr std::size_t kJournalBytes = std::size_t{4} << 30;
  static constexpr milliseconds kSettlesWithin{12 * 60'000}, kLooksEvery{100};

  int trouble(const std::string& what) const {
    std::cerr << "soak: " << what << "\n";
    return 3;
  }

  bool live(Town& town) {
    Beat kills(options_.kills, duration_), faults(options_.faults, duration_);
    for (auto now = watch_.elapsed(); now < duration_; now = watch_.elapsed()) {
      town.live(now);
      while (faults.is_due(now)) {
        ring_->world().faults().arm(random_fault(rng_, ring_->now()));
        faults.strike();
      }
      if (kills.is_due(now)) {
        kills.strike();
        if (auto struck = bridges_->strike(now); !struck) return trouble(struck.error()) == 0;
      }
      say_sometimes(town, now, kills.done());
      auto until = std::min({duration_, kills.next(), faults.next()});
      if (town.next()) until = std::min(until, *town.next());
      if (!wait_until(until)) return false;
    }
    kills_ = kills.done();
    faults_ = faults.done();
    return true;
  }

  /// The faults are over; the people live on to their end, and the bridge does what is left.
  bool settle(Town& town) {
    const RealStopwatch quiet;
    if (!rest(town)) return false;
    settled_ = quiet.elapsed();
    // A sweep of the time afterwards has jobs of its own: what counts as unfinished is what does not come to an end.
    return wait_until(watch_.elapsed() + options_.afterwards) && rest(town);
  }

  /// Until nobody has anything left to do, or for as long as it may take. `left_` is what there was to do at the end.
  bool rest(Town& town) {
    const RealStopwatch waited;
    while (waited.elapsed() < kSettlesWithin) {
      if (!wait_until(watch_.elapsed() + kLooksEvery)) return false;
      town.live(watch_.elapsed());
      say_sometimes(town, watch_.elapsed(), kills_);
      left_ = jobs();
      if (town.next() || !bridges_->are_whole()) continue;
      if (left_.unfinished == 0 && balance(town.customers(), ring_->world()).lost.empty()) break;
    }
    return true;
  }

  /// False: a bridge did what it must not.
  bool wait_until(milliseconds when) {
    for (auto now = watch_.elapsed(); now < when; now = watch_.elapsed()) {
      ring_->real_time()->run_until_news(std::min(when - now, milliseconds(50)));
      if (auto recovered = bridges_->recover(watch_.elapsed()); !recovered) return trouble(recovered.error()) == 0;
    }
    return true;
  }

  void say_sometimes(const Town& town, milliseconds now, std::size_t kills) {
    if (now < said_ + kTellEvery) return;
    said_ = now;
    std::cerr << "soak: " << human_duration(now) << ", " << town.conversations() << " conversations, " << town.acts() << " acts, "
              << kills << " kills, " << jobs().unfinished << " jobs open\n";
  }

  Jobs jobs() {
    http::SocketTransport transport;
    const auto answer = transport.send({.target = bridges_->url() + "/readyz"}, {std::chrono::seconds(5)});
    const auto body = answer ? parse_json(answer->body, "readyz") : Result<Json>{Json()};
    if (!body || !body->is_object() || !body->contains("jobs")) return {};
    const Json& told = (*body)["jobs"];
    return {told.value("due", std::int64_t{0}) + told.value("waiting", std::int64_t{0}), told.value("parked", std::int64_t{-1})};
  }

  static void list(const char* what, const std::vector<std::string>& items) {
    constexpr std::size_t kShown = 20;
    for (std::size_t i = 0; i < items.size() && i < kShown; ++i) std::cout << "  " << what << ": " << items[i] << "\n";
    if (items.size() > kShown) std::cout << "  ... and " << items.size() - kShown << " more\n";
  }

  /// What a log must not hold: words of a mail, whom it is from, a secret.
  std::vector<std::string> spilled() const {
    const scenarios::Credentials secrets;
    const std::vector<std::string> never{"Where is my lamp",
                                         "It is on its way",
                                         "In the Inbox:",
                                         "Internal:",
                                         "@example.test",
                                         secrets.salesforce_client_secret,
                                         secrets.salesforce_refresh_token,
                                         secrets.opencx_api_key,
                                         secrets.opencx_webhook_secret,
                                         secrets.salesforce_webhook_secret};
    std::vector<std::string> lines;
    for (auto& line : bridges_->log()) {
      const auto holds = [&](const std::string& text) { return line.find(text) != std::string::npos; };
      if (std::any_of(never.begin(), never.end(), holds)) lines.push_back(std::move(line));
    }
    return lines;
  }

  int tell(const Town& town) {
    const auto books = balance(town.customers(), ring_->world());
    const auto in_the_log = spilled();
    std::size_t struck = 0;
    for (const auto& fault : ring_->world().faults().told()) struck += fault.struck;
    std::size_t calls = 0;
    for (const auto& operation : ring_->world().faults().operations()) calls += operation.calls;
    std::cerr << "soak: judging " << ring_->world().journal().entries().size() << " entries of the journal\n";
    std::vector<std::string> broken;
    for (const auto& violation : sim::Watch::broken(ring_->world().journal().entries())) {
      if (is_judged_here(violation)) broken.push_back(violation.invariant + " " + violation.what);
    }
    if (ring_->world().journal().overflowed()) broken.push_back("the journal is full: the invariants saw a part only");
    const auto row = [](const std::string& name, std::size_t value) {
      std::cout << "  " << std::left << std::setw(22) << name << value << "\n";
    };
    std::cout << "seed " << options_.seed << ", " << human_duration(duration_) << " with faults, " << human_duration(settled_)
              << " to settle\n";
    row("customers", town.customers().size());
    row("conversations", town.conversations());
    row("messages", books.messages);
    row("replies", books.replies);
    row("files", books.files);
    row("calls of the bridge", calls);
    for (const auto& [what, count] : bridges_->told()) row(what, count);
    row("faults", struck);
    row("without a Case", town.without_case().size());
    row("lost", books.lost.size());
    row("doubled", books.doubled.size());
    row("out of order", books.out_of_order.size());
    row("at the wrong door", books.at_the_wrong_door.size());
    row("parked", static_cast<std::size_t>(std::max<std::int64_t>(left_.parked, 0)));
    row("unfinished jobs", static_cast<std::size_t>(std::max<std::int64_t>(left_.unfinished, 0)));
    row("spilled into the log", in_the_log.size());
    row("invariants broken", broken.size());
    list("without a Case", town.without_case());
    list("lost", books.lost);
    list("doubled", books.doubled);
    list("out of order", books.out_of_order);
    list("at the wrong door", books.at_the_wrong_door);
    list("in the log", in_the_log);
    list("broken", broken);
    if (!options_.log.empty()) {
      std::ofstream log(options_.log, std::ios::binary);
      log << ring_->world().journal().json_lines();
      for (const auto& line : bridges_->log()) log << line << "\n";
    }
    return books.is_even() && town.without_case().empty() && left_.parked == 0 && left_.unfinished == 0 && broken.empty() &&
                   in_the_log.empty()
               ? 0
               : 1;
  }

  static constexpr milliseconds kTellEvery{10'000};

  Options options_;
  milliseconds duration_;
  SeededRng rng_;
  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::Ring> ring_;
  std::unique_ptr<Bridges> bridges_;
  RealStopwatch watch_;
  milliseconds said_{0}, settled_{0};
  std::size_t kills_ = 0, faults_ = 0;
  Jobs left_;
};

/// "10m", as people say it to a command line.
milliseconds duration_in(std::string text, const std::string& option) {
  if (text.ends_with('m')) text += "in";
  const auto duration = bridge::parse_duration(text);
  if (!duration || duration->count() <= 0) throw CLI::ValidationError(option, "expected a duration such as 10m or 30s");
  return *duration;
}

}  // namespace
}  // namespace casewire::soak

int main(int argc, char** argv) {
  constexpr int kNoDatabase = 77;  // ctest takes it for a test that was left out
  using casewire::milliseconds;
  using casewire::soak::duration_in;
  casewire::soak::Options options;
  CLI::App app{
      "A town around the real bridge, with faults and kills. Exit code 0: the books are even; 1: they are not; 3: trouble of the machine; 77: a fleet, and no PostgreSQL."};
  const auto duration_option = [&](const char* name, milliseconds& value, const char* meaning) {
    app.add_option_function<std::string>(
           name, [&value, name](const std::string& text) { value = duration_in(text, name); }, meaning)
        ->default_str(casewire::bridge::duration_text(value));
  };
  duration_option("duration", options.duration, "how long faults strike, such as 10m or 30s");
  app.add_option("--customers", options.customers)->capture_default_str()->check(CLI::Range(1, 10'000));
  app.add_option("--kills", options.kills)->capture_default_str();
  app.add_option("--faults", options.faults, "how many are armed; some find no occasion")->capture_default_str();
  app.add_option("--seed", options.seed)->capture_default_str();
  app.add_option("--fleet", options.fleet, "so many bridges on one PostgreSQL, which is killed too; 0: one with a file")
      ->capture_default_str()
      ->check(CLI::Range(0, 16));
  duration_option("--lease", options.lease, "of a fleet");
  duration_option("--pause", options.pause, "the longest between two acts of a customer's life");
  duration_option("--sweep", options.sweep, "how often a bridge sweeps");
  duration_option("--afterwards", options.afterwards, "how long what would come twice has its chance");
  app.add_option("--log", options.log, "write the journal and the bridge's log to this file");
  CLI11_PARSE(app, argc, argv);
  if (options.fleet > 0 && casewire::tests::PostgresServer::programs().empty()) {
    std::cerr << "soak: " << casewire::tests::PostgresServer::kMissing << "\n";
    return kNoDatabase;
  }
  try {
    return casewire::soak::Soak(options).run();
  } catch (const std::exception& problem) {
    std::cerr << "soak: " << problem.what() << "\n";
    return 3;
  }
}
