#pragma once
// Traffic between the bridge and the two systems as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which browsers,
// proxies and HTTP tools read. Recording wraps handlers and transports; replaying gives handlers that answer from the tape.
// Recordings are committed: secrets become pseudonyms, and the hosts of one run become `http://SYSTEM.test`.
// Left out: cookies, page timings, and compressed or streamed bodies.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

/// One request and its answer.
struct Exchange {
  WallTime started{};
  milliseconds time{0};  ///< until the answer, as far as the recorder can know
  std::string from, to;  ///< "bridge", "salesforce", "opencx"
  http::Request request{};
  http::Response response{};  ///< status 0: no answer arrived
  http::Wire wire = http::Wire::intact;
  std::string error{};  ///< why there was no answer
};

struct Tape {
  std::vector<Exchange> exchanges;  ///< in the order in which the requests were made
};

/// Strict: what is not HAR 1.2 with this project's `_casewire` member is an error at its line and column. Targets become path
/// and query. `file` is for messages only.
Result<Tape> read_har(std::string_view text, std::string_view file);

/// Deterministic: the same exchanges give the same text. Masks secrets. `dropped` exchanges are mentioned in the log's comment.
std::string write_har(const std::vector<Exchange>& exchanges, std::size_t dropped = 0);

/// Thread-safe. Bounded: what comes after kExchangesMax or kBytesMax is counted, not kept.
class Recorder {
 public:
  static constexpr std::size_t kExchangesMax = 20'000;
  static constexpr std::size_t kBytesMax = 32u << 20;

  explicit Recorder(std::function<WallTime()> now) : now_(std::move(now)) {}

  /// What `from` asks of `system` goes through to `inner`, and is kept.
  http::Handler record(http::Handler inner, std::string system, std::string from = "bridge");
  /// What `system` sends to the bridge (webhooks, callouts). `inner` outlives the result, and so does the recorder.
  std::unique_ptr<http::Transport> record(http::Transport& inner, std::string system, std::string to = "bridge");

  std::string to_har() const;
  std::size_t dropped() const;

 private:
  class RecordingTransport;
  /// The place of the exchange that begins now in the order of the tape.
  std::uint64_t begin();
  void add(std::uint64_t place, Exchange exchange);

  std::function<WallTime()> now_;
  mutable std::mutex mutex_;
  std::uint64_t begun_ = 0;
  std::map<std::uint64_t, Exchange> exchanges_;  ///< by place
  std::size_t bytes_ = 0;
  std::size_t dropped_ = 0;
};

/// Answers from a tape: for each resource (system, method and path) in the order of the recording. A request must be the next
/// recorded one of its resource in query, headers and body (JSON and forms member by member); what belongs to one run only is
/// not compared: credentials, trace and transport headers, masked secrets, and the value of ISO 8601 times. A request that does
/// not match is answered 501 and noted. Thread-safe.
class Replayer {
 public:
  explicit Replayer(Tape tape);

  /// Serves what was recorded towards that system. The replayer outlives the handler.
  http::Handler handler(std::string system);

  /// One line for each request that did not match: the nearest recorded one, the first difference as a JSON pointer, both values.
  std::vector<std::string> mismatches() const;
  std::optional<std::string> first_mismatch() const;
  /// One line for each recorded request to a system that was not made yet.
  std::vector<std::string> unused() const;
  /// What was sent to the bridge and answered, in order. The secret in the path is a pseudonym.
  std::vector<Exchange> webhooks() const;

 private:
  http::Reply answer(const std::string& system, const http::Request& request);
  /// The place of the exchange that differs least; the tape's size when there is none left.
  std::size_t nearest_unused(const std::string& system, const http::Request& request) const;
  http::Reply refuse(const std::string& system, const http::Request& request, std::size_t nearest);

  static constexpr std::size_t kMismatchesMax = 1000;

  const Tape tape_;
  mutable std::mutex mutex_;
  std::vector<bool> used_;
  std::vector<std::string> mismatches_;
};

}  // namespace casewire::scenarios
