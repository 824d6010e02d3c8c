#include "scenarios/runner/stage.hpp"

#include "sim/world/invariants.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kAsRecorded = "each request as it was recorded";

bool is_staging(const Action& action) {
  return std::holds_alternative<UseOrg>(action) || std::holds_alternative<AddCustomer>(action) ||
         std::holds_alternative<AddRep>(action) || std::holds_alternative<AddSupportAddress>(action) ||
         std::holds_alternative<AiAnswersEveryMail>(action) || std::holds_alternative<AiSilentOnceAPersonIsActive>(action) ||
         std::holds_alternative<UseRecording>(action);
}

bool makes_person_active(const Action& action) {
  return std::holds_alternative<RepReplies>(action) || std::holds_alternative<AgentTakesOver>(action);
}

}  // namespace

Stage::Stage(Ring& ring, const Fixtures& fixtures, Staging before)
    : ring_(ring), fixtures_(fixtures), staging_(std::move(before)) {}

Outcome outcome_of(const Waited& waited) {
  switch (waited.end) {
    case Waited::End::held:
    case Waited::End::deadline: return {};
    case Waited::End::cannot: return {Outcome::End::cannot, {}, waited.why};
    case Waited::End::stuck: return Outcome::failed("the work comes to an end", waited.why);
  }
  return {};
}

Outcome Stage::act(const Action& action, const std::string& sentence) {
  if (is_staging(action)) return stage(action);
  if (!open_) {
    if (Outcome opened = open_world(); opened.end != Outcome::End::done) return opened;
  }
  if (makes_person_active(action)) person_active_since_ = world().journal().size();
  if (auto outcome = do_deed(*this, action, sentence)) {
    if (outcome->end == Outcome::End::done) outcome = outcome_of(settle(ring_));
    if (const auto departure = departure_from_recording()) return Outcome::failed(kAsRecorded, *departure);
    return *outcome;
  }
  if (auto outcome = make_check(*this, action)) return *outcome;
  return {Outcome::End::harness_fault, {}, "the runner does not know this sentence"};
}

Outcome Stage::stage(const Action& action) {
  if (open_) return {Outcome::End::harness_fault, {}, "the world is already open: staging sentences come first"};
  if (const auto* use = std::get_if<UseOrg>(&action)) {
    auto json = fixtures_.read("orgs", use->org + "/org.json");
    if (!json) return {Outcome::End::harness_fault, {}, json.error()};
    staging_.org_json = *json;
    staging_.org_file = fixtures_.root() + "/orgs/" + use->org + "/org.json";
  } else if (const auto* customer = std::get_if<AddCustomer>(&action)) {
    staging_.customers[customer->customer] = customer->address;
  } else if (const auto* rep = std::get_if<AddRep>(&action)) {
    staging_.reps[rep->rep] = rep->queue;
  } else if (const auto* support = std::get_if<AddSupportAddress>(&action)) {
    staging_.support_addresses.push_back(support->address);
  } else if (const auto* rule = std::get_if<AiAnswersEveryMail>(&action)) {
    staging_.every_answer = rule->text;
    staging_.every_answer_after = rule->after;
  } else if (std::holds_alternative<AiSilentOnceAPersonIsActive>(action)) {
    staging_.silence = sim::opencx::AiSilence::once_a_person_is_active;
  } else if (const auto* use_tape = std::get_if<UseRecording>(&action)) {
    const std::string file = fixtures_.root() + "/recordings/" + use_tape->recording;
    auto text = fixtures_.read("recordings", use_tape->recording);
    if (!text) return {Outcome::End::harness_fault, {}, text.error()};
    auto tape = read_har(*text, file);
    if (!tape) return {Outcome::End::harness_fault, {}, render(tape.error(), *text)};
    staging_.recording = std::move(*tape);
  }
  return {};
}

Outcome Stage::open_world() {
  if (staging_.org_json.empty()) {
    if (Outcome staged = stage(UseOrg{kDefaultOrg}); staged.end != Outcome::End::done) return staged;
  }
  if (auto opened = ring_.open(staging_); !opened) return {Outcome::End::harness_fault, {}, opened.error()};
  open_ = true;
  if (auto started = ring_.start_bridge(); !started) return Outcome::failed("the bridge starts", started.error());
  return outcome_of(settle(ring_));
}

std::optional<std::string> Stage::departure_from_recording() {
  Replayer* replayer = world().replayer();
  return replayer == nullptr ? std::nullopt : replayer->first_mismatch();
}

Outcome Stage::expect(const std::string& expected, const std::function<bool()>& holds,
                      const std::function<std::string()>& found) {
  const Waited waited = wait_until(
      ring_, [&] { return departure_from_recording() || holds(); }, kCheckLimit);
  if (const auto departure = departure_from_recording()) return Outcome::failed(kAsRecorded, *departure);
  if (waited.end == Waited::End::held) return {};
  if (waited.end == Waited::End::deadline || waited.end == Waited::End::cannot) {
    if (holds()) return {};
    if (waited.end == Waited::End::cannot) return {Outcome::End::failed, expected, found() + " (" + waited.why + ")"};
    return Outcome::failed(expected, found());
  }
  return Outcome::failed(expected, waited.why);
}

Outcome Stage::expect_settled(const std::string& expected, const std::function<bool()>& holds,
                              const std::function<std::string()>& found) {
  const Waited waited = pass(ring_, kSettleTime);
  if (const auto departure = departure_from_recording()) return Outcome::failed(kAsRecorded, *departure);
  if (waited.end == Waited::End::stuck) return Outcome::failed(expected, waited.why);
  return holds() ? Outcome{} : Outcome::failed(expected, found());
}

Outcome Stage::finish() {
  if (!open_) return {};
  if (const Waited quiet = settle(ring_); quiet.end != Waited::End::held) return outcome_of(quiet);
  return outcome_of(wait_until(
      ring_,
      [this] {
        for (const sim::Violation& violation : watch_.broken(world().journal())) {
          if (violation.invariant == "I1") return false;
        }
        return true;
      },
      kCheckLimit));
}

}  // namespace casewire::scenarios
