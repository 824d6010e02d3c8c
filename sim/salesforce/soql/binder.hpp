#pragma once
// Resolves a syntax tree against the schema: names, relationships, what may be filtered, sorted and grouped, literal types. Keeps
// the first complaint and goes on with placeholders; a query with a complaint must not be run.

#include <functional>
#include <string_view>

#include "sim/salesforce/soql/bound.hpp"
#include "sim/salesforce/soql/complaint.hpp"

namespace casewire::sim::salesforce::soql {

class Binder {
 public:
  /// Runs the inner query of a semi-join: the values of `operand` in its rows.
  using InnerValues = std::function<std::vector<Value>(const BoundQuery&, const Operand& operand)>;

  Binder(const Schema& schema, WallTime now, std::string_view text, InnerValues inner_values)
      : schema_(schema), now_(now), text_(text), inner_values_(std::move(inner_values)) {}

  std::shared_ptr<const BoundQuery> query(const Query& query);
  std::optional<Error>& error() { return error_; }
  /// What was bound would be the same at another time, over other rows.
  bool is_lasting() const { return is_lasting_; }

 private:
  /// What names mean at one place.
  struct Scope {
    const SObjectType* type = nullptr;
    std::string_view alias;
    const std::vector<std::pair<std::string, FieldPath>>* joined = nullptr;
  };
  enum class Use { select, filter, sort, group, aggregate };
  enum class Place { top, under_or, nested };

  void complain(Error error) {
    if (!error_) error_ = std::move(error);
  }
  void complain_at(std::size_t offset, std::string code, std::string_view what) {
    complain(complaint_at(text_, offset, std::move(code), what));
  }

  // ---- bind_path.cpp
  std::optional<Operand> operand(const Scope& scope, const Expression& expression, Use use);
  std::optional<BoundPath> path(const Scope& scope, const FieldPath& written);
  /// The reference field of a step; nullptr with a complaint.
  const Field* relationship(const std::vector<const SObjectType*>& types, bool is_name, const std::string& name,
                            std::size_t offset);
  /// A field of the object Name, for rows of any of the types; nullopt with a complaint.
  std::optional<BoundPath> field_of_name(const std::vector<const SObjectType*>& types, const std::string& name,
                                         std::size_t offset);
  /// The objects that a reference leads to; empty with a complaint when the schema has none of them.
  std::vector<const SObjectType*> targets(const Field& reference);
  /// The steps without a leading alias or object name.
  static std::size_t first_step(const Scope& scope, const FieldPath& path);
  /// With the parents' names in place of a further alias.
  static FieldPath without_joined(const Scope& scope, FieldPath path);

  // ---- bind_condition.cpp
  using SlotOf = std::function<std::size_t(const Expression&, std::optional<Operand>&)>;
  Predicate condition(const Condition& condition, const SlotOf& slot_of, Place place);
  Predicate comparison(const Condition& condition, const SlotOf& slot_of);
  void literal(const Condition& condition, const Literal& literal, const Operand& operand, Test& test);
  void semi_join(const Condition& condition, const Operand& left, Test& test);
  bool check_inner_object(const Query& inner);
  std::vector<std::string> objects_of(const Operand& operand) const;
  void check_operator(const Condition& condition, const Operand& operand);
  std::size_t where_slot(BoundQuery& bound, Operand operand);

  // ---- bind_select.cpp
  void select(const Query& query, const Scope& scope, BoundQuery& bound);
  void add_field(const Scope& scope, const FieldPath& path, Selection& selection);
  void add_shown(const Scope& scope, const SelectItem& item, Selection& selection);
  void add_fields(SelectItem::Kind kind, const Query& query, const Scope& scope, Selection& selection);
  void add_children(const Query& query, const Scope& scope, Selection& selection);
  void add_type_of(const SelectItem& item, const Scope& scope, Selection& selection);

  // ---- bind_groups.cpp
  void groups(const Query& query, const Scope& scope, BoundQuery& bound);
  std::optional<std::size_t> group_slot(const Scope& scope, const Expression& expression, BoundQuery& bound, Use use);

  // ---- binder.cpp
  std::shared_ptr<BoundQuery> bind(const Query& query, const SObjectType& type, bool is_child);
  void order(const Query& query, const Scope& scope, BoundQuery& bound);
  void check_content_document_link(const Query& query);
  void check_feed_item(const Query& query);

  const Schema& schema_;
  WallTime now_;
  std::string_view text_;
  InnerValues inner_values_;
  std::optional<Error> error_;
  std::size_t semi_join_count_ = 0;
  bool in_semi_join_ = false;
  const SObjectType* asked_ = nullptr;  ///< whose WHERE is being bound
  std::size_t child_level_ = 0;
  bool is_lasting_ = true;
};

/// Whether both stand for the same value of a row.
bool same_operand(const Operand& a, const Operand& b);
/// Of which key the GROUPING() tells; nullopt when the query has no subtotals over it.
std::optional<std::size_t> grouping_key(const BoundQuery& query, const Operand& grouping);
/// The declared path, for messages: `Contact.Email`.
std::string display_name(const BoundPath& path);

}  // namespace casewire::sim::salesforce::soql
