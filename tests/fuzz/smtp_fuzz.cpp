// Any bytes are a conversation that ends as it does whether they come at once or one by one, and every mail in it has whole lines.

#include "sim/mail/smtp_dialogue.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

namespace {

struct Heard {
  std::string said;
  std::string mails;
  bool closed = false;
  friend bool operator==(const Heard&, const Heard&) = default;
};

void listen(sim::mail::SmtpDialogue& dialogue, Heard& heard) {
  while (!heard.closed) {
    auto turn = dialogue.next();
    if (!turn) return;
    heard.said += turn->say;
    heard.closed = turn->close;
    if (!turn->mail) continue;
    const auto& mail = *turn->mail;
    require(!mail.recipients.empty() && mail.recipients.size() <= 3, "a mail has recipients, and no more than the limit");
    require(mail.message.size() <= 4'096, "a mail is not larger than the limit");
    for (std::size_t at = 0; at < mail.message.size(); ++at) {
      const bool is_end = mail.message[at] == '\n';
      require(!is_end || (at > 0 && mail.message[at - 1] == '\r'), "only CR LF ends a line");
    }
    heard.mails += mail.sender + "|" + mail.message + "|";
    for (const auto& recipient : mail.recipients) heard.mails += recipient + ",";
    heard.said += dialogue.answered({});
  }
}

sim::mail::SmtpDialogue dialogue() {
  return sim::mail::SmtpDialogue{{.name = "mx.test", .message_bytes_max = 4'096, .recipients_max = 3}};
}

}  // namespace

FUZZ_TARGET(smtp) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  Heard at_once, one_by_one;
  auto first = dialogue();
  first.take(text);
  listen(first, at_once);
  auto second = dialogue();
  for (std::size_t at = 0; at < size && !one_by_one.closed; ++at) {
    second.take(text.substr(at, 1));
    listen(second, one_by_one);
  }
  require(at_once == one_by_one, "it makes no difference how the bytes are cut");
  return 0;
}
