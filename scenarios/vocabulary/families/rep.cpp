// What people do in Salesforce.

#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/families.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

template <class T>
Played let(const std::string& rep, const Result<T, std::string>& result) {
  return result ? Played{} : Played::failed("Salesforce lets " + rep + " do this", result.error());
}

Played replies(Stage& stage, const Action& action) {
  const std::string& rep = action.text("rep");
  const std::string& case_name = action.text("case");
  std::vector<sim::salesforce::OrgFile> files;
  for (const std::string& file : action.texts("file")) {
    files.push_back({file, stage.fixture("files", file), media_type_of(file)});
  }
  note_said_on_case(stage, case_name, action.text("text"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform(
      [&] { row = stage.world().org().reply(stage.rep_id(rep), stage.case_id(case_name), action.text("text"), files); });
  return let(rep, row);
}

Played comments(Stage& stage, const Action& action, bool published) {
  const std::string& rep = action.text("rep");
  const std::string& case_name = action.text("case");
  if (published) note_said_on_case(stage, case_name, action.text("text"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform(
      [&] { row = stage.world().org().comment(stage.rep_id(rep), stage.case_id(case_name), action.text("text"), published); });
  return let(rep, row);
}

Played update_case(Stage& stage, const Action& action, const Json& fields) {
  const std::string& rep = action.text("rep");
  Result<void, std::string> done;
  stage.ring().perform([&] { done = stage.world().org().update(stage.rep_id(rep), stage.case_id(action.text("case")), fields); });
  return let(rep, done);
}

Played comments_internally(Stage& stage, const Action& action) { return comments(stage, action, false); }
Played comments_publicly(Stage& stage, const Action& action) { return comments(stage, action, true); }
Played takes(Stage& stage, const Action& action) {
  return update_case(stage, action, {{"OwnerId", stage.rep_id(action.text("rep"))}});
}
Played sets_status(Stage& stage, const Action& action) { return update_case(stage, action, {{"Status", action.text("status")}}); }
Played closes(Stage& stage, const Action& action) { return update_case(stage, action, {{"Status", closed_status(stage)}}); }

}  // namespace

Family rep_sentences() {
  const Traits on_the_case{.activity = Activity{.where = "case"}};
  return {
      Group::deed,
      "What people do in Salesforce",
      {
          {"{rep} replies on case {case} [with the file {file} [and the file {file}]...]: {text}",
           R"(Ruiz replies on case A: "Looking into it.")", "A public reply on the Case", on_the_case, replies},
          {"{rep} writes the internal comment on case {case}: {text}",
           R"(Ruiz writes the internal comment on case A: "Third refund this year.")",
           "A comment that is not published",
           {},
           comments_internally},
          {"{rep} writes the public comment on case {case}: {text}",
           R"(Ruiz writes the public comment on case A: "We are on it.")",
           "A published comment; whether it is a reply is the bridge's setting, by default not",
           {},
           comments_publicly},
          {"{rep} takes case {case}", "Ruiz takes case A", "Becomes its owner", on_the_case, takes},
          {"{rep} sets case {case} to {status}",
           R"(Ruiz sets case A to "Working")",
           "A status as the org names it",
           {},
           sets_status},
          {"{rep} closes case {case}", "Ruiz closes case A", "Sets it to the status by which the org closes Cases", {}, closes},
      }};
}

}  // namespace casewire::scenarios
