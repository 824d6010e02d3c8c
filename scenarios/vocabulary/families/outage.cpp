// What goes wrong for a while.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::Place;
using sim::Side;

Played is_down(Stage& stage, const Action& action) {
  return plant(stage, action, stretch_of(stage, action), sim::Lose{Side::before});
}

Played answers_everything(Stage& stage, const Action& action) {
  sim::Refuse refusal{.code = std::to_string(action.code())};
  if (action.has("wait")) refusal.retry_after_s = seconds_asked_for(action);
  return plant(stage, action, stretch_of(stage, action), std::move(refusal));
}

Played is_slow(Stage& stage, const Action& action) {
  return plant(stage, action, stretch_of(stage, action), sim::Delay{action.duration("each"), Side::after});
}

Played webhooks_are_lost(Stage& stage, const Action& action) {
  Place place = stretch_of(stage, action);
  place.of = Place::Of::webhook;
  return plant(stage, action, std::move(place), sim::Lose{Side::before});
}

Played clock_is_off(Stage& stage, const Action& action, milliseconds by) {
  Place place = webhook_of(action);
  place.of = Place::Of::time;
  place.times = 0;
  return plant(stage, action, std::move(place), sim::Skew{by});
}

Played clock_is_fast(Stage& stage, const Action& action) { return clock_is_off(stage, action, action.duration()); }
Played clock_is_slow(Stage& stage, const Action& action) { return clock_is_off(stage, action, -action.duration()); }

}  // namespace

Family outage_sentences() {
  const Traits for_a_while{.needs_control = true};
  return {
      Group::fault,
      "For a while",
      {
          {"{system} is down for {duration}", "Salesforce is down for 2 hours", "No call arrives there, from now on, for so long",
           for_a_while, is_down},
          {"{system} answers everything with status {code} for {duration} [and Retry-After {wait:duration}]",
           "Salesforce answers everything with status 503 for 2 hours", "In the vendor's own words; nothing is done", for_a_while,
           answers_everything},
          {"{system} takes {each:duration} for each answer for {duration}", "OpenCX takes 20 seconds for each answer for 1 hour",
           "The work is done, its answers are late", for_a_while, is_slow},
          {"webhooks from {system} are lost for {duration}", "webhooks from Salesforce are lost for 1 hour",
           "None reaches the bridge; whether they are sent again is the vendor's affair", for_a_while, webhooks_are_lost},
          {"{system}'s clock is {duration} fast",
           "Salesforce's clock is 6 minutes fast",
           "All that it dates and signs from now on",
           {},
           clock_is_fast},
          {"{system}'s clock is {duration} slow",
           "OpenCX's clock is 6 minutes slow",
           "The same, the other way",
           {},
           clock_is_slow},
      }};
}

}  // namespace casewire::scenarios
