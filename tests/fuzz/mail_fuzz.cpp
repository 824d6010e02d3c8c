// Any bytes are a mail that a person can read, or an error that says why not; and what was read can be sent on and read again.

#include "base/text/utf8.hpp"
#include "sim/mail/addresses.hpp"
#include "sim/mail/automatic.hpp"
#include "sim/mail/message.hpp"
#include "sim/mail/quotes.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(mail) {
  using namespace casewire::sim::mail;
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  require(addresses_in(text).size() <= 1'000, "a list of addresses is bounded");
  const auto mail = parse(text, "mail");
  if (!mail) {
    require(!mail.error().problem.empty(), "an error has words");
    return 0;
  }
  require(is_valid_utf8(mail->text) && is_valid_utf8(mail->html) && is_valid_utf8(mail->subject), "what is read is UTF-8");
  for (const auto& file : mail->attachments) require(is_valid_utf8(file.name), "names of files are UTF-8");
  const auto own = without_quotes(mail->text, kind_of(*mail), mail->text);
  require(is_valid_utf8(own) && own.size() <= mail->text.size(), "the writer's own words are some of the mail's");
  require(mail->text.empty() || !own.empty(), "something is always left of a mail that says something");
  const auto again = parse(compose(*mail), "again");
  require(again.has_value(), "a mail that was read can be sent on");
  require(again->attachments.size() == mail->attachments.size(), "and loses no file on its way");
  return 0;
}
