#pragma once
// Mail that was forwarded to the platform. Source: docs.open.cx email/forwarding-rules and email/troubleshooting. A reply is
// matched by two things alone: a numeric token (subject `[12345]`, or body `Ref: #12345` or `Reference: Ticket #12345`) and a From
// equal to the session's contact. Else a registered address in To opens a session. Else the mail is skipped without a word.
// RFC Message-IDs are no match key.

#include <optional>
#include <string>
#include <vector>

#include "sim/mail/message.hpp"
#include "sim/opencx/desk.hpp"

namespace casewire::sim::opencx {

/// The tokens of a mail in the order they stand, subject first.
std::vector<int> tokens_in(const mail::Message& message);

/// Applies the rules. Returns why the mail was skipped.
std::optional<std::string> take_mail(Desk& desk, const PlatformOptions& options, const mail::Message& message,
                                     std::uint64_t cause);

}  // namespace casewire::sim::opencx
