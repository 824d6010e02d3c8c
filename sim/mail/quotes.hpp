#pragma once
// What the writer of a mail wrote herself, above, below and between what she quotes. The vendor says only that "previous messages are
// separated from the new reply automatically"; these rules never take a word for a quote that may be her own:
//   - a forwarded mail is kept whole;
//   - a line of attribution has a date or an address and is followed by lines marked with ">": both go, whatever its language; in
//     an answer "On Monday Ann wrote:" before marked lines is enough;
//   - a header block ("From: ... Sent: ... Subject: ...", in 14 languages) goes with what follows in an answer, and elsewhere only
//     when marked lines follow;
//   - unmarked lines behind an attribution go in an answer, and only those that were said before in the conversation;
//   - lines that begin with ">" without any of these are her own words.

#include <string>
#include <string_view>

#include "sim/mail/message.hpp"

namespace casewire::sim::mail {

enum class MailKind { first, answer, forward };

/// By its subject's prefix ("Re:", "AW:", "Fwd:", "WG:" ...), In-Reply-To and References.
MailKind kind_of(const Message& message);

/// `earlier`: what was said in the conversation before, as far as it is known. The whole text when nothing else is left.
std::string without_quotes(std::string_view text, MailKind kind, std::string_view earlier = {});

}  // namespace casewire::sim::mail
