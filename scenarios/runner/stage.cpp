#include "scenarios/runner/stage.hpp"

#include <algorithm>

#include "base/text/json.hpp"
#include "scenarios/tape/replayer.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {
namespace {

/// Recorded beside made, where there is something near to stand beside.
Played departed(const std::string& departure, const Replayer& replayer) {
  constexpr std::size_t kShown = 5;
  std::string found = departure;
  const auto overdue = replayer.overdue();
  for (std::size_t i = 0; i < std::min(overdue.size(), kShown); ++i) found += "\nrecorded and not made so far: " + overdue[i];
  if (overdue.size() > kShown) found += "\nand " + std::to_string(overdue.size() - kShown) + " more";
  Played played = Played::failed("each request as it was recorded", found);
  auto sides = replayer.first_departure();
  played.recorded = std::move(sides.recorded);
  played.made = std::move(sides.made);
  return played;
}

}  // namespace

Stage::Stage(Ring& ring, const Fixtures& fixtures, Staging before)
    : ring_(ring), fixtures_(fixtures), staging_(std::move(before)), quiescence_(ring) {}

Played played(const Waited& waited) {
  switch (waited.end) {
    case Waited::End::held:
    case Waited::End::deadline: return {};
    case Waited::End::undecided: return Played::cannot(waited.why);
    case Waited::End::stuck: return Played::failed("the work comes to an end", waited.why);
    case Waited::End::machine: return Played::harness_fault(waited.why);
  }
  return {};
}

Played Stage::act(const Action& action) {
  try {
    return play(action);
  } catch (const HarnessFault& fault) {
    return Played::harness_fault(fault.what());
  }
}

Played Stage::play(const Action& action) {
  const auto* row = &action.sentence();
  if (action.group() == Group::staging) {
    if (open_) return Played::harness_fault("the world is already open: staging sentences come first");
    return row->play(*this, action);
  }
  if (!open_) {
    if (Played opened = open_world(); !opened.done()) return opened;
  }
  note_activity(action);
  const WallTime begun = ring_.now();
  Played result = row->play(*this, action);
  if (action.group() == Group::check) return result;
  if (result.done()) result = played(settle(ring_));
  const milliseconds taken = ring_.now() - begun;
  if (result.done() && action.group() == Group::deed && taken < kDeedTime && !keeps_the_second())
    result = played(pass(ring_, kDeedTime - taken));
  quiescence_.disturb();
  if (const auto departure = departure_from_recording()) return departed(*departure, *world().replayer());
  return result;
}

bool Stage::keeps_the_second() { return deeds_at_once_ != 0 && --deeds_at_once_ != 0; }

/// Before the deed is done: what the AI says while it is done counts already.
void Stage::note_activity(const Action& action) {
  const auto& activity = action.traits().activity;
  if (!activity) return;
  const std::string& case_name = action.text("case");
  const std::string& customer = case_name.empty() ? action.text("customer") : std::string();
  const auto is_meant = [&](const Active& one) {
    return one.case_name == case_name && one.customer == customer && one.handed_back.empty();
  };
  if (std::any_of(active_.begin(), active_.end(), is_meant)) return;
  Active active{case_name, customer, {}};
  for (const auto& session : world().platform().sessions()) active.history_then[session.id] = session.history.size();
  active_.push_back(std::move(active));
}

void Stage::end_activity(const std::string& session_id) {
  for (const auto& session : world().platform().sessions()) {
    if (session.id != session_id) continue;
    for (Active& active : active_) active.handed_back.try_emplace(session_id, session.history.size());
  }
}

std::string Stage::fixture(std::string_view folder, std::string_view name) const {
  auto content = fixtures_.read(folder, name);
  if (!content) throw HarnessFault(content.error());
  return std::move(*content);
}

std::string Stage::file(const std::string& name) const {
  const auto made = made_files_.find(name);
  return made == made_files_.end() ? fixture("files", name) : made->second();
}

Played Stage::open_world() {
  if (staging_.org_json.empty()) {
    staging_.org_json = fixture("orgs", std::string(kDefaultOrg) + "/org.json");
    staging_.org_file = fixtures_.path("orgs", std::string(kDefaultOrg) + "/org.json");
  }
  if (!staging_.org_changes.empty()) {
    auto org = parse_json(staging_.org_json, staging_.org_file);
    if (!org) return Played::harness_fault(render(org.error(), staging_.org_json));
    for (const auto& change : staging_.org_changes) change(*org);
    staging_.org_json = dump_json(*org);
  }
  if (auto opened = ring_.open(staging_); !opened) return Played::harness_fault(opened.error());
  open_ = true;
  quiescence_.disturb();
  if (auto started = ring_.start_bridge(); !started) return Played::troubled("the bridge starts", started.error());
  return played(settle(ring_));
}

std::optional<std::string> Stage::departure_from_recording() {
  Replayer* replayer = world().replayer();
  return replayer == nullptr ? std::nullopt : replayer->first_mismatch();
}

Played Stage::expect(const std::string& expected, const std::function<bool()>& holds, const std::function<std::string()>& found,
                     milliseconds limit) {
  const Waited waited = wait_until(
      ring_, [&] { return departure_from_recording() || holds(); }, limit);
  if (const auto departure = departure_from_recording()) return departed(*departure, *world().replayer());
  switch (waited.end) {
    case Waited::End::held: return {};
    case Waited::End::deadline: return Played::failed(expected, found());
    case Waited::End::undecided: return Played::undecided(expected, found() + "\n" + waited.why);
    case Waited::End::stuck: return Played::failed(expected, waited.why);
    case Waited::End::machine: return Played::harness_fault(waited.why);
  }
  return {};
}

Played Stage::expect_settled(const std::string& expected, const std::function<bool()>& holds,
                             const std::function<std::string()>& found) {
  const Waited waited = quiescence_.reach();
  if (const auto departure = departure_from_recording()) return departed(*departure, *world().replayer());
  if (waited.end == Waited::End::machine) return Played::harness_fault(waited.why);
  if (waited.end == Waited::End::stuck) return Played::failed(expected, waited.why);
  if (!holds()) return Played::failed(expected, found());  // proof, wherever time ended
  return waited.end == Waited::End::undecided ? Played::undecided(expected, "not so far\n" + waited.why) : Played{};
}

void Stage::ask_the_bridge() {
  const auto work = ring_.bridge_work();
  if (work && work->parked != 0) world().note_bridge(sim::BridgeEvent{.event = "asked", .parked = work->parked});
}

Played Stage::finish(bool is_cut_short) {
  if (!open_) return {};
  if (const Waited quiet = settle(ring_); quiet.end != Waited::End::held) return played(quiet);
  is_owed_undecided_ = is_cut_short && ring_.real_time() != nullptr;
  if (!is_owed_undecided_) {
    const Waited waited = wait_until(
        ring_, [this] { return !watch_.is_owed(world().journal()); }, Quiescence::kHorizon);
    if (waited.end == Waited::End::stuck || waited.end == Waited::End::machine) return played(waited);
    is_owed_undecided_ = waited.end == Waited::End::undecided;
    if (is_owed_undecided_) return played(waited);
  }
  // A recording holds no more time than its own: what a bridge asks in the next hour was not recorded.
  Played end = world().replayer() != nullptr ? Played{} : played(quiescence_.reach());
  ask_the_bridge();
  return end;
}

std::vector<sim::Violation> Stage::violations() {
  std::vector<sim::Violation> broken = watch_.broken(world().journal());
  if (is_owed_undecided_) std::erase_if(broken, [](const sim::Violation& violation) { return violation.may_be_mended; });
  return broken;
}

}  // namespace casewire::scenarios
