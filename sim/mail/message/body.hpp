#pragma once
// The body of a mail by its structure (RFC 2046, RFC 2387): what a person reads of it, and its files. No word is lost: of an
// alternative the last part with visible text is read, of everything else all parts in their order.

#include "sim/mail/message.hpp"
#include "sim/mail/message/gmime.hpp"

namespace casewire::sim::mail {

/// Fills text, html and attachments. `body` may be null.
void read_body(GMimeObject* body, Message& message);

}  // namespace casewire::sim::mail
