#include "scenarios/evidence/own_words.hpp"

#include <algorithm>

#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "sim/mail/quotes.hpp"

namespace casewire::scenarios {
namespace {

/// `--------------- Original Message ---------------`, as Salesforce writes it in the language of the org's users.
bool begins_original(std::string_view line) {
  line = trimmed(line);
  constexpr std::string_view kDashes = "-----";
  return line.size() > 2 * kDashes.size() && line.starts_with(kDashes) && line.ends_with(kDashes) &&
         line.find_first_not_of('-') != std::string_view::npos;
}

/// `thread::abcDEF123::`, formerly `ref:_00D...:ref`: which Case an answer belongs to.
bool is_thread_token(std::string_view word) {
  return (word.starts_with("thread::") && word.ends_with("::")) || (word.starts_with("ref:") && word.ends_with(":ref"));
}

std::string without_tokens(std::string_view line) {
  std::string kept;
  for (const std::string_view word : split(line, ' ')) {
    const std::string_view bare = word.starts_with('[') && word.ends_with(']') ? word.substr(1, word.size() - 2) : trimmed(word);
    if (!is_thread_token(trimmed(bare))) kept.append(kept.empty() ? "" : " ").append(word);
  }
  return kept;
}

}  // namespace

std::string own_words_of_mail(const sim::MailPassage& mail, std::string_view earlier) {
  sim::mail::Message message{.from = {{}, mail.from}, .subject = mail.subject};
  message.in_reply_to = mail.in_reply_to;
  message.references = mail.references;
  return sim::mail::without_quotes(mail.text, sim::mail::kind_of(message), earlier);
}

std::string text_of_mail_row(const Json& fields) {
  const std::string text = string_member(fields, "TextBody");
  return trimmed(text).empty() ? text_of_html(string_member(fields, "HtmlBody")) : text;
}

std::string own_words_of_reply(std::string_view text) {
  std::string own;
  for (const std::string_view line : split(text, '\n')) {
    if (begins_original(line) && !trimmed(own).empty()) break;
    own.append(own.empty() ? "" : "\n")
        .append(line.find("::") == std::string_view::npos && line.find("ref:") == std::string_view::npos ? std::string(line)
                                                                                                         : without_tokens(line));
  }
  return sim::mail::without_quotes(own, sim::mail::MailKind::answer);
}

}  // namespace casewire::scenarios
