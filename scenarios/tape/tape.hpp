#pragma once
// Traffic between the bridge and the two systems as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which browsers,
// proxies and HTTP tools read. Recording wraps handlers and transports; replaying gives handlers that answer from the tape.
// Recordings are committed: secrets become pseudonyms, and the hosts of one run become `http://SYSTEM.test`.
// Bodies over 4 KB may stand beside the file, by their digest (tape_files.hpp).
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

/// What became of the bridge's process between two exchanges.
struct BridgeFate {
  enum class What { started, crashed, stopped, parked };  ///< parked: some of its work needed a person
  What what = What::started;
  WallTime at{};
  std::size_t place = 0;                ///< so many exchanges had begun before it
  std::optional<std::size_t> during{};  ///< the call that was under way when it crashed
};
std::string_view name_of(BridgeFate::What what);
std::optional<BridgeFate::What> fate_named(std::string_view name);

/// What a tape says of itself. Files of a newer format are refused; those without one are of the first.
struct TapeHead {
  bool is_of_fakes = false;  ///< of Casewire's own models, not of the vendors' systems
  bool is_redacted = false;  ///< its words stand for others
  std::string comment{};     ///< for people
};
inline constexpr int kTapeFormat = 1;

struct Tape {
  std::vector<Exchange> exchanges;  ///< in the order in which the requests were made
  std::vector<BridgeFate> fates{};  ///< in their order
  TapeHead head{};
};

/// The bytes of a file beside a tape, by the name that the tape has for it; nullopt: there is none.
using BesideTape = std::function<std::optional<std::string>(std::string_view name)>;

/// Strict: what is not HAR 1.2 with this project's `_casewire` member is an error at its line and column. Targets become path
/// and query. `file` is for messages only.
Result<Tape> read_har(std::string_view text, std::string_view file, const BesideTape& beside = {});

/// Bodies that stand beside a tape: in `folder`, which is named as the tape's own place sees it.
struct SideBodies {
  std::string folder;
  std::map<std::string, std::string> files{};  ///< bytes by name
  static constexpr std::size_t kBytesMin = 4096;
};

/// Deterministic: the same tape gives the same text. Masks secrets. `dropped` exchanges are mentioned in the log's comment. Without
/// `beside` all bodies stand in the text.
std::string write_har(const Tape& tape, std::size_t dropped = 0, SideBodies* beside = nullptr);
inline std::string write_har(std::vector<Exchange> exchanges) { return write_har(Tape{std::move(exchanges)}); }

/// Why an exchange stands on the tape without an answer: whoever asked, or whoever was asked, ended before.
inline constexpr std::string_view kUnanswered = "no answer was given";

/// Thread-safe. Bounded: what comes after kExchangesMax or kBytesMax is counted, not kept. An exchange is kept from its beginning:
/// one whose answer never came stands there with kUnanswered.
class Recorder {
 public:
  static constexpr std::size_t kExchangesMax = 20'000;
  static constexpr std::size_t kBytesMax = 32u << 20;

  explicit Recorder(std::function<WallTime()> now) : now_(std::move(now)) {}

  /// What `from` asks of `system` goes through to `inner`, and is kept.
  http::Handler record(http::Handler inner, std::string system, std::string from = "bridge");
  /// What `system` sends to the bridge (webhooks, callouts). `inner` outlives the result, and so does the recorder.
  std::unique_ptr<http::Transport> record(http::Transport& inner, std::string system, std::string to = "bridge");
  void note(BridgeFate::What what);

  Tape tape() const;
  /// Grows with whatever is new.
  std::uint64_t changes() const;
  std::size_t dropped() const;

 private:
  class RecordingTransport;
  /// The place of the exchange that begins now in the order of the tape.
  std::uint64_t begin(Exchange exchange);
  void end(std::uint64_t place, const std::function<void(Exchange&)>& with);
  bool has_room(std::size_t bytes);

  struct Kept {
    Exchange exchange;
    bool is_under_way = true;
  };
  struct Noted {
    BridgeFate fate;
    std::uint64_t during = 0;  ///< place of an exchange; 0: none
  };

  std::function<WallTime()> now_;
  mutable std::mutex mutex_;
  std::uint64_t begun_ = 0, ended_ = 0;
  std::map<std::uint64_t, Kept> exchanges_;  ///< by place
  std::map<std::uint64_t, Noted> fates_;     ///< in the same order
  std::size_t bytes_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace casewire::scenarios
