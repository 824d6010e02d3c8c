// Salesforce's own mail composer: the row carries the Message-ID, and the org transmits the mail itself. Here the caller transmits
// it, since the fake knows no mail. Form of the Message-ID: as captured (docs/salesforce.md, "Modelled").

#include "base/text/encoding.hpp"
#include "sim/salesforce/people/transaction.hpp"

namespace casewire::sim::salesforce {
namespace {

std::string base36(std::uint64_t number) {
  std::string text;
  do {
    text.insert(text.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 36]);
    number /= 36;
  } while (number > 0);
  return text;
}

std::string message_id(OrgState& org) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(org.store.now().time_since_epoch()).count();
  auto& rng = org.surroundings.rng;
  return "<" + alphanumeric(rng, 5) + std::string(45, '0') + base36(static_cast<std::uint64_t>(seconds)) + "00" +
         alphanumeric(rng, 22) + "@sfdc.net>";
}

}  // namespace

Result<ComposedMail, std::string> compose_mail(OrgState& org, const std::string& user_id, std::string_view case_id,
                                               RepMail mail) {
  mail.message_id = message_id(org);
  const auto row_id = write_mail(org, user_id, case_id, mail);
  if (!row_id) return fail(row_id.error());
  const Row& row = *org.store.find(*row_id);
  return ComposedMail{.row_id = *row_id,
                      .message_id = mail.message_id,
                      .from_name = row.text("FromName"),
                      .from = row.text("FromAddress"),
                      .to = row.text("ToAddress"),
                      .cc = row.text("CcAddress"),
                      .subject = row.text("Subject"),
                      .text = row.text("TextBody"),
                      .html = row.text("HtmlBody"),
                      .files = std::move(mail.files)};
}

}  // namespace casewire::sim::salesforce
