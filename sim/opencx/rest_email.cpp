#include "sim/opencx/rest_email.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/mail/addresses.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kRecipientsMax = 1000;  // assumed
constexpr double kDelayMinutesMax = 60 * 24 * 365;

std::string lower_domain_of(std::string_view address) { return lowercase(mail::domain_of(address)); }

}  // namespace

http::Response send_email(Desk& desk, const PlatformOptions& options, const Call& call) {
  const std::string from = string_member(call.body, "from_email");
  const bool is_verified = std::any_of(options.support_addresses.begin(), options.support_addresses.end(),
                                       [&](const auto& address) { return lower_domain_of(address) == lower_domain_of(from); });
  if (!is_verified) return error_response(400, "The domain " + lower_domain_of(from) + " is not verified");
  const auto& recipients = member(call.body, "recipients");
  if (recipients.size() > kRecipientsMax) return error_response(400, "recipients must hold at most 1000 elements");

  std::vector<BulkMail> mails;
  std::size_t at = 0;
  for (const auto& recipient : recipients) {
    const std::string place = "recipients." + std::to_string(at++) + ".";
    const auto& own_delay = member(recipient, "delay_in_minutes");
    const auto& delay = own_delay.is_number() ? own_delay : member(call.body, "delay_in_minutes");
    const double minutes = delay.is_number() ? delay.get<double>() : 0;
    if (delay.is_number() && !(minutes > 0 && minutes <= kDelayMinutesMax)) {
      return error_response(400, place + "delay_in_minutes must be greater than 0 and at most a year");
    }
    BulkMail mail{
        .from = from,
        .sender_name = string_member(recipient, "email_sender_name", string_member(call.body, "fallback_email_sender_name")),
        .to = string_member(recipient, "to_email"),
        .subject = string_member(recipient, "email_subject", string_member(call.body, "fallback_email_subject")),
        .html = string_member(recipient, "email_body", string_member(call.body, "fallback_email_body")),
        .message_id = desk.new_id() + "@" + lower_domain_of(from),
        .delay = milliseconds{static_cast<std::int64_t>(minutes * 60'000)},
        .cause = call.cause};
    if (mail.subject.empty())
      return error_response(400, place + "email_subject should not be empty: there is no fallback_email_subject");
    if (mail.html.empty()) return error_response(400, place + "email_body should not be empty: there is no fallback_email_body");
    mails.push_back(std::move(mail));
  }
  for (auto& mail : mails) desk.send_bulk(std::move(mail));
  return {.status = 201};
}

}  // namespace casewire::sim::opencx
