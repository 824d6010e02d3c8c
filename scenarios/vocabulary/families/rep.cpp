// What people do in Salesforce.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

using Org = sim::salesforce::Org;
using OrgFile = sim::salesforce::OrgFile;

/// A row that the rep writes on the Case.
Played writes_on_case(
    Stage& stage, const Action& action,
    const std::function<Result<std::string, std::string>(Org&, const std::string& user, const std::string& case_id)>& write) {
  const std::string& user = stage.rep_id(action.text("rep"));
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform([&] { row = write(stage.world().org(), user, case_id); });
  return let(action.text("rep"), row);
}

std::vector<OrgFile> files_of(Stage& stage, const Action& action) {
  std::vector<OrgFile> files;
  for (const std::string& file : action.texts("file")) files.push_back({file, stage.file(file), media_type_of(file)});
  return files;
}

Played replies_on_case(Stage& stage, const Action& action) {
  const auto files = files_of(stage, action);
  note_said_on_case(stage, action.text("case"), action.text("text"));
  return writes_on_case(stage, action, [&](Org& org, const std::string& user, const std::string& case_id) {
    return org.reply(user, case_id, action.text("text"), files);
  });
}

Played comments(Stage& stage, const Action& action, bool published) {
  if (published) note_said_on_case(stage, action.text("case"), action.text("text"));
  return writes_on_case(stage, action, [&](Org& org, const std::string& user, const std::string& case_id) {
    return org.comment(user, case_id, action.text("text"), published);
  });
}

Played writes_post(Stage& stage, const Action& action, const sim::salesforce::FeedPost& post) {
  return writes_on_case(stage, action, [&](Org& org, const std::string& user, const std::string& case_id) {
    return org.post(user, case_id, post);
  });
}

Played posts(Stage& stage, const Action& action, bool is_public) {
  sim::salesforce::FeedPost post{
      .text = action.text("text"), .is_public = is_public, .link = action.text_if_any("link").value_or("")};
  for (OrgFile& file : files_of(stage, action)) post.file = std::move(file);
  if (is_public) note_said_on_case(stage, action.text("case"), post.text);
  return writes_post(stage, action, post);
}

Played posts_html(Stage& stage, const Action& action) {
  return writes_post(
      stage, action,
      {.text = action.text("text"), .is_public = true, .link = action.text_if_any("link").value_or(""), .is_rich = true});
}

Played posts_a_link_alone(Stage& stage, const Action& action) {
  return writes_post(stage, action, {.text = {}, .is_public = true, .link = action.text("link")});
}

Played update_case(Stage& stage, const Action& action, const Json& fields) {
  const std::string& rep = action.text("rep");
  const std::string& user = stage.rep_id(rep);
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<void, std::string> done;
  stage.ring().perform([&] { done = stage.world().org().update(user, case_id, fields); });
  return let(rep, done);
}

// ---- fields of the Case

Played sets_field(Stage& stage, const Action& action) {
  return update_case(stage, action, {{action.text("field"), action.text("text")}});
}

Played gives_to_rep(Stage& stage, const Action& action) {
  return update_case(stage, action, {{"OwnerId", stage.rep_id(action.text("owner"))}});
}

Played gives_to_queue(Stage& stage, const Action& action) {
  const auto queue = rows_of(stage, "SELECT Id FROM Group WHERE Type = 'Queue' AND Name = " + soql_text(action.text("queue")));
  if (queue.empty()) throw HarnessFault("the org has no queue " + action.text("queue"));
  return update_case(stage, action, {{"OwnerId", string_member(queue.front(), "Id")}});
}

Played reopens_case(Stage& stage, const Action& action) {
  const auto first = rows_of(stage, "SELECT ApiName FROM CaseStatus WHERE IsDefault = true");
  if (first.empty()) throw HarnessFault("the org has no status for a new Case");
  return update_case(stage, action, {{"Status", string_member(first.front(), "ApiName")}});
}

// ---- comments that are there

Played change_comment(Stage& stage, const Action& action, const Json& fields) {
  const std::string& text = action.text("comment");
  for (const Json& row : rows_of(
           stage, "SELECT Id, CommentBody FROM CaseComment WHERE ParentId = " + soql_text(stage.case_id(action.text("case"))) +
                      " ORDER BY CreatedDate DESC, Id DESC")) {
    if (!holds_text(string_member(row, "CommentBody"), text)) continue;
    const std::string& user = stage.rep_id(action.text("rep"));
    Result<void, std::string> done;
    stage.ring().perform([&] { done = stage.world().org().update(user, string_member(row, "Id"), fields); });
    return let(action.text("rep"), done);
  }
  return Played::failed("a comment with \"" + text + "\"", "none on case " + action.text("case"));
}

Played publishes(Stage& stage, const Action& action) {
  note_said_on_case(stage, action.text("case"), action.text("comment"));
  return change_comment(stage, action, {{"IsPublished", true}});
}
Played unpublishes(Stage& stage, const Action& action) { return change_comment(stage, action, {{"IsPublished", false}}); }

Played comments_internally(Stage& stage, const Action& action) { return comments(stage, action, false); }
Played comments_publicly(Stage& stage, const Action& action) { return comments(stage, action, true); }
Played posts_internally(Stage& stage, const Action& action) { return posts(stage, action, false); }
Played posts_publicly(Stage& stage, const Action& action) { return posts(stage, action, true); }
Played takes(Stage& stage, const Action& action) {
  return update_case(stage, action, {{"OwnerId", stage.rep_id(action.text("rep"))}});
}
Played sets_status(Stage& stage, const Action& action) { return update_case(stage, action, {{"Status", action.text("status")}}); }
Played closes_case(Stage& stage, const Action& action) { return update_case(stage, action, {{"Status", closed_status(stage)}}); }

}  // namespace

Family rep_sentences() {
  const Traits on_the_case{.activity = WorkOn{.where = "case"}};
  return {Group::deed,
          "What people do in Salesforce",
          {
              {"{rep} replies on case {case} [with the file {file} [and the file {file}]...]: {text}",
               R"(Ruiz replies on case A: "Looking into it.")", "A public reply on the Case", on_the_case, replies_on_case},
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
              {"{rep} writes the internal post on case {case}: {text}",
               R"(Ruiz writes the internal post on case A: "Third refund this year.")",
               "In the Case's feed, for the org's people",
               {},
               posts_internally},
              {"{rep} writes the public post on case {case} [with the file {file}]: {text}",
               R"(Ruiz writes the public post on case A: "We are on it.")",
               "In the Case's feed, for whoever sees the Case; whether it is a reply is the bridge's setting, by default not",
               {},
               posts_publicly},
              {"{rep} writes the public post on case {case} with the link {link:text}: {text}",
               R"(Ruiz writes the public post on case A with the link "https://acme.test/lamps": "This is how it is wired.")",
               "Beside the words, the address of a page",
               {},
               posts_publicly},
              {"{rep} writes the public post on case {case} with nothing but the link {link:text}",
               R"(Ruiz writes the public post on case A with nothing but the link "https://acme.test/lamps")",
               "No words at all",
               {},
               posts_a_link_alone},
              {"{rep} writes the public post on case {case} in HTML [with the link {link:text}]: {text}",
               R"(Ruiz writes the public post on case A in HTML: "<p>Looking <b>into</b> it.</p>")",
               "As the feed's rich text editor writes it: Body is HTML, and IsRichText says so",
               {},
               posts_html},
              {"{rep} takes case {case}", "Ruiz takes case A", "Becomes its owner", on_the_case, takes},
              {"{rep} sets case {case} to {status}",
               R"(Ruiz sets case A to "Working")",
               "A status as the org names it",
               {},
               sets_status},
              {"{rep} sets {field} of case {case} to {text}",
               R"(Ruiz sets "Priority" of case A to "High")",
               "Any field, by its API name",
               {},
               sets_field},
              {"{rep} gives case {case} to {owner:rep}",
               "Ruiz gives case A to Okafor",
               "Another person is its owner",
               {},
               gives_to_rep},
              {"{rep} gives case {case} to the queue {queue}",
               R"(Ruiz gives case A to the queue "Support")",
               "Nobody in particular is its owner",
               {},
               gives_to_queue},
              {"{rep} reopens case {case}", "Ruiz reopens case A", "Sets it to the status of a new Case", {}, reopens_case},
              {"{rep} publishes the comment {comment:text} on case {case}",
               R"(Ruiz publishes the comment "We are on it." on case A)",
               "The newest with that text, which was internal before",
               {},
               publishes},
              {"{rep} makes the comment {comment:text} on case {case} internal",
               R"(Ruiz makes the comment "We are on it." on case A internal)",
               "The newest with that text, which was public before",
               {},
               unpublishes},
              {"{rep} closes case {case}",
               "Ruiz closes case A",
               "Sets it to the status by which the org closes Cases",
               {},
               closes_case},
          }};
}

}  // namespace casewire::scenarios
