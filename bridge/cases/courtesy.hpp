#pragma once
// Mail that waits for nobody: what a machine sent (RFC 3834), and a mere "Thank you". After the Case was closed it is kept on that Case
// and opens no other (F60, F74). Pure.

#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// So long after the closing a "Thank you" belongs to the closed Case. What a machine sent does so for ever.
inline constexpr milliseconds kThanksWithin{3 * 24 * 3'600'000};

/// An out-of-office note, an automatic reply, a delivery report. OpenCX tells no header of a mail (assumed), so its subject must do, as
/// mail programs and servers write it.
bool is_automatic(const opencx::HistoryItem& message);

/// Nothing but thanks: no question, no file, no further word of weight. In the languages listed in courtesy.cpp.
bool is_mere_thanks(const opencx::HistoryItem& message);

/// A message that was written `at` some time after the closing asks for nothing.
bool waits_for_nobody(const opencx::HistoryItem& message, WallTime closed_at);

}  // namespace casewire::bridge::cases
