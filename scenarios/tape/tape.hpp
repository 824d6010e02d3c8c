#pragma once
// Traffic between the bridge and the two systems as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which browsers,
// proxies and HTTP tools read. Recording wraps handlers and transports; replaying gives handlers that answer from the tape.
// Recordings are committed: secrets become pseudonyms, and the hosts of one run become `http://SYSTEM.test`.
// Bodies over 4 KB may stand beside the file, by their digest (tape_files.hpp).
// Left out: cookies and page timings.

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

#include "base/recording/exchange.hpp"
#include "base/recording/har_entry.hpp"
#include "base/recording/keeper.hpp"
#include "base/text/json.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

using recording::Exchange;
using recording::kTapeFormat;
using recording::kUnanswered;
using recording::SideBodies;

/// What became of the bridge between two exchanges, and what whoever runs it did.
struct BridgeFate {
  enum class What {
    started,
    crashed,
    stopped,
    parked,    ///< some of its work needed a person
    saved,     ///< a backup was made of what it stores
    restored,  ///< and took the place of what it stored
    emptied,   ///< it comes back with nothing stored
    operated,  ///< a command of the operator, `casewire-bridge WORDS`
  };
  What what = What::started;
  WallTime at{};
  std::size_t place = 0;                ///< so many exchanges had begun before it
  std::optional<std::size_t> during{};  ///< the call that was under way when it crashed
  std::vector<std::string> words{};     ///< of the operator's command
};
std::string_view name_of(BridgeFate::What what);
std::optional<BridgeFate::What> fate_named(std::string_view name);

/// What a tape may set and run, since anybody may have written it: nothing that names a place or a file.
bool is_setting_of_a_tape(std::string_view name);
bool is_command_of_a_tape(const std::vector<std::string>& words);

/// What a tape says of itself. Files of a newer format are refused; those without one are of the first.
struct TapeHead {
  bool is_of_fakes = false;  ///< of Casewire's own models, not of the vendors' systems
  bool is_redacted = false;  ///< its words stand for others
  std::string comment{};     ///< for people
  /// Variable -> value: how the bridge was set that a scenario set otherwise than usual.
  std::map<std::string, std::string> bridge_settings{};
};

struct Tape {
  std::vector<Exchange> exchanges;  ///< in the order in which the requests were made
  std::vector<BridgeFate> fates{};  ///< in their order
  TapeHead head{};
};

/// The bytes of a file beside a tape, by the name that the tape has for it; nullopt: there is none.
using BesideTape = std::function<std::optional<std::string>(std::string_view name)>;

/// Strict: what is not HAR 1.2 with this project's `_casewire` member is an error at its line and column. Targets become path
/// and query. `file` is for messages only. All of it is in memory then: what may be long is read by tape_reader.hpp.
Result<Tape> read_har(std::string_view text, std::string_view file, const BesideTape& beside = {});

/// The log of a tape as it is written, without its entries and version.
Json log_json(const TapeHead& head, const std::vector<BridgeFate>& fates, std::size_t dropped);

/// Deterministic: the same tape gives the same text. Masks secrets. `dropped` exchanges are mentioned in the log's comment. Without
/// `beside` all bodies stand in the text.
std::string write_har(const Tape& tape, std::size_t dropped = 0, SideBodies* beside = nullptr);
inline std::string write_har(std::vector<Exchange> exchanges) { return write_har(Tape{std::move(exchanges)}); }

/// Thread-safe. Bounded: what comes after kExchangesMax or kBytesMax is counted, not kept. An exchange is kept from its beginning:
/// one whose answer never came stands there with kUnanswered.
class Recorder final : public recording::Keeper {
 public:
  static constexpr std::size_t kExchangesMax = 20'000;
  static constexpr std::size_t kBytesMax = 32u << 20;

  explicit Recorder(std::function<WallTime()> now) : Keeper(std::move(now)) {}

  void note(BridgeFate::What what, std::vector<std::string> words = {});

  Tape tape() const;
  std::size_t dropped() const;

 private:
  std::uint64_t begin(Exchange exchange) override;
  void end(std::uint64_t place, const std::function<void(Exchange&)>& with) override;
  bool has_room(std::size_t bytes);

  struct Kept {
    Exchange exchange;
    bool is_under_way = true;
  };
  struct Noted {
    BridgeFate fate;
    std::uint64_t during = 0;  ///< place of an exchange; 0: none
  };

  mutable std::mutex mutex_;
  std::uint64_t begun_ = 0;
  std::map<std::uint64_t, Kept> exchanges_;  ///< by place
  std::map<std::uint64_t, Noted> fates_;     ///< in the same order
  std::size_t bytes_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace casewire::scenarios
