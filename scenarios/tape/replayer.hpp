#pragma once
// Answers from a tape. A request must mean what a recorded one means (difference.hpp), and what only a run knows must agree with all
// that was said before (binding.hpp). Order is that of causes: of one operation on the same records each request has its turn; what
// concerns others may come earlier or later than it did. The answer to a read is that of its place between what changed things; one
// that is asked more often than it was recorded, and that nothing recorded has changed since, is answered as before.
// A read that asks the same in other words (rewording.hpp) is answered too, and counted.
// What befell whoever came is enacted as that: whatever is asked in an outage fails as the recorded calls did, and so does whatever comes
// with a token that has expired.
// Strict: what the tape does not hold is answered 501 and noted. docs/decisions/0012-replay-by-meaning.md

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/tape/binding.hpp"
#include "scenarios/tape/changes.hpp"
#include "scenarios/tape/exchanges.hpp"
#include "scenarios/tape/loosening.hpp"
#include "scenarios/tape/outages.hpp"
#include "scenarios/tape/outline.hpp"

namespace casewire::scenarios {

struct ReplayOptions {
  /// Of the world in which the tape is played. Without it no time is ever late.
  std::function<WallTime()> now{};
  std::vector<Loosening> loosenings{};
  bool rest_from_model = false;
  /// Ends the bridge, whose call is under way.
  std::function<void()> crash{};
  /// Told of each request who answers it: "entry 10", or "the model".
  std::function<void(const http::Request&, const std::string& by)> answered{};
};

/// Thread-safe.
class Replayer {
 public:
  explicit Replayer(LongTape tape, ReplayOptions options = {});

  /// Serves what was recorded towards that system; `model` answers what the tape has not, if it may. The replayer outlives the handler.
  http::Handler handler(std::string system, http::Handler model = {});

  /// One line for each request that did not match: the nearest recorded one, the first difference as a JSON pointer, both values.
  std::vector<std::string> mismatches() const;
  std::optional<std::string> first_mismatch() const;
  /// Of the first request that did not match, both sides as lines: what the nearest recorded one says and what was made. The first line
  /// in which they differ begins with `> `. Empty: nothing was near.
  struct SideBySide {
    std::string recorded, made;
  };
  SideBySide first_departure() const;
  /// One line for each recorded request to a system that was not made yet, but reads that would have said nothing new or led to nothing.
  std::vector<std::string> unused() const { return unused_before(entries_.size()); }
  std::vector<std::string> unused_before(std::size_t place) const;
  /// Of these the ones whose moment has passed in this run: what was to come instead of what came.
  std::vector<std::string> overdue() const;
  /// Also reads that would have said nothing new.
  bool is_all_made_before(std::size_t place) const;
  /// What was not taken strictly, and how often: for the report. Empty: nothing.
  std::string leniency() const;

  const LongTape& tape() const { return tape_; }
  /// "entry 12" of the file, as people count: the first is 1.
  std::string numbered(std::size_t entry) const;
  /// "bridge" of a webhook, or the system that is asked.
  const std::string& addressee(std::size_t entry) const { return entries_[entry].to; }
  /// When it happens in this world.
  WallTime time_here(WallTime recorded) const { return recorded + shift_; }
  /// From now on the answers of the tape wait for the webhooks that were recorded before them.
  void enact();
  /// Between the two a call at which the bridge crashes waits, on its thread: what was answered before the crash is to be answered. Calls must
  /// have threads of their own.
  void hold_crashes();
  void release_crashes();
  /// The moment has passed at which the bridge crashed, and the call that it crashed at did not come. True when that call was a look: then nobody
  /// need make it, and the crash is to be enacted without it.
  bool forgo_crash(std::size_t entry);
  /// The recorded webhook as this world is to see it; from now on it has arrived.
  http::Request arrival(std::size_t entry);

 private:
  struct Entry : Outline {
    std::size_t group = 0;  ///< of groups_
    std::optional<WallTime> used{};
    bool crashes = false;
    bool is_forgone = false;  ///< the bridge crashed before it made this look
  };
  /// What does the same, whatever the records, in the order of the tape.
  struct Alike {
    std::vector<std::size_t> all{};
    std::set<std::size_t> to_come{};
  };
  /// What asks the same of the same records, in the order of the tape.
  struct Group {
    std::optional<std::size_t> last_used{};
    std::set<std::uint64_t> brought{};  ///< answers
  };
  struct Match {
    std::size_t entry = 0;
    bool is_again = false;                 ///< it was made before
    std::optional<std::size_t> instead{};  ///< the entry whose failure it meets: it was asked in vain
    Bindings bindings{};
    std::vector<std::size_t> forgiven{};  ///< loosenings that were needed
    bool is_in_other_words = false;       ///< rewording.hpp
    bool is_ahead = false;                ///< what was recorded before it has not come yet, and nothing older is known
  };
  struct Nearest {
    std::size_t entry = 0;
    std::size_t count = 0;
    std::string difference{};  ///< empty: none
  };

  http::Reply answer(const std::string& system, const http::Request& request, const http::Handler& model);
  std::optional<Match> find(const std::string& system, const http::Request& request, const Operation& asked,
                            std::optional<std::size_t>& overtaken);
  std::optional<Match> find_write(const std::string& system, const http::Request& request, const Operation& asked,
                                  std::optional<std::size_t>& overtaken);
  std::optional<Match> find_read(const std::string& system, const http::Request& request, const Operation& asked);
  /// A newer look of that entry's group whose moment has come.
  std::optional<Match> newer(std::size_t entry, const std::string& system, const http::Request& request);
  /// Of an entry that was made already.
  std::optional<Match> again(std::size_t entry, const std::string& system, const http::Request& request);
  bool is_past(std::size_t entry) const;
  void meet_outage(Match& match) const;
  std::size_t changed_before(const Operation& read) const;
  void note_used(std::size_t entry);
  std::optional<Match> compared(std::size_t entry, const std::string& system, const http::Request& request,
                                std::string_view forgiven_pointer = {});
  /// A token that was refused on the tape is refused to whoever comes with it.
  std::optional<Match> refused_for_its_token(const std::string& system, const http::Request& request, const Operation& asked);
  bool is_ahead(std::size_t entry) const;
  bool may_come_again(std::size_t entry) const;
  bool says_nothing_new(std::size_t entry) const;
  bool was_in_vain(std::size_t entry) const;
  bool led_to_nothing(std::size_t entry, std::size_t place) const;
  /// For whoever has come to that place.
  bool is_dispensable(std::size_t entry, std::size_t place) const {
    return entries_[entry].is_forgone || says_nothing_new(entry) || was_in_vain(entry) || led_to_nothing(entry, place);
  }
  void find_refused_tokens(const std::set<std::string>& refused);
  void find_outages();
  std::optional<Match> fails_still(const std::string& system, const http::Request& request, const Operation& asked);
  /// The last entry of the outage that lasts now and meets what is asked as that entry was.
  std::optional<std::size_t> outage_at(std::size_t entry) const;
  http::Reply given(Match match, const std::string& system, const http::Request& request);
  http::Reply refuse(const std::string& system, const http::Request& request, const Operation& asked,
                     std::optional<std::size_t> overtaken);
  std::optional<Nearest> nearest(const std::string& system, const http::Request& request, const Operation& asked);
  Alike& alike(const std::string& system, const std::string& shape);
  milliseconds lateness(std::size_t entry) const;
  /// `entry 12 (GET /chat/sessions/1 to opencx)`
  std::string named(std::size_t entry) const;

  static constexpr std::size_t kMismatchesMax = 1000;

  const LongTape tape_;
  const ReplayOptions options_;
  milliseconds shift_{0};
  mutable std::mutex mutex_;
  std::mutex crash_mutex_;
  std::condition_variable crash_may_come_;
  bool crashes_are_held_ = false;
  std::vector<Entry> entries_;
  std::vector<Group> groups_;
  Outages outages_;
  std::map<std::string, std::size_t> refused_tokens_;  ///< by system and token: the entry that was answered 401
  std::set<std::string> met_refusals_;                 ///< of them
  std::map<std::string, Alike> by_operation_;          ///< by system and shape
  std::set<std::size_t> to_come_, arrivals_to_come_;   ///< what was asked of the systems, and the webhooks
  Changes changes_;
  std::size_t arrived_ = 0;                                  ///< behind the last webhook that has
  std::map<std::string, std::size_t, std::less<>> written_;  ///< by record: behind the last write that was made
  bool enacts_ = false;
  Bindings bindings_;
  milliseconds earliest_{0}, latest_{0};  ///< how far this run has come from the recording's time
  std::size_t from_model_ = 0, in_vain_ = 0;
  using Counts = std::map<std::string, std::size_t>;  ///< by what was asked
  Counts repeated_, reworded_, ahead_;
  std::vector<std::size_t> forgiven_, came_;  ///< by loosening
  std::vector<std::string> mismatches_;
  SideBySide first_departure_;
};

}  // namespace casewire::scenarios
