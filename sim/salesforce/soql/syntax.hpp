#pragma once
// The syntax tree of a query: what was written, with names unresolved. Offsets are bytes into the query text, for complaints.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/salesforce/records/value.hpp"
#include "sim/salesforce/soql/date_span.hpp"
#include "sim/salesforce/soql/like_pattern.hpp"

namespace casewire::sim::salesforce::soql {

// clang-format off
enum class Function {
  none,
  count, count_distinct, sum, avg, min, max,
  grouping,  // whether a row of ROLLUP or CUBE sums over all values of a field
  calendar_year, calendar_quarter, calendar_month, day_in_month, day_in_week, day_in_year, day_only, hour_in_day,
  week_in_month, week_in_year,
  to_label, format,
};
// clang-format on
constexpr bool is_aggregate(Function function) { return function >= Function::count && function <= Function::grouping; }
/// How a field is shown, not what it is.
constexpr bool is_of_display(Function function) { return function == Function::to_label || function == Function::format; }

/// `Subject`, or `Contact.Account.Name`.
struct FieldPath {
  std::vector<std::string> steps{};
  std::size_t offset = 0;
  std::string text() const;  ///< with dots, as written
};

/// A field, perhaps inside a function. Only COUNT() stands without a path.
struct Expression {
  Function function = Function::none;
  FieldPath path;
  std::size_t offset = 0;
};

struct Literal {
  Value value{};  ///< null when one of the next two is set
  std::optional<DateLiteral> date_literal{};
  std::optional<LikePattern> pattern{};  ///< of LIKE
  bool quoted = false;
  std::size_t offset = 0;

  bool is_null() const { return salesforce::is_null(value) && !date_literal && !pattern; }
};

enum class Operator { equal, not_equal, less, less_equal, greater, greater_equal, like, in, not_in, includes, excludes };

struct Query;

struct Condition {
  enum class Kind { all, any, negation, comparison };
  Kind kind = Kind::comparison;
  std::vector<Condition> parts{};  ///< one for a negation, two or more for all and any
  // A comparison:
  Expression left{};
  Operator op = Operator::equal;
  std::vector<Literal> values{};
  std::shared_ptr<const Query> subquery{};  ///< of a semi- or anti-join
  std::size_t offset = 0;
};

/// One arm of TYPEOF; the ELSE arm has no type.
struct TypeOfArm {
  std::string type;
  std::size_t offset = 0;
  std::vector<FieldPath> fields{};
};

struct SelectItem {
  enum class Kind { expression, fields_all, fields_standard, fields_custom, subquery, type_of };
  Kind kind = Kind::expression;
  Expression expression{};  ///< of a TYPEOF: the relationship
  std::string alias{};
  std::shared_ptr<const Query> subquery{};
  std::vector<TypeOfArm> arms{};
  std::size_t offset = 0;
};

struct OrderItem {
  Expression expression;
  bool descending = false;
  bool nulls_first = true;
};

/// Which sums a grouped query shows beside those of its groups: with ROLLUP for every beginning of its fields, with CUBE for every choice.
enum class Subtotals { none, rollup, cube };

struct Query {
  bool count_only = false;  ///< SELECT COUNT()
  std::vector<SelectItem> select;
  std::string from;  ///< an object, or in a child subquery a relationship
  std::size_t from_offset = 0;
  std::string alias;
  std::vector<std::pair<std::string, FieldPath>> joined{};  ///< `Case c, c.Account a`: further aliases, each for a parent
  bool only_own = false;                                    ///< USING SCOPE mine
  std::string asker{};                                      ///< whose, then
  std::optional<Condition> where;
  std::vector<Expression> group_by;
  Subtotals subtotals = Subtotals::none;
  std::optional<Condition> having;
  std::vector<OrderItem> order_by;
  std::optional<std::size_t> limit;
  std::size_t offset = 0;
  bool marks_viewed = false;
};

}  // namespace casewire::sim::salesforce::soql
