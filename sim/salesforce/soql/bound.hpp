#pragma once
// A query whose names are resolved against the schema and whose literals are checked: what the executor runs.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/salesforce/soql/predicate.hpp"
#include "sim/salesforce/soql/syntax.hpp"

namespace casewire::sim::salesforce::soql {

/// A field of a row: by index where the row's type is known, by name behind a reference to several types (Owner, What).
struct FieldSlot {
  static constexpr std::size_t kByName = static_cast<std::size_t>(-1);
  std::size_t index = kByName;
  std::string name{};             ///< as declared
  std::string relationship{};     ///< of a reference
  bool to_several = false;        ///< a reference to more than one type
  bool of_whatever_name = false;  ///< the Name behind such a reference: a Case's is its number
  const Field* find(const SObjectType& type) const {
    if (of_whatever_name) return type.name_field();
    return index == kByName ? type.field(name) : &type.fields[index];
  }
};

/// The way from a row over its parents to a value.
struct BoundPath {
  std::vector<FieldSlot> parents{};  ///< reference fields
  FieldSlot field{};
  const Field* declared = nullptr;  ///< null for the `Type` of a reference to several types: the object's name
};

struct Operand {
  BoundPath path{};
  Function function = Function::none;
  FieldType type = FieldType::string;  ///< of the value, after the function

  /// Ids, and texts of a field that says so, compare by bytes; other texts without case.
  bool exact_text() const {
    return type == FieldType::id || type == FieldType::reference || (path.declared && path.declared->case_sensitive);
  }
};

struct OrderKey {
  std::size_t slot = 0;
  bool descending = false;
  bool nulls_first = true;
  bool exact_text = false;
  std::vector<std::string> picklist{};  ///< the defined order, where there is one
};

struct BoundQuery;

/// What a row shows, in select order; parents merged at the place where they first appeared.
struct Selection {
  struct Member;
  std::vector<Member> members;
  bool names_only = false;  ///< behind a reference to several types: `attributes.type` is "Name"
};
struct Selection::Member {
  enum class Kind { field, parent, type_of, children };
  Kind kind = Kind::field;
  std::string key;
  std::string written_key{};  ///< as it stands before each value; write_keys() makes it
  FieldSlot slot{};           ///< the field; of a parent and a TYPEOF the reference
  bool is_type_name = false;
  bool is_formatted = false;  ///< as the locale writes it
  Selection parent{};
  std::vector<std::pair<const SObjectType*, Selection>> arms{};  ///< null: ELSE
  std::shared_ptr<const BoundQuery> children{};
};

/// Writes the keys of the selection and of its parents; child subqueries have their own.
void write_keys(Selection& selection);

struct Aggregate {
  Function function = Function::count;
  Operand operand{};
};

struct BoundQuery {
  const SObjectType* type = nullptr;
  const Field* parent_reference = nullptr;  ///< of a child subquery: the field that points to the outer row
  std::vector<Operand> operands;            ///< what the slots of `where` mean, and of `order_by` in a query without groups
  std::optional<Predicate> where;
  std::optional<std::size_t> owner;  ///< of USING SCOPE mine: the field that must name the user
  std::string owner_id;
  std::vector<OrderKey> order_by;
  std::optional<std::size_t> limit;
  std::size_t offset = 0;
  bool count_only = false;
  Selection selection;

  // With groups a slot is a key, or behind those an aggregate.
  bool grouped = false;
  std::vector<Operand> keys;
  Subtotals subtotals = Subtotals::none;
  std::vector<Aggregate> aggregates;
  std::optional<Predicate> having;
  struct Column {
    std::string name;
    std::size_t slot = 0;
  };
  std::vector<Column> columns;
};

}  // namespace casewire::sim::salesforce::soql
