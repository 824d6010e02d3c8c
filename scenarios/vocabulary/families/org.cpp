// What makes the org of a scenario differ from its file.

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {
namespace {

Played change(Stage& stage, std::function<void(Json&)> change) {
  stage.staging().org_changes.push_back(std::move(change));
  return {};
}

Played has_no_trigger(Stage& stage, const Action&) {
  return change(stage, [](Json& org) {
    if (org.contains("automation")) org["automation"]["callouts"] = Json::array();
  });
}

/// Fields of the package: the standard ones are always there.
Played has_no_field(Stage& stage, const Action& action) {
  return change(stage, [field = action.text("field")](Json& org) {
    Json kept = Json::array();
    Json& fields = org["schema"]["objects"]["Case"]["fields"];
    for (const Json& one : fields) {
      if (string_member(one, "name") != field) kept.push_back(one);
    }
    fields = std::move(kept);
  });
}

Played takes_only(Stage& stage, const Action& action) {
  return change(stage, [field = action.text("field"), value = action.text("text")](Json& org) {
    org["schema"]["objects"]["Case"]["picklists"][field] = {{"values", Json::array({value})}, {"restricted", true}};
  });
}

Played closes_with(Stage& stage, const Action& action) {
  return change(stage, [status = action.text("status")](Json& org) {
    for (Json& one : org["caseStatuses"]) {
      if (one.value("closed", false)) one["name"] = status;
    }
  });
}

Played has_the_queue(Stage& stage, const Action& action) {
  return change(stage, [queue = action.text("queue")](Json& org) {
    org["queues"].push_back({{"name", queue}, {"objects", {"Case"}}});
  });
}

Played has_no_assignment_rule(Stage& stage, const Action&) {
  return change(stage, [](Json& org) { org.erase("caseAssignment"); });
}

Played allows_calls(Stage& stage, const Action& action) {
  return change(stage, [count = action.count()](Json& org) { org["limits"]["dailyApiRequests"] = count; });
}

Played has_the_contact(Stage& stage, const Action& action) {
  return change(stage, [name = action.text("name"), address = action.text("address")](Json& org) {
    org["records"]["Contact"].push_back({{"LastName", name}, {"Email", address}});
  });
}

Played names_cases_by_15(Stage& stage, const Action&) {
  return change(stage, [](Json& org) {
    if (!org.contains("automation")) return;
    for (Json& rule : org["automation"]["callouts"]) rule["shortIds"] = true;
  });
}

Played sends_webhooks_as(Stage& stage, const Action& action) {
  return change(stage, [type = action.text("type")](Json& org) {
    if (!org.contains("automation")) return;
    for (Json& rule : org["automation"]["callouts"]) rule["contentType"] = type;
  });
}

Played answers_in_pages(Stage& stage, const Action& action) {
  return change(stage, [count = action.count()](Json& org) { org["limits"]["queryRows"] = count; });
}

}  // namespace

Family org_sentences() {
  return {
      Group::staging,
      "What this org has",
      {
          {"the org has no trigger",
           "the org has no trigger",
           "Nothing in it calls the bridge: the package's triggers are not deployed",
           {},
           has_no_trigger},
          {"the org has no field {field} on Cases",
           R"(the org has no field "OpenCX_Handoff__c" on Cases)",
           "A field of the package that an administrator did not add",
           {},
           has_no_field},
          {"the org takes only {text} as {field} of a Case",
           R"(the org takes only "Phone" as "Origin" of a Case)",
           "A restricted picklist, which refuses every other value",
           {},
           takes_only},
          {"the org closes Cases with {status}",
           R"(the org closes Cases with "Solved")",
           "What the closed status is called here",
           {.introduces = {"status"}},
           closes_with},
          {"the org has the queue {queue}",
           R"(the org has the queue "Billing")",
           "One more queue that may own Cases",
           {.introduces = {"queue"}, .excludes = {{Fact::rep}}},
           has_the_queue},
          {"the org has no assignment rule",
           "the org has no assignment rule",
           "A new Case belongs to whoever made it: one of the bridge's, to the integration user",
           {},
           has_no_assignment_rule},
          {"the org allows {count} API calls a day",
           "the org allows 500 API calls a day",
           "Then it refuses with REQUEST_LIMIT_EXCEEDED, until the next day",
           {},
           allows_calls},
          {"the org has the contact {name:text} with the address {address}",
           R"(the org has the contact "Dana Miller" with the address dana@example.test)",
           "A Contact that was there before",
           {},
           has_the_contact},
          {"the org names Cases by 15 characters in its webhooks",
           "the org names Cases by 15 characters in its webhooks",
           "As formulas and merge fields do; the same id with 18 is meant",
           {},
           names_cases_by_15},
          {"the org sends its webhooks as {type:text}",
           R"(the org sends its webhooks as "application/x-www-form-urlencoded")",
           "Their Content-Type; the body is the same JSON. Apex says so of what its author gave no type",
           {},
           sends_webhooks_as},
          {"the org answers queries in pages of {count} row|rows",
           "the org answers queries in pages of 2 rows",
           "The others are fetched by nextRecordsUrl. Without this sentence a page has 2000; an org of wide rows cuts earlier",
           {},
           answers_in_pages},
      }};
}

}  // namespace casewire::scenarios
