#pragma once
// The API's shapes of what the platform remembers: the newest edition of each (docs.open.cx api-reference, chat-sessions and
// contacts). Times are UTC with milliseconds (assumed).

#include <string>

#include "base/text/json.hpp"
#include "sim/opencx/session.hpp"

namespace casewire::sim::opencx {

/// ChatSession. `contact` may be null.
Json session_json(const Session& session, const Contact* contact);
/// `base_url` begins the url of attachments.
Json history_json(const HistoryItem& item, const std::string& base_url);
Json contact_json(const Contact& contact);

}  // namespace casewire::sim::opencx
