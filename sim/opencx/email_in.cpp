#include "sim/opencx/email_in.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/mail/file_names.hpp"
#include "sim/mail/quotes.hpp"
#include "sim/opencx/email_out.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kTokenDigitsMin = 4;  // core-concepts shows "#4521"; new sessions use five
constexpr std::size_t kTokenDigitsMax = 8;
constexpr std::size_t kTokensMax = 50;

/// The numbers that stand right behind `before` and, if given, right before `after`.
void collect(std::string_view text, std::string_view before, std::string_view after, std::vector<int>& tokens) {
  for (auto at = text.find(before); at != std::string_view::npos && tokens.size() < kTokensMax; at = text.find(before, at + 1)) {
    const std::string_view rest = text.substr(at + before.size());
    int number = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    if (problem != std::errc{} || digits < kTokenDigitsMin || digits > kTokenDigitsMax || rest.front() == '-') continue;
    if (rest.substr(digits).starts_with(after)) tokens.push_back(number);
  }
}

Session* answered_session(Desk& desk, const mail::Message& message) {
  const Contact* sender = desk.contact_by_email(message.from.address);
  if (sender == nullptr) return nullptr;
  for (const int token : tokens_in(message)) {
    Session* session = desk.by_ticket(token);
    if (session != nullptr && !session->is_deleted && session->contact == sender->id) return session;
  }
  return nullptr;
}

/// The first registered address in the order of the To header (which one counts is assumed).
std::string registered_address(const PlatformOptions& options, const mail::Message& message) {
  for (const auto& to : message.to) {
    for (const auto& registered : options.support_addresses) {
      if (equals_ignoring_case(to.address, registered)) return registered;
    }
  }
  return {};
}

/// Where our next mail hooks in: behind this one. A mail that answers nothing we know starts the chain anew, since that is the
/// thread that the customer now looks at.
void continue_thread(Session& session, const mail::Message& message) {
  if (message.message_id.empty()) return;
  const auto known = [&](const std::string& id) {
    return std::find(session.thread.begin(), session.thread.end(), id) != session.thread.end();
  };
  const bool continues = known(message.in_reply_to) || std::any_of(message.references.begin(), message.references.end(), known);
  if (!continues) session.thread = message.references;
  if (!known(message.message_id)) session.thread.push_back(message.message_id);
}

Session& new_session(Desk& desk, const mail::Message& message, std::string support_address) {
  Contact* contact = desk.contact_by_email(message.from.address);
  if (contact == nullptr) contact = &desk.add_contact(message.from.address, message.from.name);
  return desk.open_session(contact->id, "email", message.subject, std::move(support_address));
}

/// What a quote in an answer may repeat: the conversation's newest messages, and what our mails add to them.
std::string said_in(const Session& session) {
  constexpr std::size_t kBytesMax = 256u << 10;
  std::string said = mail_footer(session);
  for (auto item = session.history.rbegin(); item != session.history.rend() && said.size() < kBytesMax; ++item) {
    if (item->type == "message") said.append("\n").append(item->text, 0, kBytesMax);
  }
  return said;
}

/// For people: which of the two rules failed, and on what.
std::string why_skipped(Desk& desk, const PlatformOptions& options, const mail::Message& message) {
  if (message.from.address.empty()) return "From holds no address";
  std::string to;
  for (const auto& address : message.to) to += (to.empty() ? "" : ", ") + address.address;
  std::string registered;
  for (const auto& address : options.support_addresses) registered += (registered.empty() ? "" : ", ") + address;
  std::string why = "To holds no registered address (found " + (to.empty() ? "none" : to) + "; registered: " + registered + ")";
  for (const int token : tokens_in(message)) {
    why += desk.by_ticket(token) == nullptr ? "; no session has the token " + std::to_string(token)
                                            : "; the session " + std::to_string(token) + " is another contact's";
  }
  return why;
}

}  // namespace

std::vector<int> tokens_in(const mail::Message& message) {
  std::vector<int> tokens;
  collect(message.subject, "[", "]", tokens);
  collect(message.text, "Ref: #", "", tokens);
  collect(message.text, "Reference: Ticket #", "", tokens);
  return tokens;
}

std::optional<std::string> take_mail(Desk& desk, const PlatformOptions& options, const mail::Message& message,
                                     std::uint64_t cause) {
  Session* session = answered_session(desk, message);
  auto kind = mail::kind_of(message);
  if (session != nullptr && kind == mail::MailKind::first) kind = mail::MailKind::answer;  // its token says so
  if (session == nullptr) {
    std::string support_address = registered_address(options, message);
    if (support_address.empty() || message.from.address.empty()) return why_skipped(desk, options, message);
    session = &new_session(desk, message, std::move(support_address));
  }
  continue_thread(*session, message);
  session->mailed_from = message.from.address;
  ContactMessage contact_message{.text = mail::without_quotes(message.text, kind, said_in(*session)), .subject = message.subject};
  for (const auto& attachment : message.attachments) {
    const auto named = attachment.name.empty() ? mail::default_file_name(attachment.media_type) : attachment.name;
    const bool is_as_mailed = desk.behaviour().names_files_as_mailed;
    contact_message.files.push_back(
        {{}, is_as_mailed ? attachment.name_as_mailed : named, attachment.media_type, attachment.content});
  }
  desk.contact_writes(*session, std::move(contact_message), cause);
  return std::nullopt;
}

}  // namespace casewire::sim::opencx
