#pragma once
// Client of the OpenCX public API. Safe from any task; no call is made while OpenCX rests (delivery/vendor.hpp); every call has the configured deadline and carries the
// `traceparent` of the hint that caused it. Source: OpenCX public API reference, "Chat sessions"; guesses are marked at the
// functions.

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/transport.hpp"
#include "base/text/json.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/call_share.hpp"
#include "bridge/delivery/failure.hpp"
#include "bridge/delivery/vendor.hpp"
#include "bridge/opencx/session.hpp"

namespace casewire::bridge::opencx {

/// A list was too long to be read: over 200 pages, or more than the calls that OpenCX allows.
bool asked_for_too_much(const Failure& failure);

struct Transports {
  http::Transport& to_opencx;
  http::Transport& to_strangers;  ///< refuses what is not on the public internet
};

class Client {
 public:
  Client(Transports transports, Vendor& vendor, CallShare& share, const Config& config);

  /// From now on calls are made with it. True: it is another one than before.
  bool take_up_key(std::string api_key);

  Outcome<Session> session(std::string_view id, std::string_view trace) const;
  /// Sorted by time, items of the same time in the order they came. A list of over 200 pages is a permanent failure.
  Outcome<std::vector<HistoryItem>> history(std::string_view id, std::string_view trace) const;
  /// Email sessions, handed off or not, that changed after `after` and before `before` (nullopt: until now). At most 200 pages
  /// likewise: ask for less time at once.
  Outcome<std::vector<Session>> email_sessions_changed(WallTime after, std::optional<WallTime> before) const;
  /// Handoffs of all sessions from `from` to `until`, both included. Needs the scope `handoff-analytics:read`. Source: API reference, "Handoff
  /// analytics"; that the dates may be instants is assumed.
  Outcome<std::vector<HandoffEvent>> handoffs(WallTime from, WallTime until, std::string_view trace) const;
  /// Sends as an agent and takes the session over from the AI. Returns the message's id. That this mails the contact of an email
  /// session is assumed. OpenCX knows no idempotency key: after a lost answer look into the history, and send only while the lease lasts.
  Outcome<std::string> send(std::string_view id, const AgentMessage& message, std::string_view trace,
                            const http::Permit* permit = nullptr) const;
  /// Assumed: no public way to set `salesforce_case_id` is documented; it is mirrored in the session's custom data.
  Outcome<void> write_case_id(std::string_view id, std::string_view case_id, std::string_view trace) const;
  Outcome<void> close(std::string_view id, std::string_view trace) const;
  /// `bytes` of them are expected. The API key is shown to OpenCX's own host only. Another host must be on the public internet and speak
  /// https: anything else is a permanent failure, before a call.
  Outcome<std::string> download(std::string_view url, std::size_t bytes, std::string_view trace) const;

 private:
  Outcome<http::Response> call(std::string method, std::string url, std::string body, std::string_view trace,
                               std::size_t bytes_expected = 0, const http::Permit* permit = nullptr) const;
  /// Calls `take` for each item of each page of a list.
  Outcome<void> read_list(const std::string& url, std::string_view trace, const std::function<void(const Json&)>& take) const;
  Outcome<void> update(std::string_view id, const Json& members, std::string_view trace) const;
  std::string api_key() const;
  std::string session_url(std::string_view id) const;

  Transports transports_;
  Vendor& vendor_;
  CallShare& share_;
  std::string url_;
  mutable std::mutex mutex_;
  std::string api_key_;
  milliseconds call_timeout_;
};

}  // namespace casewire::bridge::opencx
