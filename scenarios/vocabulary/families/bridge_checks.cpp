// What must be true of the bridge, and of a recording.

#include "scenarios/language/sentence.hpp"
#include "scenarios/tape/replayer.hpp"
#include "scenarios/vocabulary/bridge_calls.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

std::string told(const BridgeWork& work) {
  return std::to_string(work.due) + " due, " + std::to_string(work.waiting) + " waiting, " + std::to_string(work.parked) +
         " parked";
}

/// A bridge that cannot be asked about its queue shows by its calls alone that it has nothing to do.
Played expect_work(Stage& stage, const std::string& expected, bool (*holds)(const BridgeWork&, std::size_t), std::size_t count) {
  if (!stage.ring().bridge_work()) {
    return stage.expect_settled(
        "no sign of life", [] { return true; }, [] { return std::string(); });
  }
  const auto work = [&] { return stage.ring().bridge_work().value_or(BridgeWork{}); };
  return stage.expect(
      expected, [&] { return holds(work(), count); }, [&] { return told(work()); });
}

Played nothing_left_to_do(Stage& stage, const Action&) {
  return expect_work(
      stage, "no job due, waiting or parked",
      +[](const BridgeWork& work, std::size_t) { return work.due + work.waiting + work.parked == 0; }, 0);
}

Played has_parked(Stage& stage, const Action& action) {
  stage.world().journal().append("script", sim::BridgeEvent{.event = "may park"});
  return expect_work(
      stage, counted(action.count(), "parked job"),
      +[](const BridgeWork& work, std::size_t count) { return work.parked == count; }, action.count());
}

// ---- calls

Played was_asked(Stage& stage, const Action& action) {
  const std::string system = actor_named(action.text("system"));
  const auto calls = [&] { return calls_of_the_bridge(stage, system, action.operation()); };
  const std::string operation = action.operation();
  return expect_lasting(
      stage, counted(action.count(), operation), [&] { return calls() == action.count(); },
      [&] { return counted(calls(), operation); });
}

Played made_at_most(Stage& stage, const Action& action) {
  const std::string system = actor_named(action.text("system"));
  const auto calls = [&] { return calls_of_the_bridge(stage, system, {}); };
  return stage.expect_settled(
      "at most " + counted(action.count(), "call"), [&] { return calls() <= action.count(); },
      [&] { return counted(calls(), "call"); });
}

Played has_told(Stage& stage, const Action& action) {
  const std::string system = actor_named(action.text("system"));
  std::size_t answers = 0;
  const auto is_told = [&] {
    bool found = false;
    answers = 0;
    stage.world().journal().visit(1, [&](const sim::Entry& entry) {
      const auto* exchange = entry.as<sim::HttpExchange>();
      if (exchange == nullptr || exchange->from != "bridge" || exchange->to != system) return;
      ++answers;
      found = found || exchange->response.find(action.text("text")) != std::string::npos;
    });
    return found;
  };
  return stage.expect("\"" + action.text("text") + "\" in an answer of " + action.text("system"), is_told,
                      [&] { return "not in " + counted(answers, "answer"); });
}

Played got_webhooks(Stage& stage, const Action& action) {
  const std::string system = actor_named(action.text("system"));
  const auto webhooks = [&] { return webhooks_from(stage, system); };
  return expect_lasting(
      stage, counted(action.count(), "webhook"), [&] { return webhooks() == action.count(); },
      [&] { return counted(webhooks(), "webhook"); });
}

/// Between quotes, as JSON has it: an id of 15 characters is the beginning of that of 18.
Played webhook_names_case(Stage& stage, const Action& action) {
  const std::string system = actor_named("Salesforce");
  const std::string id = stage.case_id(action.text("case")).substr(0, action.count());
  return stage.expect(
      "\"" + id + "\" in the last webhook from Salesforce",
      [&] { return last_webhook_from(stage, system).find("\"" + id + "\"") != std::string::npos; },
      [&] { return last_webhook_from(stage, system); });
}

Played refused_webhooks(Stage& stage, const Action& action) {
  const std::string system = actor_named(action.text("system"));
  const auto refused = [&] { return webhooks_refused(stage, system); };
  return expect_lasting(
      stage, counted(action.count(), "refused webhook"), [&] { return refused() == action.count(); },
      [&] { return counted(refused(), "refused webhook"); });
}

// ---- faults

Played faults_have_struck(Stage& stage, const Action& action) {
  const auto strikes = [&] {
    std::vector<std::string> lines;
    stage.world().journal().visit(1, [&](const sim::Entry& entry) {
      if (const auto* strike = entry.as<sim::FaultStrike>()) lines.push_back(strike->fault);
    });
    return lines;
  };
  return expect_lasting(
      stage, counted(action.count(), "strike"), [&] { return strikes().size() == action.count(); },
      [&] { return lines_or(strikes(), "no fault has struck"); });
}

// ---- recordings

Played recording_is_used_up(Stage& stage, const Action&) {
  Replayer* replayer = stage.world().replayer();
  if (replayer == nullptr) return Played::failed("a recording", "no sentence \"Given the recording ...\"");
  const auto left = [&] {
    constexpr std::size_t kShown = 20;
    auto lines = replayer->unused();
    if (lines.size() > kShown) {
      const std::string more = "and " + std::to_string(lines.size() - kShown) + " more";
      lines.resize(kShown);
      lines.push_back(more);
    }
    return lines_or(lines, "none is left");
  };
  return stage.expect(
      "every recorded request is made", [&] { return replayer->unused().empty(); }, left);
}

}  // namespace

Family bridge_checks() {
  return {Group::check,
          "The bridge",
          {
              {"the bridge has nothing left to do",
               "the bridge has nothing left to do",
               "No job waits, and none was given up; a bridge that cannot be asked comes to rest",
               {},
               nothing_left_to_do},
              {"the bridge has parked {count} job|jobs",
               "the bridge has parked 1 job",
               "So many were given up, visibly; a bridge that cannot be asked comes to rest",
               {},
               has_parked},
              {"{system} has been asked for {count} {operation}",
               "Salesforce has been asked for 2 Case creates",
               "Exactly so many calls of the bridge, whatever came of them",
               {.house = true},
               was_asked},
              {"the bridge has made at most {count} call|calls [to {system}]",
               "the bridge has made at most 20 calls to Salesforce",
               "In all, its sweeps included",
               {.house = true},
               made_at_most},
              {"{system} has told the bridge {text}",
               R"(Salesforce has told the bridge "nextRecordsUrl")",
               "In an answer to one of its calls, as it stands there; of a long answer its beginning is searched",
               {},
               has_told},
              {"the bridge has got {count} webhook|webhooks from {system}",
               "the bridge has got 2 webhooks from OpenCX",
               "Exactly so many arrived; a lost one did not",
               {},
               got_webhooks},
              {"the last webhook from Salesforce names case {case} by {count} characters",
               "the last webhook from Salesforce names case A by 18 characters",
               "What the org sent, whether it arrived or not",
               {},
               webhook_names_case},
              {"the bridge has refused {count} webhook|webhooks from {system}",
               "the bridge has refused 1 webhook from OpenCX",
               "Exactly so many it answered with 4xx: it neither believed nor kept them",
               {},
               refused_webhooks},
              {"faults have struck {count} time|times",
               "faults have struck 1 time",
               "All that were staged so far, together",
               {},
               faults_have_struck},
              {"every recorded request was made",
               "every recorded request was made",
               "Of the recording; and none that it does not hold",
               {.needs = {{Fact::recording}}},
               recording_is_used_up},
          }};
}

}  // namespace casewire::scenarios
