#include "sim/opencx/email_out.hpp"

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kReferencesMax = 100;

std::string subject_of(const Session& session) {
  std::string_view title = trimmed(session.title);
  while (title.size() >= 3 && equals_ignoring_case(title.substr(0, 3), "re:")) title = trimmed(title.substr(3));
  const std::string token = "[" + std::to_string(session.ticket_number) + "]";
  std::string subject = "Re: " + std::string{title};
  if (title.find(token) == std::string_view::npos) subject += (title.empty() ? "" : " ") + token;
  return subject;
}

/// Blanks count in what people write: those that HTML would fold are no-break ones.
std::string html_of(const std::string& text) {
  std::string html = "<p>";
  char last = '\n';
  for (const char c : html_escaped(text)) {
    if (c == '\n') {
      html += "<br>\n";
    } else if (c == ' ' && (last == ' ' || last == '\n')) {
      html += "&nbsp;";
    } else {
      html += c;
    }
    last = c;
  }
  return html + "</p>";
}

/// The root stays, so that the thread is found; of a very long chain the middle goes (RFC 5322 3.6.4 allows trimming).
std::vector<std::string> references_of(const Session& session) {
  const auto& chain = session.thread;
  if (chain.size() <= kReferencesMax) return chain;
  std::vector<std::string> references{chain.front()};
  references.insert(references.end(), chain.end() - static_cast<std::ptrdiff_t>(kReferencesMax - 1), chain.end());
  return references;
}

}  // namespace

std::string mail_footer(const Session& session) {
  return "-- \n" + session.support_address + "\nRef: #" + std::to_string(session.ticket_number);
}

mail::Message outgoing_message(const Session& session, const Contact& contact, const OutgoingMail& mail, WallTime now) {
  mail::Message message{.from = {mail.sender_name, session.support_address}};
  message.to = {{contact.name, contact.email}};
  message.subject = subject_of(session);
  message.message_id = mail.message_id;
  message.references = references_of(session);
  if (!message.references.empty()) message.in_reply_to = message.references.back();
  message.date = now;

  std::string text = mail.text;
  std::size_t bytes = text.size();
  for (const auto& file : mail.files) {
    bytes += file.content.size() / 3 * 4;
    if (bytes > kMailBytesMax) {
      text += "\n\n[The file " + file.name + " is too large to be mailed.]";
      bytes -= file.content.size() / 3 * 4;
    } else {
      message.attachments.push_back({file.name, file.media_type, file.content});
    }
  }
  text += "\n\n" + mail_footer(session);
  message.html = html_of(text);
  message.text = std::move(text);
  if (mail.cause != 0) message.other_headers = {{"traceparent", traceparent(mail.cause)}};
  return message;
}

}  // namespace casewire::sim::opencx
