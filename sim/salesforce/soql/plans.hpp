#pragma once
// Queries that were asked before, ready to be run again: clients ask the same ones again and again, and reading and binding one takes as
// long as running it.

#include <map>
#include <string>
#include <string_view>

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

/// Of one database, whose schema does not change. Not for two threads at once.
class Plans {
 public:
  /// The plan of the query as this user asks it (asked_by).
  Result<std::shared_ptr<const Plan>, Error> plan(std::string_view text, const std::string& asker, const Database& database,
                                                  bool with_deleted);
  std::size_t size() const { return kept_.size(); }

  // What is kept at most. When it is full all of it goes: a client that asks in ever new words gains nothing here anyway.
  static constexpr std::size_t kPlansMax = 128;
  static constexpr std::size_t kTextBytesMax = 4 * 1024;

 private:
  std::map<std::string, std::shared_ptr<const Plan>, std::less<>>
      kept_{};  ///< by text; those that mean the same for everybody and at any time
};

}  // namespace casewire::sim::salesforce::soql
