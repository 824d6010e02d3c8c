// What goes wrong between the bridge and the two systems. One that never came makes the scenario fail: it has proved nothing.

#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

using Kind = sim::Fault::Kind;

std::string system_in(const Action& action) { return action.text("system") == "Salesforce" ? "salesforce" : "opencx"; }

Played arm(Stage& stage, const Action& action, sim::Fault fault) {
  fault.sentence = action.said().text();
  stage.world().faults().arm(std::move(fault));
  return {};
}

Played lose_answer(Stage& stage, const Action& action) {
  return arm(stage, action, {.kind = Kind::lose_answer, .system = system_in(action), .operation = action.operation()});
}

Played refuse_calls(Stage& stage, const Action& action) {
  return arm(stage, action,
             {.kind = Kind::refuse,
              .system = system_in(action),
              .operation = action.operation(),
              .count = action.count(),
              .status = action.code()});
}

Played lose_webhook(Stage& stage, const Action& action) {
  return arm(stage, action, {.kind = Kind::lose_webhook, .system = system_in(action)});
}

Played repeat_webhook(Stage& stage, const Action& action) {
  return arm(stage, action, {.kind = Kind::repeat_webhook, .system = system_in(action)});
}

Played expire_access_token(Stage& stage, const Action&) {
  stage.world().org().expire_access_tokens();
  stage.world().journal().append("salesforce", sim::FaultStrike{"the access token expires", "salesforce"});
  return {};
}

}  // namespace

Family wire_fault_sentences() {
  return {Group::fault,
          "On the wire",
          {
              {"{system} accepts the next {operation} but loses the answer",
               "Salesforce accepts the next Case create but loses the answer",
               "The work is done, then the connection breaks",
               {},
               lose_answer},
              {"{system} answers the next [{count}] {operation} with status {code}",
               "Salesforce answers the next 3 Case creates with status 503",
               "Refuses in the vendor's own words; nothing is done",
               {},
               refuse_calls},
              {"the next webhook from {system} is lost",
               "the next webhook from Salesforce is lost",
               "It never reaches the bridge; the sender believes it did",
               {},
               lose_webhook},
              {"the next webhook from {system} arrives twice",
               "the next webhook from OpenCX arrives twice",
               "The same webhook again, after the first was answered",
               {},
               repeat_webhook},
              {"the access token expires",
               "the access token expires",
               "Salesforce takes no token it has given out so far",
               {},
               expire_access_token},
          }};
}

}  // namespace casewire::scenarios
