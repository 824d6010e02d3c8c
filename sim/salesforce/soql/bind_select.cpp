#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/bounds.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

Selection::Member* find(Selection& selection, Selection::Member::Kind kind, std::string_view key) {
  for (Selection::Member& member : selection.members) {
    if (member.kind == kind && member.key == key) return &member;
  }
  return nullptr;
}

}  // namespace

void write_keys(Selection& selection) {
  for (Selection::Member& member : selection.members) {
    member.written_key = JsonWriter::written_key(member.key);
    write_keys(member.parent);
    for (auto& [type, arm] : member.arms) write_keys(arm);
  }
}

void Binder::select(const Query& query, const Scope& scope, BoundQuery& bound) {
  Selection& selection = bound.selection;
  for (const SelectItem& item : query.select) {
    switch (item.kind) {
      case SelectItem::Kind::expression:
        if (is_of_display(item.expression.function)) {
          add_shown(scope, item, selection);
        } else if (item.expression.function != Function::none) {
          // A date function stands in SELECT only where it is grouped by.
          complain_at(item.offset, "MALFORMED_QUERY", "Field must be grouped or aggregated: " + item.expression.path.text());
        } else {
          add_field(scope, item.expression.path, selection);
        }
        break;
      case SelectItem::Kind::subquery:
        // SOQL and SOSL Reference, "OFFSET"; [assumed wording].
        if (item.subquery->offset > 0 && query.limit != 1)
          complain(complaint("MALFORMED_QUERY", "A subquery can use OFFSET only if its parent has LIMIT 1"));
        add_children(*item.subquery, scope, selection);
        break;
      case SelectItem::Kind::type_of: add_type_of(item, scope, selection); break;
      default: add_fields(item.kind, query, scope, selection); break;
    }
  }
  write_keys(selection);
}

void Binder::add_field(const Scope& scope, const FieldPath& path, Selection& selection) {
  auto found = this->path(scope, path);
  if (!found) return;
  Selection* at = &selection;
  for (const FieldSlot& reference : found->parents) {
    Selection::Member* member = find(*at, Selection::Member::Kind::parent, reference.relationship);
    if (!member) {
      at->members.push_back({.kind = Selection::Member::Kind::parent, .key = reference.relationship, .slot = reference});
      member = &at->members.back();
      member->parent.names_only = reference.to_several;
    }
    at = &member->parent;
  }
  const std::string& key = found->field.name;
  if (find(*at, Selection::Member::Kind::field, key)) {
    return complain(complaint("INVALID_FIELD", "duplicate field selected: " + path.text()));
  }
  at->members.push_back({.key = key, .slot = found->field, .is_type_name = found->declared == nullptr});
}

/// toLabel() and FORMAT(), under the field's own name unless there is an alias.
void Binder::add_shown(const Scope& scope, const SelectItem& item, Selection& selection) {
  Selection own;
  add_field(scope, item.expression.path, own);
  if (own.members.empty()) return;
  const bool is_formatted = item.expression.function == Function::format;
  Selection* from = &own;
  Selection* into = &selection;
  while (from->members.front().kind == Selection::Member::Kind::parent) {
    Selection::Member& parent = from->members.front();
    Selection::Member* there = find(*into, Selection::Member::Kind::parent, parent.key);
    if (!there) {
      into->members.push_back({.kind = parent.kind, .key = parent.key, .slot = parent.slot});
      there = &into->members.back();
      there->parent.names_only = parent.parent.names_only;
    }
    into = &there->parent;
    from = &parent.parent;
  }
  Selection::Member shown = std::move(from->members.front());
  shown.is_formatted = is_formatted;
  if (!item.alias.empty()) {
    shown.key = item.alias;
    into = &selection;
    if (from != &own) return complain(not_modelled("an alias of a parent's field"));
  }
  if (find(*into, Selection::Member::Kind::field, shown.key)) {
    return complain(complaint("INVALID_FIELD", "duplicate field selected: " + item.expression.path.text()));
  }
  into->members.push_back(std::move(shown));
}

void Binder::add_fields(SelectItem::Kind kind, const Query& query, const Scope& scope, Selection& selection) {
  if (kind != SelectItem::Kind::fields_standard && (!query.limit || *query.limit > kFieldsFunctionLimitMax)) {
    return complain(complaint("MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200"));
  }
  for (const Field& field : scope.type->fields) {
    if (kind == SelectItem::Kind::fields_custom && !field.custom) continue;
    if (kind == SelectItem::Kind::fields_standard && field.custom) continue;
    add_field(scope, FieldPath{.steps = {field.name}}, selection);
  }
}

void Binder::add_children(const Query& query, const Scope& scope, Selection& selection) {
  const ChildRelationship* child = scope.type->child(query.from);
  if (!child) {
    return complain_at(query.from_offset, "INVALID_TYPE",
                       "Didn't understand relationship '" + query.from +
                           "' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append "
                           "the '__r' after the custom relationship name. Please reference your WSDL or the describe call for "
                           "the appropriate names.");
  }
  const SObjectType* type = schema_.find(child->object);
  const Field* reference = type ? type->field(child->field) : nullptr;
  if (!reference) return complain(not_modelled("the object behind the child relationship " + child->name));
  if (++child_level_ > kSubqueryLevelsMax) {
    complain(
        complaint("MALFORMED_QUERY",  // [assumed wording]
                  "SOQL statements cannot query aggregate relationships more than 4 levels away from the root entity object."));
    return;
  }
  auto bound = bind(query, *type, true);
  --child_level_;
  bound->parent_reference = reference;
  if (find(selection, Selection::Member::Kind::children, child->name)) {
    return complain(complaint("MALFORMED_QUERY", "duplicate relationship selected: " + child->name));  // [assumed wording]
  }
  selection.members.push_back({.kind = Selection::Member::Kind::children, .key = child->name, .children = std::move(bound)});
}

void Binder::add_type_of(const SelectItem& item, const Scope& scope, Selection& selection) {
  const std::string name = item.expression.path.text();
  const Field* reference = scope.type->relationship(name);
  if (!reference || reference->references.size() < 2) {
    return complain_at(item.expression.offset, "INVALID_FIELD",  // [assumed wording]
                       "TYPEOF needs a polymorphic relationship, found '" + name + "'");
  }
  const auto index = index_of(*scope.type, *reference);
  Selection::Member member{.kind = Selection::Member::Kind::type_of, .key = reference->relationship, .slot = {.index = index}};
  for (const TypeOfArm& arm : item.arms) {
    const SObjectType* type = arm.type.empty() ? nullptr : schema_.find(arm.type);
    const auto& allowed = reference->references;
    if (!arm.type.empty() && (!type || std::find(allowed.begin(), allowed.end(), type->name) == allowed.end())) {
      return complain_at(arm.offset, "INVALID_TYPE", "sObject type '" + arm.type + "' is not supported.");  // [assumed wording]
    }
    Selection fields;
    for (const FieldPath& path : arm.fields) {
      if (type) {
        add_field(Scope{type, {}}, path, fields);
      } else if (path.steps.size() == 1) {
        if (auto found = field_of_name(targets(*reference), path.steps.front(), path.offset))
          fields.members.push_back({.key = found->field.name, .slot = found->field, .is_type_name = found->declared == nullptr});
      } else {
        complain(not_modelled("a parent path in the ELSE of TYPEOF"));
      }
    }
    member.arms.emplace_back(type, std::move(fields));
  }
  selection.members.push_back(std::move(member));
}

}  // namespace casewire::sim::salesforce::soql
