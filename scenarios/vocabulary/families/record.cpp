// What people in Salesforce do with what stands there already, and with the org's own means.

#include <algorithm>

#include "base/text/encoding.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

using sim::salesforce::Org;
using sim::salesforce::OrgFile;
using sim::salesforce::RepMail;

/// As that rep; `deed` is told her user id.
template <class T>
Played as_rep(Stage& stage, const Action& action, const std::function<Result<T, std::string>(Org&, const std::string&)>& deed) {
  const std::string& user = stage.rep_id(action.text("rep"));
  Result<T, std::string> result{T{}};
  stage.ring().perform([&] { result = deed(stage.world().org(), user); });
  return let(action.text("rep"), result);
}

Played as_rep_void(Stage& stage, const Action& action,
                   const std::function<Result<void, std::string>(Org&, const std::string&)>& deed) {
  const std::string& user = stage.rep_id(action.text("rep"));
  Result<void, std::string> result;
  stage.ring().perform([&] { result = deed(stage.world().org(), user); });
  return let(action.text("rep"), result);
}

std::vector<OrgFile> file_of(Stage& stage, const Action& action) {
  const std::string& name = action.text("file");
  return {{name, stage.file(name), media_type_of(name), action.text_if_any("title").value_or("")}};
}

// ---- mails

Played replies_in_html(Stage& stage, const Action& action) {
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) {
    return org.reply(rep, case_id, RepMail{.text = action.text_if_any("plain").value_or(""), .html = action.text("text")});
  });
}

Played replies_with_picture(Stage& stage, const Action& action) {
  note_said_on_case(stage, action.text("case"), action.text("text"));
  const auto pictures = file_of(stage, action);
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) {
    return org.reply(rep, case_id, RepMail{.text = action.text("text"), .pictures = pictures});
  });
}

Played pastes_picture(Stage& stage, const Action& action) {
  note_said_on_case(stage, action.text("case"), action.text("text"));
  const auto picture = file_of(stage, action).front();
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) {
    const auto source = "data:" + picture.media_type + ";base64," + base64(picture.content);
    return org.reply(
        rep, case_id,
        RepMail{.text = action.text("text"), .html = "<p>" + action.text("text") + "</p><p><img src=\"" + source + "\"></p>"});
  });
}

/// As one does who quotes HTML that she did not write.
Played replies_and_shows(Stage& stage, const Action& action) {
  const auto rows = files_linked_to(stage, stage.case_id(action.text("other")));
  std::string html = "<p>" + action.text("text") + "</p>";
  for (const std::string& file : action.texts("file")) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return file_name_in(row) == file; });
    if (found == rows.end()) return Played::failed("the file " + file + " on case " + action.text("other"), "no such file");
    const Json& row = *found;
    const auto address = action.says("by its document")
                             ? "document/download/" + string_member(row, "ContentDocumentId")
                             : "version/download/" + string_member(member(row, "ContentDocument"), "LatestPublishedVersionId");
    const std::string shown = "<img src=\"/sfc/servlet.shepherd/" + address + "\">";
    html += action.says("twice") ? shown + shown : shown;
  }
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) {
    return org.reply(rep, case_id, RepMail{.text = action.text("text"), .html = html});
  });
}

Played replies_to(Stage& stage, const Action& action) {
  note_said_on_case(stage, action.text("case"), action.text("text"));
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) {
    return org.reply(rep, case_id, RepMail{.text = action.text("text"), .to = action.text("to")});
  });
}

Played replies_with_a_file_alone(Stage& stage, const Action& action) {
  const auto files = file_of(stage, action);
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action,
                             [&](Org& org, const std::string& rep) { return org.reply(rep, case_id, RepMail{.files = files}); });
}

// ---- files

Played attaches_to_case(Stage& stage, const Action& action) {
  const auto files = file_of(stage, action);
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) { return org.attach(rep, case_id, files); });
}

Played attaches_to_reply(Stage& stage, const Action& action) {
  const auto reply = last_reply_on(stage, action.text("case"));
  if (!reply) return Played::failed("a reply on case " + action.text("case"), "none");
  const auto files = file_of(stage, action);
  return as_rep<std::string>(stage, action, [&](Org& org, const std::string& rep) { return org.attach(rep, *reply, files); });
}

/// One file in two places, as Files has it: not a second upload.
Played links_to_reply(Stage& stage, const Action& action) {
  const auto reply = last_reply_on(stage, action.text("case"));
  if (!reply) return Played::failed("a reply on case " + action.text("case"), "none");
  const std::string& file = action.text("file");
  for (const Json& row : files_linked_to(stage, stage.case_id(action.text("case")))) {
    if (file_name_in(row) != file) continue;
    const Json link{
        {"ContentDocumentId", string_member(row, "ContentDocumentId")}, {"LinkedEntityId", *reply}, {"ShareType", "V"}};
    return as_rep<std::string>(stage, action,
                               [&](Org& org, const std::string& rep) { return org.create(rep, "ContentDocumentLink", link); });
  }
  return Played::failed("the file " + file + " on case " + action.text("case"), "no such file");
}

/// As a flow does that fills in a field of the org's own: the row's stamp moves, and its words stay.
Played touches_reply(Stage& stage, const Action& action) {
  const auto reply = last_reply_on(stage, action.text("case"));
  if (!reply) return Played::failed("a reply on case " + action.text("case"), "none");
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.update(rep, *reply, {{"Status", "3"}}); });
}

// ---- comments

std::optional<std::string> comment_with(Stage& stage, const Action& action) {
  for (const Json& row : rows_of(
           stage, "SELECT Id, CommentBody FROM CaseComment WHERE ParentId = " + soql_text(stage.case_id(action.text("case"))) +
                      " ORDER BY CreatedDate DESC, Id DESC")) {
    if (holds_text(string_member(row, "CommentBody"), action.text("comment"))) return string_member(row, "Id");
  }
  return std::nullopt;
}

Played no_such_comment(const Action& action) {
  return Played::failed("a comment with \"" + action.text("comment") + "\"", "none on case " + action.text("case"));
}

Played edits_comment(Stage& stage, const Action& action) {
  const auto comment = comment_with(stage, action);
  if (!comment) return no_such_comment(action);
  return as_rep_void(stage, action,
                     [&](Org& org, const std::string& rep) { return org.edit_comment(rep, *comment, action.text("text")); });
}

Played deletes_comment(Stage& stage, const Action& action) {
  const auto comment = comment_with(stage, action);
  if (!comment) return no_such_comment(action);
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.remove(rep, *comment); });
}

Played deletes_reply(Stage& stage, const Action& action) {
  const auto reply = last_reply_on(stage, action.text("case"));
  if (!reply) return Played::failed("a reply on case " + action.text("case"), "none");
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.remove(rep, *reply); });
}

// ---- Cases

Played opens_case(Stage& stage, const Action& action) {
  const Json fields = case_by_hand(stage.address_of(action.text("customer")), action.text("subject"), action.text("text"));
  const std::string& user = stage.rep_id(action.text("rep"));
  Result<std::string, std::string> made = std::string();
  stage.ring().perform([&] { made = stage.world().org().create(user, "Case", fields); });
  if (made) stage.cases()[action.text("case")] = *made;
  return let(action.text("rep"), made);
}

/// Of former years: each is opened and closed again, and nothing waits for what that causes.
Played had_cases(Stage& stage, const Action& action) {
  const std::string closed = closed_status(stage);
  const std::string& user = stage.rep_id(action.text("rep"));
  Result<void, std::string> done;
  stage.ring().perform([&] {
    Org& org = stage.world().org();
    for (std::size_t number = 1; done && number <= action.count(); ++number) {
      Json fields = case_by_hand(stage.address_of(action.text("customer")), "Matter " + std::to_string(number), "By telephone.");
      if (action.says("of another channel")) fields.erase("Case_From__c");
      const auto made = org.create(user, "Case", fields);
      done = made ? org.update(user, *made, {{"Status", closed}}) : Result<void, std::string>(fail(made.error()));
    }
  });
  return let(action.text("rep"), done);
}

Played deletes_case(Stage& stage, const Action& action) {
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.remove(rep, case_id); });
}

Played undeletes_case(Stage& stage, const Action& action) {
  const std::string& case_id = stage.case_id(action.text("case"));
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.undelete(rep, case_id); });
}

Played merges_cases(Stage& stage, const Action& action) {
  const std::string& master = stage.case_id(action.text("master"));
  const std::vector<std::string> losers{stage.case_id(action.text("case"))};
  return as_rep_void(stage, action, [&](Org& org, const std::string& rep) { return org.merge(rep, master, losers); });
}

/// Two people, one instant: neither act waits for what the other one causes.
Played reply_together(Stage& stage, const Action& action) {
  const std::string& case_name = action.text("case");
  note_said_on_case(stage, case_name, action.text("text"));
  note_said_on_case(stage, case_name, action.text("second"));
  const std::string& case_id = stage.case_id(case_name);
  const std::string& one_rep = stage.rep_id(action.text("rep"));
  const std::string& other_rep = stage.rep_id(action.text("other"));
  Result<std::string, std::string> first = std::string(), second = std::string();
  stage.ring().perform([&] {
    first = stage.world().org().reply(one_rep, case_id, action.text("text"), {});
    second = stage.world().org().reply(other_rep, case_id, action.text("second"), {});
  });
  if (Played one = let(action.text("rep"), first); !one.done()) return one;
  return let(action.text("other"), second);
}

}  // namespace

Family record_sentences() {
  const Traits on_the_case{.activity = WorkOn{.where = "case"}};
  return {
      Group::deed,
      "What people do with records",
      {
          {"{rep} and {other:rep} reply on case {case} in the same second: {text} and {second:text}",
           R"(Ruiz and Okafor reply on case A in the same second: "Soon." and "Now.")",
           "Two public replies, one committed right after the other", on_the_case, reply_together},
          {"{rep} replies on case {case} in HTML [with the text {plain:text}]: {text}",
           R"(Ruiz replies on case A in HTML: "<p>Looking <b>into</b> it.</p>")",
           "As Salesforce's rich text composer writes it: HtmlBody, and no TextBody unless a text is given too", on_the_case,
           replies_in_html},
          {"{rep} replies on case {case} with the picture {file} in the text: {text}",
           R"(Ruiz replies on case A with the picture "label.png" in the text: "It looks like this.")",
           "As the composer keeps a picture: on the Case, and in HtmlBody by an address that only the org's people can read",
           on_the_case, replies_with_picture},
          {"{rep} pastes the picture {file} into a reply on case {case}: {text}",
           R"(Ruiz pastes the picture "label.png" into a reply on case A: "It looks like this.")",
           "HtmlBody holds its bytes, and the org no file", on_the_case, pastes_picture},
          {"{rep} replies on case {case} with HTML that names the file {file} [and the file {file}]... of case {other:case} [twice] [by its document]: {text}",
           R"(Ruiz replies on case A with HTML that names the file "invoice.pdf" of case B: "Like this.")",
           "HtmlBody names a file that stands on a Case, as in HTML that she quotes and did not write: its version, or its document",
           on_the_case, replies_and_shows},
          {"{rep} replies to {to:text} on case {case}: {text}",
           R"(Ruiz replies to "Dana <dana@example.test>, boss@elsewhere.test" on case A: "Looking into it.")",
           "As the rep wrote the addressees: in other letters, with names, several", on_the_case, replies_to},
          {"{rep} replies on case {case} with nothing but the file {file}",
           R"(Ruiz replies on case A with nothing but the file "return-label.pdf")", "A reply without a word", on_the_case,
           replies_with_a_file_alone},
          {"{rep} opens case {case} for {customer} about {subject}: {text}",
           R"(Ruiz opens case A for Dana about "Order 1182": "She has telephoned.")",
           "By hand, with her address and the mark of our channel; the text is its description",
           {.introduces = {"case"}},
           opens_case},
          {"{rep} opens and closes {count} cases [of another channel] for {customer}",
           "Ruiz opens and closes 25 cases for Dana",
           "By hand, one after the other, as in former years; of another channel: without the mark of ours",
           {},
           had_cases},
          {"{rep} attaches the file {file} to case {case} [under the title {title:text}]",
           R"(Ruiz attaches the file "invoice.pdf" to case A)",
           "Onto the Case, to no reply",
           {},
           attaches_to_case},
          {"{rep} attaches the file {file} to the last reply on case {case} [under the title {title:text}]",
           R"(Ruiz attaches the file "invoice.pdf" to the last reply on case A)",
           "Later than the reply itself",
           {},
           attaches_to_reply},
          {"{rep} links the file {file} of case {case} to the last reply",
           R"(Ruiz links the file "invoice.pdf" of case A to the last reply)",
           "The file that stands on the Case is the reply's too",
           {},
           links_to_reply},
          {"{rep} saves the last reply on case {case} again",
           "Ruiz saves the last reply on case A again",
           "As it is: its words stay, and its time of change moves, as when a flow of the org fills in a field of its own",
           {},
           touches_reply},
          {"{rep} edits the comment {comment:text} on case {case} to {text}",
           R"(Ruiz edits the comment "We are on it." on case A to "It is done.")",
           "The newest with that text",
           {},
           edits_comment},
          {"{rep} deletes the comment {comment:text} on case {case}",
           R"(Ruiz deletes the comment "We are on it." on case A)",
           "The newest with that text",
           {},
           deletes_comment},
          {"{rep} deletes the last reply on case {case}",
           "Ruiz deletes the last reply on case A",
           "The newest outgoing mail, into the recycle bin",
           {},
           deletes_reply},
          {"{rep} deletes case {case}", "Ruiz deletes case A", "Into the recycle bin, with what hangs on it", {}, deletes_case},
          {"{rep} undeletes case {case}", "Ruiz undeletes case A", "Out of the recycle bin", {}, undeletes_case},
          {"{rep} merges case {case} into case {master:case}",
           "Ruiz merges case B into case A",
           "The first goes, with MasterRecordId; what hung on it hangs on the second",
           {},
           merges_cases},
      }};
}

}  // namespace casewire::scenarios
