#include "scenarios/runner/stage.hpp"

#include <algorithm>

#include "base/text/json.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kAsRecorded = "each request as it was recorded";

}  // namespace

Stage::Stage(Ring& ring, const Fixtures& fixtures, Staging before)
    : ring_(ring), fixtures_(fixtures), staging_(std::move(before)) {}

Played played(const Waited& waited) {
  switch (waited.end) {
    case Waited::End::held:
    case Waited::End::deadline: return {};
    case Waited::End::cannot: return Played::cannot(waited.why);
    case Waited::End::stuck: return Played::failed("the work comes to an end", waited.why);
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
  Played result = row->play(*this, action);
  if (action.group() == Group::check) return result;
  if (result.done()) result = played(settle(ring_));
  if (const auto departure = departure_from_recording()) return Played::failed(kAsRecorded, *departure);
  return result;
}

/// Before the deed is done: what the AI says while it is done counts already.
void Stage::note_activity(const Action& action) {
  const auto& activity = action.traits().activity;
  if (!activity) return;
  const std::string& case_name = action.text("case");
  const std::string& customer = case_name.empty() ? action.text("customer") : std::string();
  const auto is_meant = [&](const Active& one) { return one.case_name == case_name && one.customer == customer; };
  if (std::any_of(active_.begin(), active_.end(), is_meant)) return;
  Active active{case_name, customer, {}};
  for (const auto& session : world().platform().sessions()) active.history_then[session.id] = session.history.size();
  active_.push_back(std::move(active));
}

std::string Stage::fixture(std::string_view folder, std::string_view name) const {
  auto content = fixtures_.read(folder, name);
  if (!content) throw HarnessFault(content.error());
  return std::move(*content);
}

std::string Stage::file(const std::string& name) const {
  const auto made = made_files_.find(name);
  return made == made_files_.end() ? fixture("files", name) : made->second;
}

Played Stage::open_world() {
  if (staging_.org_json.empty()) {
    staging_.org_json = fixture("orgs", std::string(kDefaultOrg) + "/org.json");
    staging_.org_file = fixtures_.root() + "/orgs/" + kDefaultOrg + "/org.json";
  }
  if (!staging_.org_changes.empty()) {
    auto org = parse_json(staging_.org_json, staging_.org_file);
    if (!org) return Played::harness_fault(render(org.error(), staging_.org_json));
    for (const auto& change : staging_.org_changes) change(*org);
    staging_.org_json = dump_json(*org);
  }
  if (auto opened = ring_.open(staging_); !opened) return Played::harness_fault(opened.error());
  open_ = true;
  if (auto started = ring_.start_bridge(); !started) return Played::failed("the bridge starts", started.error());
  return played(settle(ring_));
}

std::optional<std::string> Stage::departure_from_recording() {
  Replayer* replayer = world().replayer();
  return replayer == nullptr ? std::nullopt : replayer->first_mismatch();
}

Played Stage::expect(const std::string& expected, const std::function<bool()>& holds, const std::function<std::string()>& found) {
  const Waited waited = wait_until(
      ring_, [&] { return departure_from_recording() || holds(); }, kCheckLimit);
  if (const auto departure = departure_from_recording()) return Played::failed(kAsRecorded, *departure);
  if (waited.end == Waited::End::held) return {};
  if (waited.end == Waited::End::deadline || waited.end == Waited::End::cannot) {
    if (holds()) return {};
    if (waited.end == Waited::End::cannot) return Played::failed(expected, found() + " (" + waited.why + ")");
    return Played::failed(expected, found());
  }
  return Played::failed(expected, waited.why);
}

Played Stage::expect_settled(const std::string& expected, const std::function<bool()>& holds,
                             const std::function<std::string()>& found) {
  const Waited waited = pass(ring_, kSettleTime);
  if (const auto departure = departure_from_recording()) return Played::failed(kAsRecorded, *departure);
  if (waited.end == Waited::End::stuck) return Played::failed(expected, waited.why);
  return holds() ? Played{} : Played::failed(expected, found());
}

void Stage::ask_the_bridge() {
  const auto work = ring_.bridge_work();
  if (work && work->parked != 0) world().journal().append("bridge", sim::BridgeEvent{.event = "asked", .parked = work->parked});
}

Played Stage::finish() {
  if (!open_) return {};
  if (const Waited quiet = settle(ring_); quiet.end != Waited::End::held) return played(quiet);
  Played end = played(wait_until(
      ring_, [this] { return !watch_.is_owed(world().journal()); }, kCheckLimit));
  ask_the_bridge();
  return end;
}

}  // namespace casewire::scenarios
