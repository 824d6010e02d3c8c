#pragma once
// What changes records on a tape that is played: which writes are still to come, and what has come, by record. Places are those of the tape.
// Each question costs as many steps as an operation names records, however long the tape is.

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "scenarios/tape/operation.hpp"

namespace casewire::scenarios {

class Changes {
 public:
  void expect_write(std::size_t place, const Operation& write);
  /// Nobody need make it any more.
  void drop_write(std::size_t place, const Operation& write);
  /// A write was made, or a webhook has told of a change.
  void came(std::size_t place, const Operation& change);

  /// Whether a write to one of its records is to come that stands at `from` or behind it, and before `to`; where it names none, any write.
  bool is_write_to_come(const Operation& of, std::size_t from, std::size_t to) const;
  /// Whether something has come that stands behind that place and names one of its records; where it names none, anything.
  bool has_come_behind(const Operation& of, std::size_t place) const;

 private:
  using Places = std::set<std::size_t>;
  static bool is_between(const Places& places, std::size_t from, std::size_t to);

  Places to_come_;
  std::map<std::string, Places, std::less<>> to_come_of_;  ///< by record
  std::size_t last_ = 0;                                   ///< behind the last that has come
  std::map<std::string, std::size_t, std::less<>> last_of_;
};

}  // namespace casewire::scenarios
