#pragma once
// What somebody wrote herself in a mail or a row, without what she quotes and what a program added: by that two texts are known to be one.

#include <string>
#include <string_view>

#include "base/text/json.hpp"
#include "sim/world/entry.hpp"

namespace casewire::scenarios {

/// As docs/mail.md has it for inbound mail. `earlier`: what was said before.
std::string own_words_of_mail(const sim::MailPassage& mail, std::string_view earlier);
/// The text of an EmailMessage row: its HTML where it has no other.
std::string text_of_mail_row(const Json& fields);
/// Without the original that Salesforce puts below a reply, and the token by which it knows the thread again.
std::string own_words_of_reply(std::string_view text);

}  // namespace casewire::scenarios
