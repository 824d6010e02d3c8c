// What goes wrong with the next mail on its way.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::Place;
using sim::Side;

Place mail_to(Stage& stage, const Action& action) {
  return {.of = Place::Of::mail, .mailbox = stage.address_of(action.text("customer")), .times = action.count()};
}

Played refuse_mail(Stage& stage, const Action& action) {
  return plant(stage, action, mail_to(stage, action), sim::Refuse{.code = std::to_string(action.code())});
}
Played lose_mail(Stage& stage, const Action& action) {
  return plant(stage, action, mail_to(stage, action), sim::Lose{Side::before});
}
Played lose_mail_answer(Stage& stage, const Action& action) {
  return plant(stage, action, mail_to(stage, action), sim::Lose{Side::after});
}
Played repeat_mail(Stage& stage, const Action& action) { return plant(stage, action, mail_to(stage, action), sim::Repeat{}); }

}  // namespace

Family mail_fault_sentences() {
  return {Group::fault,
          "Of mails",
          {
              {"{customer}'s mail server refuses the next [{count}] mail|mails with {code}",
               "Dana's mail server refuses the next 2 mails with 451",
               "An SMTP code: 4xx for now, 5xx for good",
               {},
               refuse_mail},
              {"{customer}'s mail server never gets the next mail",
               "Dana's mail server never gets the next mail",
               "The connection breaks before it has the mail",
               {},
               lose_mail},
              {"{customer}'s mail server takes the next mail but loses the answer",
               "Dana's mail server takes the next mail but loses the answer",
               "The sender does not know and sends it again",
               {},
               lose_mail_answer},
              {"{customer}'s mail server gets the next mail twice",
               "Dana's mail server gets the next mail twice",
               "The same mail again",
               {},
               repeat_mail},
          }};
}

}  // namespace casewire::scenarios
