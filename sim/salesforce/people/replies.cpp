// What reps say on a Case: replies through the package's action, comments, files that come later.

#include "sim/salesforce/people/transaction.hpp"

namespace casewire::sim::salesforce {
namespace {

// A blank body is null, as it is on rows of mails that were written in only one form.
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string with_pictures(const OrgState& org, const RepMail& mail, const std::vector<std::string>& versions) {
  auto html = mail.html.empty() ? "<p>" + mail.text + "</p>" : mail.html;
  for (const auto& version : versions) {
    html += "<p><img src=\"" + org.options.instance_url +
            "/sfc/servlet.shepherd/version/renditionDownload?rendition=ORIGINAL_Png&amp;versionId=" + version + "\"></p>";
  }
  return html;
}

}  // namespace

std::string customer_of(const Row& parent) {
  const auto supplied = parent.text("SuppliedEmail");
  return supplied.empty() ? parent.text("ContactEmail") : supplied;
}

Outcome write_mail(OrgState& org, const std::string& user_id, std::string_view case_id, const RepMail& mail) {
  const Row* parent = row_of(org, case_id);
  if (!parent || parent->deleted) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  const Row* user = org.store.find(user_id);
  const auto own_address = user ? user->text("Email") : std::string{};
  const auto versions = transaction.attach(parent->id, mail.pictures);
  Json fields{{"ParentId", parent->id},
              {"Incoming", false},
              {"Status", mail.status},
              {"IsClientManaged", true},  // lets files be linked after the insert
              {"Subject", mail.subject.empty() ? "Re: " + parent->text("Subject") : mail.subject},
              {"TextBody", text_or_null(mail.text)},
              {"HtmlBody", text_or_null(mail.pictures.empty() ? mail.html : with_pictures(org, mail, versions))},
              {"FromName", user ? user->text("Name") : std::string{}},
              {"FromAddress", mail.from.empty() ? own_address : mail.from},
              {"ToAddress", mail.to.empty() ? customer_of(*parent) : mail.to},
              {"CcAddress", text_or_null(mail.cc)},
              {"MessageIdentifier", text_or_null(mail.message_id)}};
  const auto row = transaction.create("EmailMessage", fields);
  transaction.attach(row, mail.files);
  if (Row* written = mail.announces_files ? org.store.find(row) : nullptr) org.store.set(*written, "HasAttachment", true);
  return transaction.done(row);
}

Outcome attach_files(OrgState& org, const std::string& user_id, std::string_view record_id, const std::vector<OrgFile>& files) {
  const Row* row = row_of(org, record_id);
  if (!row || row->deleted) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  transaction.attach(row->id, files);
  return transaction.done(row->id);
}

Outcome write_comment(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text,
                      bool published) {
  Transaction transaction(org, person(org, user_id));
  const auto comment =
      transaction.create("CaseComment", {{"ParentId", case_id}, {"CommentBody", text}, {"IsPublished", published}});
  return transaction.done(comment);
}

Outcome write_post(OrgState& org, const std::string& user_id, std::string_view case_id, const FeedPost& post) {
  const Row* parent = row_of(org, case_id);
  if (!parent || parent->deleted) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  Json fields{
      {"ParentId", parent->id}, {"Body", text_or_null(post.text)}, {"Visibility", post.is_public ? "AllUsers" : "InternalUsers"}};
  if (post.is_rich) fields["IsRichText"] = true;
  if (!post.link.empty()) {
    fields["Type"] = "LinkPost";
    fields["LinkUrl"] = post.link;
  }
  if (post.file) {
    fields["Type"] = "ContentPost";
    fields["RelatedRecordId"] = transaction.attach(parent->id, {*post.file}).front();
  }
  return transaction.done(transaction.create("FeedItem", fields));
}

// With the permission "Edit Case Comments" a page lets people change and delete what they wrote themselves; the API does not.
Actor author(const OrgState& org, const std::string& user_id, const Row& comment) {
  auto actor = person(org, user_id);
  actor.modify_all = actor.modify_all || (comment.type->name == "CaseComment" && comment.text("CreatedById") == user_id);
  return actor;
}

Result<void, std::string> edit_comment(OrgState& org, const std::string& user_id, std::string_view comment_id,
                                       std::string_view text) {
  Row* row = row_of(org, comment_id);
  if (!row || row->type->name != "CaseComment") return fail(no_such_row());
  Transaction transaction(org, author(org, user_id, *row));
  transaction.fail_with(org.saver.update(transaction.actor(), *row, {{"CommentBody", text}}).errors);
  if (auto done = transaction.done(row->id); !done) return fail(done.error());
  return {};
}

}  // namespace casewire::sim::salesforce
