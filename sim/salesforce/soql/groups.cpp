#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/bounds.hpp"
#include "sim/salesforce/soql/executor.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

/// Nulls first, then by value; text without case, as it groups.
struct ValueOrder {
  bool operator()(const Value& a, const Value& b) const {
    if (is_null(a) || is_null(b)) return is_null(a) && !is_null(b);
    return compare_values(a, b, false) < 0;
  }
};
/// What a row of the result stands for: values of the keys, and which of them it sums over (their values are null then).
struct Key {
  std::vector<Value> values;
  unsigned over = 0;  ///< a bit for each

  bool sums_over(std::size_t at) const { return (over >> at & 1U) != 0; }
};
/// By value; a sum stands behind what it sums.
struct KeyOrder {
  bool operator()(const Key& a, const Key& b) const {
    for (std::size_t i = 0; i < a.values.size(); ++i) {
      if (a.sums_over(i) != b.sums_over(i)) return b.sums_over(i);
      if (ValueOrder{}(a.values[i], b.values[i])) return true;
      if (ValueOrder{}(b.values[i], a.values[i])) return false;
    }
    return false;
  }
};

/// Over which keys each kind of row sums. Source: SOQL and SOSL Reference, "GROUP BY ROLLUP", "GROUP BY CUBE".
std::vector<unsigned> sums_of(const BoundQuery& query) {
  const unsigned all = (1U << query.keys.size()) - 1;
  switch (query.subtotals) {
    case Subtotals::none: return {0};
    case Subtotals::rollup: {
      std::vector<unsigned> sums;
      for (std::size_t kept = 0; kept <= query.keys.size(); ++kept) sums.push_back(all & ~((1U << kept) - 1));
      return sums;
    }
    case Subtotals::cube: {
      std::vector<unsigned> sums(all + 1);
      std::iota(sums.begin(), sums.end(), 0U);
      return sums;
    }
  }
  return {0};
}

/// What one aggregate has seen of one group. Nulls are ignored; a sum, average, minimum or maximum over none is null.
struct Accumulator {
  std::int64_t count = 0;
  std::int64_t whole_sum = 0;
  double sum = 0;
  bool is_whole = true;
  Value extreme;
  std::set<Value, ValueOrder> distinct;

  void add(const Aggregate& aggregate, const Value& value) {
    const Function function = aggregate.function;
    if (is_null(value)) return;
    ++count;
    switch (function) {
      case Function::count_distinct: distinct.insert(value); break;
      case Function::sum:
      case Function::avg:
        if (const auto* whole = std::get_if<std::int64_t>(&value)) {
          is_whole = is_whole && !__builtin_add_overflow(whole_sum, *whole, &whole_sum);
          sum += static_cast<double>(*whole);
        } else {
          is_whole = false;
          sum += std::get<double>(value);
        }
        break;
      case Function::min:
      case Function::max: {
        const int order = is_null(extreme) ? 0 : compare_values(value, extreme, aggregate.operand.exact_text());
        if (is_null(extreme) || (function == Function::min ? order < 0 : order > 0)) extreme = value;
        break;
      }
      default: break;
    }
  }

  Value result(Function function) const {
    switch (function) {
      case Function::count: return count;
      case Function::count_distinct: return static_cast<std::int64_t>(distinct.size());
      case Function::sum:
        if (count == 0) return {};
        return is_whole ? Value{whole_sum} : Value{sum};
      case Function::avg: return count == 0 ? Value{} : Value{sum / static_cast<double>(count)};
      default: return extreme;
    }
  }
};

using Group = std::vector<Value>;  // keys, then results

class GroupValues final : public SlotValues {
 public:
  explicit GroupValues(const Group& group) : group_(group) {}
  const Value& operator()(std::size_t slot, Value&) const override { return group_[slot]; }

 private:
  const Group& group_;
};

std::vector<Group> collect(const BoundQuery& query, const Reader& reader) {
  std::map<Key, std::vector<Accumulator>, KeyOrder> groups;
  const auto sums = sums_of(query);
  if (query.keys.empty()) groups[{}].resize(query.aggregates.size());
  BoundQuery rows_only;
  rows_only.type = query.type;
  rows_only.operands = query.operands;
  rows_only.where = query.where;
  rows_only.owner = query.owner;
  rows_only.owner_id = query.owner_id;
  Value scratch;
  for (const Record* row : matching_rows(rows_only, reader)) {
    std::vector<Value> values;
    values.reserve(query.keys.size());
    for (const Operand& operand : query.keys) values.push_back(reader.value(*row, operand, scratch));
    for (const unsigned over : sums) {
      Key key{values, over};
      for (std::size_t i = 0; i < values.size(); ++i)
        if (key.sums_over(i)) key.values[i] = Value{};
      auto& accumulators = groups[std::move(key)];
      accumulators.resize(query.aggregates.size());
      for (std::size_t i = 0; i < accumulators.size(); ++i) {
        const Aggregate& aggregate = query.aggregates[i];
        accumulators[i].add(aggregate, reader.value(*row, aggregate.operand, scratch));
      }
    }
  }
  std::vector<Group> result;
  for (const auto& [key, accumulators] : groups) {
    Group group = key.values;
    for (std::size_t i = 0; i < accumulators.size(); ++i) {
      const Aggregate& aggregate = query.aggregates[i];
      if (aggregate.function == Function::grouping)
        group.push_back(std::int64_t{key.sums_over(*grouping_key(query, aggregate.operand)) ? 1 : 0});
      else
        group.push_back(accumulators[i].result(aggregate.function));
    }
    if (!query.having || holds(*query.having, GroupValues{group})) result.push_back(std::move(group));
  }
  return result;
}

}  // namespace

Result<Records, Error> aggregate_records(const BoundQuery& query, const Reader& reader) {
  std::vector<Group> groups = collect(query, reader);
  std::stable_sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
    for (const OrderKey& key : query.order_by) {
      const int order = compare_by_key(key, a[key.slot], b[key.slot]);
      if (order != 0) return order < 0;
    }
    return false;
  });
  groups.erase(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(std::min(query.offset, groups.size())));
  if (query.limit && groups.size() > *query.limit) groups.resize(*query.limit);
  if (groups.size() > kGroupsMax) {
    return fail(complaint("EXCEEDED_ID_LIMIT",
                          "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch"));
  }
  Records records;
  JsonWriter json;
  for (const Group& group : groups) {
    json.begin_object();
    json.key("attributes");
    json.begin_object();
    json.key("type");
    json.string("AggregateResult");
    json.end_object();
    for (const BoundQuery::Column& column : query.columns) {
      json.key(column.name);
      write_json(json, group[column.slot]);
    }
    json.end_object();
    records.ends.push_back(json.bytes());
  }
  records.text = json.take();
  return records;
}

}  // namespace casewire::sim::salesforce::soql
