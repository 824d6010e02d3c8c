#pragma once
// The outages of a tape: what refused or lost whatever it was asked, one call after the other. Either a system, or the records of one question or
// write, whatever else went well. Which calls an outage met is chance: a bridge tries with the first that comes, and after pauses that it draws by
// lot. So it is enacted as what it was: whatever is asked while it lasts fails.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::scenarios {

/// Times are those of the world in which the tape is played.
class Outages {
 public:
  /// A recorded call to a system.
  struct Call {
    std::size_t entry = 0;
    std::string system{};
    std::size_t group = 0;  ///< what asks the same of the same records has the same
    WallTime at{};
    bool is_in_vain = false;  ///< nobody did what was asked, or nobody knows
    bool is_refused = false;  ///< in vain, or these records alone were refused
  };

  /// None.
  Outages() = default;
  /// `calls` in the order of the tape.
  explicit Outages(const std::vector<Call>& calls);

  bool met(std::size_t entry) const { return met_.contains(entry); }
  /// Of the outage that met the entry; false when none did.
  bool lasts(std::size_t entry, WallTime now) const;
  bool is_over(std::size_t entry, WallTime now) const;
  /// Between the last call that it met on the tape and the first that it did not: it ended at some time in between.
  bool is_ending(std::size_t entry, WallTime now) const;
  /// The last entry of the outage that met this one.
  std::size_t last_beside(std::size_t entry) const { return all_[met_.at(entry)].last; }
  /// The last entry of the outage that lasts now and meets what is asked of that system or those records.
  std::optional<std::size_t> last_of_present(const std::string& system, std::size_t group, WallTime now) const;

 private:
  struct Outage {
    std::size_t last = 0;  ///< entry
    WallTime begin{}, end{};
    std::optional<WallTime> unmet{};  ///< the first call that it did not meet any more
    bool lasts(WallTime now) const { return begin <= now && now <= end; }
  };
  using Calls = std::vector<const Call*>;
  using Places = std::vector<std::size_t>;  ///< in all_, in the order of time

  /// `run` is over, by that call or by the tape's end, and is an outage if it took any time.
  void note(Calls& run, Places& among, const Call* unmet);
  const Outage* of(std::size_t entry) const;

  std::vector<Outage> all_;
  std::map<std::size_t, std::size_t> met_;  ///< by entry: the place of its outage
  std::map<std::string, Places> of_system_;
  std::map<std::size_t, Places> of_group_;
};

}  // namespace casewire::scenarios
