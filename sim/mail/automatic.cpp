#include "sim/mail/automatic.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/addresses.hpp"

namespace casewire::sim::mail {
namespace {

/// The first header of that name, lower case and trimmed; empty when there is none.
std::string header(const Message& message, std::string_view name) {
  for (const auto& [each, value] : message.other_headers) {
    if (equals_ignoring_case(each, name)) return lowercase(trimmed(value));
  }
  return {};
}

bool has_report(const Message& message) {
  return std::any_of(message.attachments.begin(), message.attachments.end(),
                     [](const Attachment& file) { return file.media_type == "message/delivery-status"; });
}

/// A header's value, which comes from a mail: one line of ASCII.
std::string header_text(std::string_view value) {
  std::string line;
  for (const char c : value) line += c >= ' ' && c < 127 ? c : '?';
  return line;
}

}  // namespace

Automatic automatic_kind(const Message& message) {
  const std::string local = lowercase(message.from.address.substr(0, message.from.address.find('@')));
  if (has_report(message) || local == "mailer-daemon" || local == "postmaster") return Automatic::bounce;
  const std::string submitted = header(message, "Auto-Submitted");
  const std::string precedence = header(message, "Precedence");
  const std::string suppress = header(message, "X-Auto-Response-Suppress");
  const bool answers = submitted.starts_with("auto-replied") || precedence == "auto_reply" ||
                       !header(message, "X-Autoreply").empty() || !header(message, "X-Autorespond").empty() ||
                       header(message, "X-Auto-Reply-From") != "";
  if (answers) return Automatic::answer;
  if ((!submitted.empty() && !submitted.starts_with("no")) || !header(message, "List-Id").empty() || precedence == "bulk" ||
      precedence == "list" || precedence == "junk" || suppress == "all") {
    return Automatic::generated;
  }
  return Automatic::no;
}

std::optional<Message> out_of_office(const Message& received, std::string_view owner, std::string_view text,
                                     std::string message_id, WallTime now) {
  if (automatic_kind(received) != Automatic::no || received.from.address.empty()) return std::nullopt;
  Message answer{.from = {"", std::string{owner}}};
  answer.to = {received.from};
  answer.subject = "Automatic reply: " + received.subject;
  answer.message_id = std::move(message_id);
  answer.in_reply_to = received.message_id;
  answer.references = received.references;
  if (!received.message_id.empty()) answer.references.push_back(received.message_id);
  answer.date = now;
  answer.text = text;
  answer.other_headers = {{"Auto-Submitted", "auto-replied"}, {"Precedence", "bulk"}, {"X-Auto-Response-Suppress", "All"}};
  return answer;
}

std::string delivery_report(const Message& failed, std::string_view sender, const Failure& failure, std::string_view message_id,
                            WallTime now) {
  const std::string domain = header_text(domain_of(failure.recipient));
  const std::string boundary = "=_report_" + hex(sha256(message_id)).substr(0, 24);
  const std::string recipient = header_text(failure.recipient);
  const std::string reason = header_text(failure.reason);
  std::string text;
  const auto line = [&](std::string_view content) { text.append(content).append("\r\n"); };
  line("From: Mail Delivery System <MAILER-DAEMON@" + domain + ">");
  line("To: <" + header_text(sender) + ">");
  line("Subject: Undelivered Mail Returned to Sender");
  line("Date: " + rfc5322_date(now));
  line("Message-ID: <" + header_text(message_id) + ">");
  if (!failed.message_id.empty()) line("In-Reply-To: <" + header_text(failed.message_id) + ">");
  line("Auto-Submitted: auto-replied");
  line("MIME-Version: 1.0");
  line("Content-Type: multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"");
  line("");
  line("--" + boundary);
  line("Content-Type: text/plain; charset=us-ascii");
  line("");
  line("Your message could not be delivered to " + recipient + ".");
  line("");
  line("The mail system said: " + failure.status + " " + reason);
  line("");
  line("--" + boundary);
  line("Content-Type: message/delivery-status");
  line("");
  line("Reporting-MTA: dns; mail." + domain);
  line("Arrival-Date: " + rfc5322_date(now));
  line("");
  line("Final-Recipient: rfc822; " + recipient);
  line(std::string{"Action: "} + (failure.status.starts_with('4') ? "delayed" : "failed"));
  line("Status: " + header_text(failure.status));
  line("Diagnostic-Code: smtp; 550 " + failure.status + " " + reason);
  line("");
  line("--" + boundary);
  line("Content-Type: text/rfc822-headers");
  line("");
  line("From: <" + header_text(failed.from.address) + ">");
  line("To: <" + recipient + ">");
  if (is_valid_utf8(failed.subject)) line("Subject: " + header_text(failed.subject));
  line("Message-ID: <" + header_text(failed.message_id) + ">");
  line("");
  line("--" + boundary + "--");
  return text;
}

}  // namespace casewire::sim::mail
