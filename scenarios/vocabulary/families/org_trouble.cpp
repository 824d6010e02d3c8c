// What stands in the bridge's way inside the org.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::salesforce::Org;
using sim::salesforce::Rights;
using sim::salesforce::Storage;

Played in_the_org(Stage& stage, const Action& action, const std::function<void(Org&)>& change) {
  stage.ring().perform([&] { change(stage.world().org()); });
  stage.world().journal().append("salesforce", sim::FaultStrike{action.said().text(), "salesforce"});
  return {};
}

sim::Place salesforce_calls(const Action& action) {
  return {.system = "salesforce", .operation = action.operation(), .times = action.count()};
}

Played refuse_by_code(Stage& stage, const Action& action) {
  return plant(stage, action, salesforce_calls(action), sim::Refuse{.code = action.text("refusal")});
}

Played refuse_a_row(Stage& stage, const Action& action) {
  return plant(stage, action, salesforce_calls(action), sim::Refuse{.code = action.text("refusal"), .one_row = true});
}

Played refuse_the_second_row(Stage& stage, const Action& action) {
  return plant(stage, action, salesforce_calls(action),
               sim::Refuse{.code = action.text("refusal"), .one_row = true, .rows_before = 1});
}

Played has_a_rule(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [&](Org& org) {
    org.add_validation_rule({.object = "Case",
                             .where = {{action.text("field"), nullptr}},
                             .unless = {},
                             .message = action.text("text"),
                             .field = action.text("field")});
  });
}

Played has_a_rule_against(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [&](Org& org) {
    org.add_validation_rule({.object = "Case",
                             .where = {},
                             .unless = {{action.text("field"), nullptr}},
                             .message = action.text("text"),
                             .field = action.text("field")});
  });
}

Played locks(Stage& stage, const Action& action) {
  const std::string& case_id = stage.case_id(action.text("case"));
  return in_the_org(stage, action, [&](Org& org) { (void)org.lock_row(case_id, action.duration()); });
}

Played is_missing_from_queries(Stage& stage, const Action& action) {
  const std::string& case_id = stage.case_id(action.text("case"));
  return in_the_org(stage, action, [&](Org& org) { (void)org.leave_out_of_queries(case_id, action.duration()); });
}

Played storage_is_full(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) {
    org.set_storage_full(Storage::data, true);
    org.set_storage_full(Storage::files, true);
  });
}
Played file_storage_is_full(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.set_storage_full(Storage::files, true); });
}
Played storage_has_room(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) {
    org.set_storage_full(Storage::data, false);
    org.set_storage_full(Storage::files, false);
  });
}
Played calls_used_up(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.set_requests_used_up(true); });
}
Played calls_given_back(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.set_requests_used_up(false); });
}
Played tokens_revoked(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.revoke_tokens(); });
}
Played another_org_answers(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.answer_as_another_org(true); });
}
Played right_org_answers(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.answer_as_another_org(false); });
}
Played user_deactivated(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { (void)org.set_active(org.integration_user_id(), false); });
}
Played user_active_again(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { (void)org.set_active(org.integration_user_id(), true); });
}

/// The org may have nothing of that name: `expected` says what it was meant to have.
Played in_the_org(Stage& stage, const Action& action, const char* expected,
                  const std::function<Result<void, std::string>(Org&)>& change) {
  Result<void, std::string> done;
  auto played = in_the_org(stage, action, [&](Org& org) { done = change(org); });
  return done ? played : Played::failed(expected, done.error());
}

constexpr const char* kOfTheOrg = "something that the org has";

Played user_may_not_create(Stage& stage, const Action& action) {
  return in_the_org(stage, action, kOfTheOrg, [&](Org& org) {
    return org.withhold(org.integration_user_id(), Rights::Right::create, action.text("object"));
  });
}
Played user_may_not_edit(Stage& stage, const Action& action) {
  return in_the_org(stage, action, kOfTheOrg, [&](Org& org) {
    return org.withhold(org.integration_user_id(), Rights::Right::edit, action.text("object"));
  });
}
Played user_may_not_write(Stage& stage, const Action& action) {
  return in_the_org(stage, action, kOfTheOrg,
                    [&](Org& org) { return org.withhold_field(org.integration_user_id(), "Case", action.text("field")); });
}
Played user_may_again(Stage& stage, const Action& action) {
  return in_the_org(stage, action, [](Org& org) { org.give_rights_back(org.integration_user_id()); });
}

Played switch_trigger(Stage& stage, const Action& action, bool active) {
  return in_the_org(stage, action, "a trigger of the package",
                    [&](Org& org) { return org.set_trigger_active(action.text("object"), active); });
}
Played trigger_is_inactive(Stage& stage, const Action& action) { return switch_trigger(stage, action, false); }
Played trigger_is_active(Stage& stage, const Action& action) { return switch_trigger(stage, action, true); }

Played credential_is_stale(Stage& stage, const Action& action) {
  const auto url = stage.world().salesforce_webhook_url();
  return in_the_org(stage, action,
                    [&](Org& org) { org.point_named_credential(url.substr(0, url.rfind('/')) + "/of-yesterday"); });
}
Played credential_is_right(Stage& stage, const Action& action) {
  const auto url = stage.world().salesforce_webhook_url();
  return in_the_org(stage, action, [&](Org& org) { org.point_named_credential(url); });
}

}  // namespace

Family org_trouble_sentences() {
  return {
      Group::fault,
      "In the org",
      {
          {"Salesforce refuses the next [{count}] {operation} with {refusal}",
           "Salesforce refuses the next Case create with UNABLE_TO_LOCK_ROW",
           "The whole call, in the vendor's words for that code",
           {},
           refuse_by_code},
          {"Salesforce refuses a row of the next {operation} with {refusal}",
           "Salesforce refuses a row of the next CaseComment create with UNABLE_TO_LOCK_ROW",
           "One row, which may stand in a composite that is answered 200",
           {},
           refuse_a_row},
          {"Salesforce refuses the second row of the next {operation} with {refusal}",
           "Salesforce refuses the second row of the next CaseComment create with UNABLE_TO_LOCK_ROW",
           "The same, and the row before it is none the worse for itself",
           {},
           refuse_the_second_row},
          {"the org refuses a Case without {field}: {text}",
           R"(the org refuses a Case without "Priority": "Priority is required")",
           "A validation rule, with its message",
           {},
           has_a_rule},
          {"the org refuses a Case with {field}: {text}",
           R"(the org refuses a Case with "SuppliedEmail": "Name the contact instead")",
           "A validation rule against any value of that field, with its message",
           {},
           has_a_rule_against},
          {"case {case} is locked for {duration}",
           "case A is locked for 5 minutes",
           "Somebody else's transaction holds it: UNABLE_TO_LOCK_ROW",
           {},
           locks},
          {"case {case} is missing from queries for {duration}",
           "case A is missing from queries for 5 minutes",
           "No query shows it, deleted rows asked for or not, as while the org recalculates who may see what; reads by its id do",
           {},
           is_missing_from_queries},
          {"the org's storage is full", "the org's storage is full", "STORAGE_LIMIT_EXCEEDED, from here on", {}, storage_is_full},
          {"the org's file storage is full",
           "the org's file storage is full",
           "STORAGE_LIMIT_EXCEEDED for files alone, from here on",
           {},
           file_storage_is_full},
          {"the org's storage has room again", "the org's storage has room again", "After it was full", {}, storage_has_room},
          {"the org's API calls are used up",
           "the org's API calls are used up",
           "REQUEST_LIMIT_EXCEEDED, from here on",
           {},
           calls_used_up},
          {"the org's API calls are given back",
           "the org's API calls are given back",
           "After they were used up",
           {},
           calls_given_back},
          {"the refresh token is revoked",
           "the refresh token is revoked",
           "By an administrator, with every session: invalid_grant",
           {},
           tokens_revoked},
          {"another org answers behind the same settings",
           "another org answers behind the same settings",
           "As after the refresh of a sandbox: the same rows, the same connected app, and another org id",
           {},
           another_org_answers},
          {"the right org answers again", "the right org answers again", "After another one did", {}, right_org_answers},
          {"the integration user is deactivated",
           "the integration user is deactivated",
           "By an administrator",
           {},
           user_deactivated},
          {"the integration user is active again",
           "the integration user is active again",
           "After it was deactivated",
           {},
           user_active_again},
          {"the integration user may not create {object:text}",
           R"(the integration user may not create "CaseComment")",
           "Rows of that object: a profile or permission set was changed",
           {},
           user_may_not_create},
          {"the integration user may not edit {object:text}",
           R"(the integration user may not edit "Case")",
           "Rows of that object, which it may still create and read",
           {},
           user_may_not_edit},
          {"the integration user may not write {field} of Cases",
           R"(the integration user may not write "Case_From__c" of Cases)",
           "The field's security makes it read-only: INVALID_FIELD_FOR_INSERT_UPDATE",
           {},
           user_may_not_write},
          {"the integration user has its rights again",
           "the integration user has its rights again",
           "All that was taken from it",
           {},
           user_may_again},
          {"the org's trigger on {object:text} is inactive",
           R"(the org's trigger on "EmailMessage" is inactive)",
           "Of the package: a deployment has left it so, and the org tells of nothing that happens there",
           {},
           trigger_is_inactive},
          {"the org's trigger on {object:text} is active again",
           R"(the org's trigger on "EmailMessage" is active again)",
           "After it was inactive",
           {},
           trigger_is_active},
          {"the org's Named Credential holds an old URL",
           "the org's Named Credential holds an old URL",
           "What calls the bridge knows an old secret: the bridge refuses it",
           {},
           credential_is_stale},
          {"the org's Named Credential holds the bridge's URL",
           "the org's Named Credential holds the bridge's URL",
           "After it held an old one",
           {},
           credential_is_right},
      }};
}

}  // namespace casewire::scenarios
