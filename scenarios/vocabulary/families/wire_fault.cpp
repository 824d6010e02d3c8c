// What goes wrong between the bridge and the two systems. One that never came makes the scenario fail: it has proved nothing.

#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

using sim::Place;
using sim::Side;

std::string system_in(const Action& action) { return action.text("system") == "Salesforce" ? "salesforce" : "opencx"; }

Played arm(Stage& stage, const Action& action, Place place, sim::Damage damage) {
  stage.world().faults().arm({action.said().text(), std::move(place), std::move(damage)});
  return {};
}

Place call(const Action& action) { return {.system = system_in(action), .operation = action.operation()}; }
Place webhook(const Action& action) { return {.of = Place::Of::webhook, .system = system_in(action)}; }

Played lose_answer(Stage& stage, const Action& action) { return arm(stage, action, call(action), sim::Lose{Side::after}); }

Played refuse_calls(Stage& stage, const Action& action) {
  Place place = call(action);
  place.times = action.count();
  return arm(stage, action, std::move(place), sim::Refuse{.code = std::to_string(action.code())});
}

Played lose_webhook(Stage& stage, const Action& action) { return arm(stage, action, webhook(action), sim::Lose{Side::before}); }

Played repeat_webhook(Stage& stage, const Action& action) { return arm(stage, action, webhook(action), sim::Repeat{}); }

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
