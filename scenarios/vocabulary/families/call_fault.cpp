// What goes wrong with the next calls of the bridge.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::Side;

Played lose_answer(Stage& stage, const Action& action) { return plant(stage, action, calls_of(action), sim::Lose{Side::after}); }
Played lose_call(Stage& stage, const Action& action) { return plant(stage, action, calls_of(action), sim::Lose{Side::before}); }

Played cut_answer(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::Cross{http::Wire::cut_in_body});
}

Played refuse_call(Stage& stage, const Action& action) {
  sim::Refuse refusal{.code = std::to_string(action.code())};
  if (action.has("wait")) refusal.retry_after_s = seconds_asked_for(action);
  return plant(stage, action, calls_of(action), std::move(refusal));
}

Played answer_with_page(Stage& stage, const Action& action) {
  auto page = sim::html_page(200);
  if (action.has("code")) page = sim::html_page(action.code());
  if (action.says("without a type")) page = {.status = page.status, .headers = {}, .body = "<html><body>Wait.</body></html>\n"};
  if (action.has("wait")) page.headers.add("Retry-After", std::to_string(seconds_asked_for(action)));
  return plant(stage, action, calls_of(action), sim::AnswerWith{std::move(page)});
}

Played answer_with_garbage(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::AnswerWith{sim::garbage()});
}

Played answer_with_nothing(Stage& stage, const Action& action) {
  http::Response empty{.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = "{}"};
  return plant(stage, action, calls_of(action), sim::AnswerWith{std::move(empty)});
}

Played answer_with_redirect(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::AnswerWith{sim::redirect("https://login.elsewhere.test/")});
}

Played answer_late(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::Delay{action.duration(), Side::after});
}

Played arrive_twice(Stage& stage, const Action& action) { return plant(stage, action, calls_of(action), sim::Repeat{}); }

Played arrive_late(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::Straggle{action.has("duration") ? action.duration() : milliseconds{0}});
}

Played break_and_do_later(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::Straggle{action.duration(), http::Wire::reset_before_status});
}

Played refuse_and_do_later(Stage& stage, const Action& action) {
  sim::Straggle late{.by = action.duration(), .code = std::to_string(action.code())};
  return plant(stage, action, calls_of(action), std::move(late));
}

Played expire_access_token(Stage& stage, const Action& action) {
  stage.world().org().expire_access_tokens();
  stage.world().journal().append("salesforce", sim::FaultStrike{action.said().text(), "salesforce"});
  return {};
}

}  // namespace

Family call_fault_sentences() {
  return {
      Group::fault,
      "Of calls",
      {
          {"{system} accepts the next [{count}] {operation} but loses the answer",
           "Salesforce accepts the next Case create but loses the answer",
           "The work is done, then the connection breaks",
           {},
           lose_answer},
          {"{system} never gets the next [{count}] {operation}",
           "Salesforce never gets the next Case create",
           "The connection breaks before the call arrives; nothing is done",
           {},
           lose_call},
          {"{system} cuts the answer to the next [{count}] {operation}",
           "Salesforce cuts the answer to the next query",
           "The work is done; the answer ends in its middle",
           {},
           cut_answer},
          {"{system} answers the next [{count}] {operation} with status {code} [and Retry-After {wait:duration}]",
           "Salesforce answers the next 3 Case creates with status 503",
           "Refuses in the vendor's own words; nothing is done",
           {},
           refuse_call},
          {"{system} answers the next [{count}] {operation} with an HTML page [of status {code}] [without a type] [and Retry-After "
           "{wait:duration}]",
           "Salesforce answers the next query with an HTML page of status 502",
           "As a gateway does, or a maintenance window: with 200 unless a status is given; nothing is done",
           {},
           answer_with_page},
          {"{system} answers the next [{count}] {operation} with garbage",
           "OpenCX answers the next session read with garbage",
           "200, and JSON that ends in its middle; nothing is done",
           {},
           answer_with_garbage},
          {"{system} answers the next [{count}] {operation} with an empty object",
           "OpenCX answers the next history read with an empty object",
           "200, and JSON in which nothing stands; nothing is done",
           {},
           answer_with_nothing},
          {"{system} answers the next [{count}] {operation} with a redirect",
           "OpenCX answers the next session read with a redirect",
           "302 to somewhere else; nothing is done",
           {},
           answer_with_redirect},
          {"{system} takes {duration} to answer the next [{count}] {operation}",
           "Salesforce takes 40 seconds to answer the next Case create",
           "The work is done, its answer is late",
           {},
           answer_late},
          {"{system} gets the next {operation} twice",
           "Salesforce gets the next CaseComment create twice",
           "A proxy on the way repeats it; the bridge knows of one answer",
           {},
           arrive_twice},
          {"{system} gets the next {operation} {duration} late",
           "Salesforce gets the next Case create 40 seconds late",
           "It dawdles on its way; whoever made it hears no answer",
           {},
           arrive_late},
          {"{system} gets the next {operation} just before the one after it",
           "Salesforce gets the next Case create just before the one after it",
           "It dawdles until its caller asks again; nobody hears its answer",
           {},
           arrive_late},
          {"{system} breaks off the next {operation} and does it {duration} later",
           "Salesforce breaks off the next CaseComment create and does it 3 seconds later",
           "The connection breaks at once, and the work is done all the same, when it may have been looked for in vain",
           {},
           break_and_do_later},
          {"{system} answers the next {operation} with status {code} and does it {duration} later",
           "Salesforce answers the next CaseComment create with status 503 and does it 3 seconds later",
           "As where a gateway has given up and what lies behind it has not",
           {},
           refuse_and_do_later},
          {"the access token expires",
           "the access token expires",
           "Salesforce takes no token it has given out so far",
           {},
           expire_access_token},
      }};
}

}  // namespace casewire::scenarios
