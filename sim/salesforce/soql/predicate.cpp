#include "sim/salesforce/soql/predicate.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/collation.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

template <class T>
int three_way(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

double number(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&value);
  return real ? *real : 0;
}

}  // namespace

int compare_values(const Value& a, const Value& b, bool exact_text) {
  if (a.index() != b.index()) return three_way(number(a), number(b));
  if (const auto* text = std::get_if<std::string>(&a)) {
    const auto& other = std::get<std::string>(b);
    return exact_text ? text->compare(other) : compare_folded(*text, other);
  }
  return three_way(a, b);
}

void Test::sort_values() {
  // Nulls first: they compare with nothing else.
  std::sort(values.begin(), values.end(), [this](const Value& a, const Value& b) {
    if (is_null(a) || is_null(b)) return is_null(a) && !is_null(b);
    return compare_values(a, b, exact_text) < 0;
  });
}

bool Test::equals_any(const Value& value) const {
  const bool has_null = !values.empty() && is_null(values.front());
  if (is_null(value)) return has_null;
  for (const auto& [begin, end] : spans) {
    if (compare_values(value, begin, true) >= 0 && compare_values(value, end, true) < 0) return true;
  }
  const auto first = std::find_if(values.begin(), values.end(), [](const Value& v) { return !is_null(v); });
  const auto found = std::lower_bound(first, values.end(), value,
                                      [this](const Value& a, const Value& b) { return compare_values(a, b, exact_text) < 0; });
  return found != values.end() && compare_values(*found, value, exact_text) == 0;
}

bool Test::includes(const Value& value) const {
  const auto* text = std::get_if<std::string>(&value);
  if (!text) return false;
  const auto chosen = split(*text, ';');
  return std::any_of(choices.begin(), choices.end(), [&](const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
      return std::any_of(chosen.begin(), chosen.end(), [&](std::string_view c) { return compare_folded(c, one) == 0; });
    });
  });
}

bool Test::matches(const Value& of_row) const {
  static const Value no{false};
  const Value& value = null_is_false && is_null(of_row) ? no : of_row;
  switch (op) {
    case Operator::equal:
    case Operator::in: return equals_any(value);
    case Operator::not_equal:
    case Operator::not_in: return !equals_any(value);
    case Operator::includes: return includes(value);
    case Operator::excludes: return !includes(value);
    case Operator::like: {
      const auto* text = std::get_if<std::string>(&value);
      return text && pattern && pattern->matches(*text);
    }
    default: break;
  }
  // Of a span, `<` and `>=` look at its begin, `>` and `<=` at its end (which is the first instant behind it).
  const bool behind = op == Operator::greater || op == Operator::less_equal;
  const Value& bound = spans.empty() ? values.front() : behind ? spans.front().second : spans.front().first;
  if (is_null(value) || is_null(bound)) return false;
  const int order = compare_values(value, bound, exact_text);
  if (!spans.empty()) return op == Operator::less || op == Operator::less_equal ? order < 0 : order >= 0;
  switch (op) {
    case Operator::less: return order < 0;
    case Operator::less_equal: return order <= 0;
    case Operator::greater: return order > 0;
    default: return order >= 0;
  }
}

bool holds(const Predicate& predicate, const SlotValues& values) {
  switch (predicate.kind) {
    case Predicate::Kind::all:
      return std::all_of(predicate.parts.begin(), predicate.parts.end(), [&](const auto& p) { return holds(p, values); });
    case Predicate::Kind::any:
      return std::any_of(predicate.parts.begin(), predicate.parts.end(), [&](const auto& p) { return holds(p, values); });
    case Predicate::Kind::negation: return !holds(predicate.parts.front(), values);
    case Predicate::Kind::test: break;
  }
  Value scratch;
  return predicate.test.matches(values(predicate.slot, scratch));
}

}  // namespace casewire::sim::salesforce::soql
