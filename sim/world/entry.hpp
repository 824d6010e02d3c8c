#pragma once
// What a journal's entries are. Each kind of event is a type; how they look on disk is the business of entry_json.hpp alone.
// All texts are the world's own words as they crossed it. Bodies are kept for reports; the journal of a run is test data, never
// a production log.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/http/handler.hpp"
#include "base/text/json.hpp"
#include "base/text/time.hpp"

namespace casewire::sim {

/// A file that crossed the world: enough to tell whether the same bytes arrive elsewhere.
struct FileSeen {
  static constexpr std::size_t kKeptBytesMax = 48u << 10;

  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256{};  ///< lower-case hex
  /// The bytes themselves when they are few, so that a report can show them. May be null.
  std::shared_ptr<const std::string> kept{};

  friend bool operator==(const FileSeen& a, const FileSeen& b) {
    return a.name == b.name && a.bytes == b.bytes && a.sha256 == b.sha256;
  }
};
FileSeen file_seen(std::string name, std::string_view content);

/// A request and, once it came, its answer.
struct HttpExchange {
  std::string from{}, to{};  ///< "bridge", "salesforce", "opencx"
  std::string method{};
  std::string target{};  ///< path and query; a webhook's secret is left out
  std::vector<std::string> operations{};
  /// "Name: value" lines without what belongs to the connection; credentials are left out.
  std::string request_headers{}, response_headers{};
  std::string request{}, response{};  ///< bodies, at most Journal::kBodyBytesMax of each; text only
  bool cut = false;                   ///< a body was longer
  std::optional<int> status{};        ///< absent when no answer was given
  std::optional<int> retry_after_s{};
  std::chrono::milliseconds took{0};     ///< of the world's time, until the answer was there
  http::Wire wire = http::Wire::intact;  ///< how the answer crossed
  bool lost = false;                     ///< the request itself never arrived
  std::string error{};                   ///< when the caller got no answer, or not this one
  std::string answered_by{};             ///< in a replay: "entry 10" of the recording, or "the model"
};

/// A mail as the exchange took it.
struct MailPassage {
  std::string from{};
  std::vector<std::string> to{};
  std::string subject{}, message_id{}, in_reply_to{};
  std::vector<std::string> references{};
  std::string text{};
  std::vector<FileSeen> attachments{};
  std::string verdict{};  ///< "delivered", "forwarded", "dropped", "sent back" (taken, and a report says that it could not be
                          ///< delivered), or "refused" with the reason; empty: not decided yet
};

/// A change of the org after its commit.
struct RecordChange {
  std::string object{}, id{};
  std::string change{};  ///< "insert", "update", "delete"
  std::string by{};      ///< the user's name
  std::string by_id{};
  Json fields = Json::object();  ///< what the save set: given, defaulted or derived; no book-keeping such as LastModifiedDate
  std::optional<FileSeen> content{};  ///< of a ContentVersion
};

/// An event of OpenCX about a session.
struct SessionEvent {
  std::string session{};
  std::int64_t ticket = 0;   ///< 0: none
  std::string type{};        ///< history event type, or what happened beside the history ("email_skipped")
  std::string owner{};       ///< who has the session after it
  std::string message_id{};  ///< of a history event
  std::string sender{};      ///< "contact", "ai", "human_agent"
  std::string name{}, text{};
  std::vector<FileSeen> attachments{};
  std::string from{}, subject{};  ///< of a mail that made no event
};

/// An asynchronous job of the org has ended.
struct JobEnd {
  std::string job{}, event{}, case_id{};
  std::vector<std::string> records{};
  std::string status{};  ///< "Completed", "Failed"
  std::optional<int> http_status{};
  std::string error{};
};

/// A staged fault has struck.
struct FaultStrike {
  std::string fault{};  ///< its sentence
  std::string system{};
};

/// Time skips, as far as `until`.
struct TimeSkip {
  WallTime until{};
};

struct StepBegin {
  std::string keyword{}, text{};
};

struct BridgeEvent {
  /// "started", "ready", "stopped", "crashed"; "hindered": one of several stands still or cannot reach their store; "asked": it was asked what it has to
  /// do; "may park": the script speaks of parking.
  std::string event{};
  std::string detail{};
  std::optional<std::uint64_t> parked{};  ///< of "asked": how many of its jobs need a person
};

/// Facts about the world that judges need; no event.
struct WorldFacts {
  std::string integration_user_id{};
  std::vector<std::string> support_addresses{}, customer_addresses{};
  std::uint64_t seed = 0;
  bool bridge_is_ours = true;  ///< what only our own bridge promises is asked of it
};

using Occurrence = std::variant<HttpExchange, MailPassage, RecordChange, SessionEvent, JobEnd, FaultStrike, TimeSkip, StepBegin,
                                BridgeEvent, WorldFacts>;

struct Entry {
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  WallTime at{};
  std::string actor;
  std::uint64_t cause = 0;  ///< sequence of the entry that led to this one; 0: none known
  Occurrence event;

  template <class T>
  const T* as() const {
    return std::get_if<T>(&event);
  }
};

/// The kind's word on disk: "http", "mail", "record", "session", "job", "fault", "timer", "step", "bridge", "world".
std::string_view kind_of(const Occurrence& event);
/// What it takes on disk, nearly: writing an entry out just to measure it cost a seventh of a simulated run.
std::size_t approximate_bytes(const Occurrence& event);

}  // namespace casewire::sim
