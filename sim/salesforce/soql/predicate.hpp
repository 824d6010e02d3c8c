#pragma once
// Conditions over values. Text compares without case unless the field says otherwise; ids exactly; `!=` and NOT IN are true for
// null, `<` and its kind never; NOT turns a result round, null or not (two values, no third; assumed where undocumented).

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/salesforce/soql/syntax.hpp"

namespace casewire::sim::salesforce::soql {

/// Negative, 0, positive. Both of one kind and not null; integers and doubles mix.
int compare_values(const Value& a, const Value& b, bool exact_text);

struct Test {
  Operator op = Operator::equal;
  bool exact_text = false;
  bool null_is_false = false;                    ///< of a boolean: over a null parent too
  std::vector<Value> values{};                   ///< sorted by sort_values() for IN and NOT IN
  std::vector<std::pair<Value, Value>> spans{};  ///< of date literals: [begin, end)
  std::optional<LikePattern> pattern{};
  std::vector<std::vector<std::string>> choices{};  ///< INCLUDES: any of these, each wholly

  bool matches(const Value& of_row) const;
  void sort_values();

 private:
  bool equals_any(const Value& value) const;
  bool includes(const Value& value) const;
};

struct Predicate {
  enum class Kind { all, any, negation, test };
  Kind kind = Kind::test;
  std::vector<Predicate> parts{};
  std::size_t slot = 0;  ///< whose value is tested
  Test test{};
};

/// The values that a predicate's slots stand for. `scratch` may hold a computed one.
class SlotValues {
 public:
  virtual ~SlotValues() = default;
  virtual const Value& operator()(std::size_t slot, Value& scratch) const = 0;
};
bool holds(const Predicate& predicate, const SlotValues& values);

}  // namespace casewire::sim::salesforce::soql
