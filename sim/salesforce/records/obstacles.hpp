#pragma once
// What stands in the way of saves beside the schema: validation rules, rows that another transaction holds, full storage, and
// refusals that a script ordered. Sources: Apex Developer Guide, "Triggers and Order of Execution" (custom validation comes after
// the required fields); Object Reference, StatusCode UNABLE_TO_LOCK_ROW (a child's save locks its master).

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/time.hpp"
#include "sim/salesforce/records/save_error.hpp"
#include "sim/salesforce/records/value.hpp"

namespace casewire::sim::salesforce {

/// "A row of `object` that holds all of `where` and none of `unless` is refused with `message`." Stands for the formula of a real
/// rule, which is not modelled.
struct ValidationRule {
  std::string object;
  std::vector<std::pair<std::string, Json>> where;   ///< field and value as REST shows it; null: blank
  std::vector<std::pair<std::string, Json>> unless;  ///< the rule holds for no row that holds one of these
  std::string message;
  std::string field;  ///< that the message is shown at; empty: the top of the page
};

/// An org has two: of rows, and of the bytes of files. Source: Salesforce Help, "Data and File Storage Allocations".
enum class Storage { data, files };

class Obstacles {
 public:
  enum class Kind { create, update, remove };

  void add_rule(ValidationRule rule) { rules_.push_back(std::move(rule)); }
  /// Until then nobody else gets the row, nor may a child of it be saved. An instant that has passed frees it.
  void lock(const std::string& row_id, WallTime until) { locks_[row_id] = until; }
  void set_full(Storage storage, bool full) { (storage == Storage::data ? data_full_ : files_full_) = full; }
  bool is_full(Storage storage) const { return storage == Storage::data ? data_full_ : files_full_; }
  /// `rows_before` more saves of that kind are done, and the `count` behind them fail with the error.
  void refuse(std::string object, Kind kind, SaveError error, std::size_t count, std::size_t rows_before);
  /// How many ordered refusals have not struck yet.
  std::size_t refusals_left() const;

  /// Storage, and what was ordered, which counts down. `by_api`: only callers from outside meet what was ordered.
  SaveErrors meet(const SObjectType& type, Kind kind, bool by_api);
  /// The row itself and its masters.
  SaveErrors check_locks(const SObjectType& type, const std::vector<Value>& values, std::string_view id, const Schema& schema,
                         WallTime now) const;
  /// One error for each rule that the row breaks.
  SaveErrors check_rules(const SObjectType& type, const std::vector<Value>& values) const;

 private:
  struct Ordered {
    std::string object;
    Kind kind;
    SaveError error;
    std::size_t left;
    std::size_t rows_before;
  };
  std::vector<ValidationRule> rules_;
  std::map<std::string, WallTime, std::less<>> locks_;
  bool data_full_ = false, files_full_ = false;
  std::vector<Ordered> ordered_;
};

}  // namespace casewire::sim::salesforce
