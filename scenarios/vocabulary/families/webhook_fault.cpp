// What goes wrong with the next webhook.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::Side;

Played lose_webhook(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Lose{Side::before});
}
Played lose_webhook_answer(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Lose{Side::after});
}
Played repeat_webhook(Stage& stage, const Action& action) { return plant(stage, action, webhook_of(action), sim::Repeat{}); }
Played replay(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Repeat{.more = 1, .apart = action.duration()});
}
Played delay(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Delay{action.duration(), Side::before});
}
Played overtake(Stage& stage, const Action& action) { return plant(stage, action, webhook_of(action), sim::Overtake{}); }
Played unsign(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Tamper{sim::Tamper::How::unsigned_});
}
Played forge(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Tamper{sim::Tamper::How::signed_wrongly});
}
Played strip(Stage& stage, const Action& action) {
  return plant(stage, action, webhook_of(action), sim::Tamper{sim::Tamper::How::without_header, action.text("header")});
}

Played gather(Stage& stage, const Action& action) {
  stage.world().platform().gather_handoffs(action.count());
  stage.world().journal().append("opencx", sim::FaultStrike{action.said().text(), "opencx"});
  return {};
}

}  // namespace

Family webhook_fault_sentences() {
  return {Group::fault,
          "Of webhooks",
          {
              {"the next webhook from {system} is lost",
               "the next webhook from Salesforce is lost",
               "It never reaches the bridge; whether it is sent again is the vendor's affair",
               {},
               lose_webhook},
              {"the answer to the next webhook from {system} is lost",
               "the answer to the next webhook from OpenCX is lost",
               "The bridge took it; the sender does not know and may send it again",
               {},
               lose_webhook_answer},
              {"the next webhook from {system} arrives twice",
               "the next webhook from OpenCX arrives twice",
               "The same webhook again, after the first was answered",
               {},
               repeat_webhook},
              {"the next webhook from {system} arrives again after {duration}",
               "the next webhook from OpenCX arrives again after 6 minutes",
               "Byte for byte, as somebody replays it who has caught it",
               {},
               replay},
              {"the next webhook from {system} comes {duration} late",
               "the next webhook from OpenCX comes 20 seconds late",
               "The sender waits no longer than it always does",
               {},
               delay},
              {"the next webhook from {system} is overtaken by the one after it",
               "the next webhook from OpenCX is overtaken by the one after it",
               "They arrive in the wrong order",
               {},
               overtake},
              {"the next webhook from {system} is unsigned",
               "the next webhook from OpenCX is unsigned",
               "From somebody who knows the address and not the key",
               {},
               unsign},
              {"the next webhook from {system} is signed with another key",
               "the next webhook from OpenCX is signed with another key",
               "From somebody who guesses at the key",
               {},
               forge},
              {"the next webhook from {system} comes without its header {header:text}",
               R"(the next webhook from OpenCX comes without its header "webhook-timestamp")",
               "A proxy on the way has taken it off",
               {},
               strip},
              {"OpenCX tells of the next {count} handoffs in one webhook",
               "OpenCX tells of the next 2 handoffs in one webhook",
               "When the last of them has happened: the data of that event is a list",
               {},
               gather},
          }};
}

}  // namespace casewire::scenarios
