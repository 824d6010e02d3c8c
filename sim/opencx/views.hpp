#pragma once
// The API's shapes of what the platform remembers: the newest edition of each (docs.open.cx api-reference, chat-sessions and
// contacts). Times are UTC; with milliseconds by default (assumed).

#include <string>

#include "base/text/json.hpp"
#include "sim/opencx/behaviour.hpp"
#include "sim/opencx/session.hpp"

namespace casewire::sim::opencx {

std::string shown_time(WallTime when, TimeStyle style);
/// null for an empty text.
Json text_or_null(const std::string& text);

/// ChatSession. `contact` may be null.
Json session_json(const Session& session, const Contact* contact, const Behaviour& behaviour);
/// `base_url` begins the url of attachments.
Json history_json(const HistoryItem& item, const std::string& base_url, const Behaviour& behaviour);
Json contact_json(const Contact& contact, TimeStyle times);

}  // namespace casewire::sim::opencx
