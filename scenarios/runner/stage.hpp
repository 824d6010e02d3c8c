#pragma once
// A scenario as it is being played: the ring it plays in and what the script's names have come to stand for.

#include <map>
#include <string>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/ring.hpp"
#include "scenarios/runner/waiting.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {

/// How a step went. A deed that cannot be done and a check that does not hold are failures; `cannot` means that this ring or this
/// bridge has no way to exercise the step.
struct Outcome {
  enum class End { done, failed, cannot, harness_fault };
  End end = End::done;
  std::string expected{}, found{};

  static Outcome failed(std::string expected, std::string found) { return {End::failed, std::move(expected), std::move(found)}; }
};

class Stage {
 public:
  /// `before`: what is staged before the script says anything.
  Stage(Ring& ring, const Fixtures& fixtures, Staging before);

  /// Does or checks what the step says. The world is quiet when it returns.
  Outcome act(const Action& action, const std::string& sentence);
  /// What holds at the end of every scenario: the work that was promised is done. Lets up to kCheckLimit of time pass for it.
  /// Fails when the world does not become quiet, or the bridge has ended by itself.
  Outcome finish();
  bool is_open() const { return open_; }
  /// The invariants that are broken as things stand.
  std::vector<sim::Violation> violations() { return watch_.broken(world().journal()); }

  Ring& ring() { return ring_; }
  World& world() { return ring_.world(); }
  const Fixtures& fixtures() const { return fixtures_; }
  Staging& staging() { return staging_; }

  const std::string& address_of(const std::string& customer) const { return staging_.customers.at(customer); }
  sim::mail::Mailbox& mailbox_of(const std::string& customer) { return world().exchange().mailbox(address_of(customer)); }
  const std::string& rep_id(const std::string& rep) { return world().rep_ids().at(rep); }
  /// Record id by the script's name for it.
  std::map<std::string, std::string>& cases() { return cases_; }
  /// How often a check with the same key has held so far; the next one needs one more occurrence.
  std::size_t& times_checked(const std::string& key) { return times_checked_[key]; }
  /// The journal's size when a person last became active: what "the AI stays silent" counts from.
  std::uint64_t& person_active_since() { return person_active_since_; }

  /// Waits for `holds` and says what was found if it never does.
  Outcome expect(const std::string& expected, const std::function<bool()>& holds, const std::function<std::string()>& found);
  /// For what must not happen, or must stay: lets a minute pass, then judges.
  Outcome expect_settled(const std::string& expected, const std::function<bool()>& holds,
                         const std::function<std::string()>& found);

  static constexpr milliseconds kCheckLimit{15 * 60'000};  ///< a sweep of the bridge comes every 10 minutes
  static constexpr milliseconds kSettleTime{60'000};

 private:
  Outcome stage(const Action& action);
  Outcome open_world();
  /// The first request that a recording does not hold; what the bridge does after it is not what was recorded either.
  std::optional<std::string> departure_from_recording();

  Ring& ring_;
  const Fixtures& fixtures_;
  Staging staging_;
  bool open_ = false;
  sim::Watch watch_;
  std::map<std::string, std::string> cases_;
  std::map<std::string, std::size_t> times_checked_;
  std::uint64_t person_active_since_ = 0;
};

/// Turns a wait that ended badly into an outcome.
Outcome outcome_of(const Waited& waited);

/// Deeds of people, faults and time. Nullopt when the action is none.
std::optional<Outcome> do_deed(Stage& stage, const Action& action, const std::string& sentence);
/// Checks. Nullopt when the action is none.
std::optional<Outcome> make_check(Stage& stage, const Action& action);

}  // namespace casewire::scenarios
