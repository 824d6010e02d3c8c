#pragma once
// The mails that the platform sends to a session's contact. Source: docs.open.cx email/forwarding-rules: from the address the
// customer wrote to, original subject with "Re: ", always HTML, a reference number added. Assumed: where the number stands (the
// subject's end and a last line, the places that replies are matched by), the plain alternative, and the chain of References.

#include "sim/mail/message.hpp"
#include "sim/opencx/desk.hpp"

namespace casewire::sim::opencx {

inline constexpr std::size_t kMailBytesMax = 25u
                                             << 20;  // attachments as base64 (assumed); what does not fit is named in the text

/// What stands below each mail's own words: signature and reference.
std::string mail_footer(const Session& session);

mail::Message outgoing_message(const Session& session, const Contact& contact, const OutgoingMail& mail, WallTime now);

}  // namespace casewire::sim::opencx
