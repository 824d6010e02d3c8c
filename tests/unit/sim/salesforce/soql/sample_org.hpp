#pragma once
// A small org for SOQL: four Cases with their people, comments, mails and files. Rows are written raw, no rule applied.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/salesforce/records/store.hpp"
#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

class SampleOrg {
 public:
  SampleOrg();
  const Store& store() const { return store_; }
  Store& store() { return store_; }

  using Values = std::initializer_list<std::pair<std::string_view, Value>>;
  std::string add(std::string_view object, Values values);

  Result<Rows, Error> run(std::string_view soql, const Options& options = {}) const;
  /// The `Ref__c` of each Case that `SELECT Ref__c FROM Case <rest>` finds, in order: "a b c". The error's last line, if it fails.
  std::string refs(std::string_view rest) const;
  /// The records as compact JSON, one a line. The error's code and message, if it fails.
  std::string show(std::string_view soql, const Options& options = {}) const;

  std::string acme, globex, dana, eli, ruiz, queue, a, b, c, d, mail, document;

 private:
  Store store_;
};

/// One org for all tests that only read.
const SampleOrg& sample();

/// The name of a row in a table of cases.
inline const auto named = [](const auto& row) { return std::string{row.param.name}; };

/// `text` as an instant, which the test knows to be one.
WallTime instant(std::string_view text);

}  // namespace casewire::sim::salesforce::soql
