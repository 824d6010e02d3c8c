// What leaves Salesforce by other ways than the package's reply: drafts, its own composer, alerts of its flows.

#include <algorithm>
#include <array>

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

using sim::salesforce::ComposedMail;
using sim::salesforce::OrgFile;
using sim::salesforce::RepMail;

/// The org's own mail server takes it to the customer's.
void transmit(Stage& stage, const ComposedMail& composed) {
  const auto bare = [](const std::string& id) { return id.substr(1, id.size() - 2); };
  sim::mail::Message message;
  message.from = {composed.from_name, composed.from};
  message.to = {{"", composed.to}};
  message.message_id = bare(composed.message_id);
  message.date = stage.ring().now();
  message.subject = composed.subject;
  message.text = composed.text;
  for (const OrgFile& file : composed.files) {
    message.attachments.push_back({.name = file.name, .media_type = file.media_type, .content = file.content});
  }
  stage.world().mail().send({composed.from, {composed.to}, sim::mail::compose(message)});
}

Played mails_from_salesforce(Stage& stage, const Action& action) {
  RepMail mail{.text = action.text("text")};
  for (const std::string& file : action.texts("file")) mail.files.push_back({file, stage.file(file), media_type_of(file)});
  const std::string& user = stage.rep_id(action.text("rep"));
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<ComposedMail, std::string> composed = ComposedMail{};
  stage.ring().perform([&] {
    composed = stage.world().org().compose(user, case_id, mail);
    if (composed) transmit(stage, *composed);
  });
  return let(action.text("rep"), composed);
}

Played org_mails(Stage& stage, const Action& action) {
  const RepMail mail{.text = action.text("text"), .to = stage.address_of(action.text("customer"))};
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<ComposedMail, std::string> composed = ComposedMail{};
  stage.ring().perform([&] {
    composed = stage.world().org().alert(case_id, mail);
    if (composed) transmit(stage, *composed);
  });
  return composed ? Played{} : Played::failed("the org mails " + action.text("customer"), composed.error());
}

Played announces_a_file(Stage& stage, const Action& action) {
  note_said_on_case(stage, action.text("case"), action.text("text"));
  const std::string& user = stage.rep_id(action.text("rep"));
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform(
      [&] { row = stage.world().org().reply(user, case_id, RepMail{.text = action.text("text"), .announces_files = true}); });
  return let(action.text("rep"), row);
}

// ---- drafts

Played writes_draft(Stage& stage, const Action& action) {
  const std::string& user = stage.rep_id(action.text("rep"));
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform(
      [&] { row = stage.world().org().reply(user, case_id, RepMail{.text = action.text("text"), .status = "5"}); });
  return let(action.text("rep"), row);
}

/// As EmailMessage.Status calls them (Object Reference, EmailMessage).
constexpr std::array<std::string_view, 6> kStatuses{"New", "Read", "Replied", "Sent", "Forwarded", "Draft"};

Played saves_mail(Stage& stage, const Action& action) {
  const auto found = std::find(kStatuses.begin(), kStatuses.end(), action.text("status"));
  if (found == kStatuses.end())
    return Played::harness_fault("a mail in Salesforce is New, Read, Replied, Sent, Forwarded or Draft, and never \"" +
                                 action.text("status") + "\"");
  const RepMail mail{.text = action.text("text"), .status = std::to_string(found - kStatuses.begin())};
  const std::string& user = stage.rep_id(action.text("rep"));
  const std::string& case_id = stage.case_id(action.text("case"));
  Result<std::string, std::string> row = std::string();
  stage.ring().perform([&] { row = stage.world().org().reply(user, case_id, mail); });
  return let(action.text("rep"), row);
}

Played sends_draft(Stage& stage, const Action& action) {
  const std::string& case_name = action.text("case");
  const auto drafts = rows_of(stage, "SELECT Id, TextBody FROM EmailMessage WHERE Status = '5' AND ParentId = " +
                                         soql_text(stage.case_id(case_name)) + " ORDER BY CreatedDate DESC, Id DESC");
  if (drafts.empty()) return Played::failed("a draft on case " + case_name, "none");
  note_said_on_case(stage, case_name, string_member(drafts.front(), "TextBody"));
  const std::string& user = stage.rep_id(action.text("rep"));
  Result<void, std::string> done;
  stage.ring().perform([&] {
    done = stage.world().org().update(user, string_member(drafts.front(), "Id"), Json{{"Status", "3"}});
  });
  return let(action.text("rep"), done);
}

}  // namespace

Family org_mail_sentences() {
  const Traits on_the_case{.activity = WorkOn{.where = "case"}};
  return {
      Group::deed,
      "What else is mailed from Salesforce",
      {
          {"{rep} writes the draft on case {case}: {text}",
           R"(Ruiz writes the draft on case A: "Looking into it.")",
           "A mail that is kept and not sent",
           {},
           writes_draft},
          {"{rep} saves a mail with the status {status:text} on case {case}: {text}",
           R"(Ruiz saves a mail with the status "Forwarded" on case A: "Looking into it.")",
           "An outgoing mail as another program files it: New, Read, Replied, Sent, Forwarded or Draft. Of these only one was sent",
           {},
           saves_mail},
          {"{rep} sends the draft on case {case}", "Ruiz sends the draft on case A",
           "The newest one: its row becomes a reply by an update, of which a trigger on insert does not tell", on_the_case,
           sends_draft},
          {"{rep} mails from Salesforce on case {case} [with the file {file} [and the file {file}]...]: {text}",
           R"(Ruiz mails from Salesforce on case A: "Looking into it.")",
           "From the org's own composer: Salesforce itself transmits it, as the row's MessageIdentifier says",
           {},
           mails_from_salesforce},
          {"the org mails {customer} about case {case}: {text}",
           R"(the org mails Dana about case A: "We have received your request.")",
           "By an alert of a flow: Salesforce itself transmits it",
           {},
           org_mails},
          {"{rep} replies on case {case} and announces a file: {text}",
           R"(Ruiz replies on case A and announces a file: "See the label.")",
           "The reply says that it has a file, and the file is not there yet", on_the_case, announces_a_file},
      }};
}

}  // namespace casewire::scenarios
