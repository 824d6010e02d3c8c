#include "sim/salesforce/soql/executor.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <numeric>

namespace casewire::sim::salesforce::soql {
namespace {

class RowValues final : public SlotValues {
 public:
  RowValues(const Record& row, const std::vector<Operand>& operands, const Reader& reader)
      : row_(row), operands_(operands), reader_(reader) {}
  const Value& operator()(std::size_t slot, Value& scratch) const override {
    return reader_.value(row_, operands_[slot], scratch);
  }

 private:
  const Record& row_;
  const std::vector<Operand>& operands_;
  const Reader& reader_;
};

using Visit = std::function<bool(const Record&)>;

/// The rows where `test` can hold, from an index; false when there is none for it.
bool visit_indexed(const Predicate& test, const BoundQuery& query, const Reader& reader, const Visit& visit) {
  const Operand& operand = query.operands[test.slot];
  const bool is_equality = test.test.op == Operator::equal || test.test.op == Operator::in;
  if (!is_equality || !test.test.spans.empty() || !operand.path.parents.empty() || operand.function != Function::none)
    return false;
  const Field& field = *operand.path.declared;
  const auto& values = test.test.values;
  // An index may fold the case of ASCII only; other texts are found by looking at every row.
  const auto is_plain = [](const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text && std::all_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  if (!std::all_of(values.begin(), values.end(), is_plain)) return false;
  const std::string* previous = nullptr;
  for (const Value& value : values) {
    const auto& text = std::get<std::string>(value);
    // Values are sorted: equal ones are neighbours, and their rows must come once.
    if (previous && compare_values(Value{*previous}, value, test.test.exact_text) == 0) continue;
    previous = &text;
    if (field.type == FieldType::id) {
      const Record* row = reader.database().row(text);
      if (row && row->type == query.type) visit(*row);
    } else if (!reader.database().indexed(*query.type, field, text, visit)) {
      return false;
    }
  }
  return true;
}

bool visit_by_condition(const BoundQuery& query, const Reader& reader, const Visit& visit) {
  // Indexes know live rows only.
  if (!query.where || reader.with_deleted()) return false;
  if (query.where->kind == Predicate::Kind::test) return visit_indexed(*query.where, query, reader, visit);
  if (query.where->kind != Predicate::Kind::all) return false;
  const auto& parts = query.where->parts;
  return std::any_of(parts.begin(), parts.end(), [&](const Predicate& part) {
    return part.kind == Predicate::Kind::test && visit_indexed(part, query, reader, visit);
  });
}

bool by_id(const Record* a, const Record* b) {
  return std::get<std::string>(a->values.front()) < std::get<std::string>(b->values.front());
}

enum class By { id, id_backwards };

/// The rows that may match, each once; `sink` takes those that do.
void visit_matching(const BoundQuery& query, const Reader& reader, const Record* parent, By order, const Visit& sink) {
  const auto keep = [&](const Record& row) {
    if (query.owner && row.values[*query.owner] != Value{query.owner_id}) return false;
    return !query.where || holds(*query.where, RowValues{row, query.operands, reader});
  };
  std::vector<const Record*> found;
  const Visit collect = [&](const Record& row) {
    if (reader.is_visible(row) && keep(row)) found.push_back(&row);
    return true;
  };
  if (parent) {
    const std::string id = std::get<std::string>(parent->values.front());
    const FieldSlot reference{.index = index_of(*query.type, *query.parent_reference)};
    const bool by_index = !reader.with_deleted() && reader.database().indexed(*query.type, *query.parent_reference, id, collect);
    if (!by_index) {
      found.clear();
      reader.database().each(*query.type, reader.with_deleted(), [&](const Record& row) {
        const auto* text = std::get_if<std::string>(&reader.value(row, reference));
        return !text || *text != id || collect(row);
      });
    }
  } else if (!visit_by_condition(query, reader, collect)) {
    const Visit keep_and_sink = [&](const Record& row) { return !keep(row) || sink(row); };
    if (order == By::id) {
      reader.database().each(*query.type, reader.with_deleted(), keep_and_sink);
    } else {
      reader.database().each_backwards(*query.type, reader.with_deleted(), keep_and_sink);
    }
    return;
  }
  std::sort(found.begin(), found.end(), by_id);
  if (order == By::id_backwards) std::reverse(found.begin(), found.end());
  for (const Record* row : found) {
    if (!sink(*row)) return;
  }
}

void sort_rows(std::vector<const Record*>& rows, const BoundQuery& query, const Reader& reader) {
  const std::size_t width = query.order_by.size();
  std::vector<const Value*> keys;
  std::deque<Value> computed;  // what stands in no row
  keys.reserve(rows.size() * width);
  for (const Record* row : rows) {
    for (const OrderKey& key : query.order_by) {
      Value scratch;
      const Value& value = reader.value(*row, query.operands[key.slot], scratch);
      keys.push_back(&value != &scratch ? &value : &computed.emplace_back(std::move(scratch)));
    }
  }
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto comes_first = [&](std::size_t a, std::size_t b) {
    for (std::size_t k = 0; k < width; ++k) {
      const int c = compare_by_key(query.order_by[k], *keys[a * width + k], *keys[b * width + k]);
      if (c != 0) return c < 0;
    }
    return false;
  };
  // Rows came by Id, which is the order of their numbers and dates too: most often nothing is left to do.
  if (std::is_sorted(order.begin(), order.end(), comes_first)) return;
  std::stable_sort(order.begin(), order.end(), comes_first);  // equal ones stay by Id
  std::vector<const Record*> sorted;
  sorted.reserve(rows.size());
  for (const std::size_t i : order) sorted.push_back(rows[i]);
  rows = std::move(sorted);
}

bool comes_by_id(const Operand& operand, const BoundQuery& query, const Reader& reader) {
  const BoundPath& path = operand.path;
  return operand.function == Function::none && path.parents.empty() && path.declared &&
         path.field.find(*query.type) == path.declared && reader.database().ascends(*query.type, *path.declared);
}

bool are_equal(const Operand& operand, const OrderKey& key, const Record& a, const Record& b, const Reader& reader) {
  Value of_a, of_b;
  return compare_by_key(key, reader.value(a, operand, of_a), reader.value(b, operand, of_b)) == 0;
}

std::size_t picklist_rank(const std::vector<std::string>& picklist, const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto found = text ? std::find(picklist.begin(), picklist.end(), *text) : picklist.end();
  return static_cast<std::size_t>(found - picklist.begin());
}

}  // namespace

int compare_by_key(const OrderKey& key, const Value& a, const Value& b) {
  if (is_null(a) || is_null(b)) {
    if (is_null(a) && is_null(b)) return 0;
    return is_null(a) == key.nulls_first ? -1 : 1;
  }
  int order = 0;
  if (!key.picklist.empty()) {
    const std::size_t left = picklist_rank(key.picklist, a);
    const std::size_t right = picklist_rank(key.picklist, b);
    order = left < right ? -1 : left > right ? 1 : 0;
  }
  if (order == 0) order = compare_values(a, b, key.exact_text);
  return key.descending ? -order : order;
}

std::vector<const Record*> matching_rows(const BoundQuery& query, const Reader& reader, const Record* parent) {
  const std::size_t limit = query.limit.value_or(std::numeric_limits<std::size_t>::max() - query.offset);
  std::vector<const Record*> rows;
  if (limit == 0) return rows;
  const OrderKey* key = query.order_by.empty() ? nullptr : &query.order_by.front();
  const bool come_sorted = !key || comes_by_id(query.operands[key->slot], query, reader);
  const By order = key && come_sorted && key->descending ? By::id_backwards : By::id;
  // Of equals a further key decides, or the Id: then all of them are looked at.
  const bool equals_count = query.order_by.size() > 1 || order == By::id_backwards;
  visit_matching(query, reader, parent, order, [&](const Record& row) {
    const bool are_enough = come_sorted && rows.size() >= query.offset + limit;
    if (are_enough && !are_equal(query.operands[key->slot], *key, *rows.back(), row, reader)) return false;
    rows.push_back(&row);
    return !come_sorted || equals_count || rows.size() < query.offset + limit;
  });
  if (order == By::id_backwards) std::reverse(rows.begin(), rows.end());
  if (key) sort_rows(rows, query, reader);
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(query.offset, rows.size())));
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

}  // namespace casewire::sim::salesforce::soql
