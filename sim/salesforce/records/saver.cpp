#include "sim/salesforce/records/saver.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/records/behaviour.hpp"
#include "sim/salesforce/records/owner.hpp"
#include "sim/salesforce/records/validate.hpp"

namespace casewire::sim::salesforce {
namespace {

// Deeper nests of dependent rows do not exist in the modelled objects; a loop in org data ends here.
constexpr std::size_t kCascadeDepthMax = 8;

SaveErrors unwritable(const std::vector<const Field*>& fields) {
  std::vector<std::string> names;
  std::string list;
  for (const auto* field : fields) {
    names.push_back(field->name);
    list += (list.empty() ? "" : ", ") + field->name;
  }
  return {{.code = "INVALID_FIELD_FOR_INSERT_UPDATE",
           .message = "Unable to create/update fields: " + list +
                      ". Please check the security settings of this field and verify that it is read/write for your profile or "
                      "permission set.",
           .fields = std::move(names)}};
}

// Stricter than what is known: a type that fits is ignored by the vendor, of one that does not nothing was captured.
SaveErrors other_type(const SObjectType& type, const Json& fields) {
  const auto& named = member(member(fields, "attributes"), "type");
  if (!named.is_string() || equals_ignoring_case(named.get_ref<const std::string&>(), type.name)) return {};
  return {request_error("INVALID_TYPE", "attributes.type is " + named.get<std::string>() + " and not " + type.name)};
}

SaveErrors id_in_body() {
  auto error = request_error("INVALID_FIELD", "The Id field should not be specified in the sobject data.");
  error.fields = {{"Id"}};
  return {std::move(error)};
}

// Without regard to case, as the platform reads names.
bool names_member(const Json& object, std::string_view name) {
  for (const auto& [member, value] : object.items())
    if (equals_ignoring_case(member, name)) return true;
  return false;
}

void apply_defaults(Draft& draft) {
  for (std::size_t i = 0; i < draft.type.fields.size(); ++i) {
    const auto& field = draft.type.fields[i];
    if (!is_null(draft.values[i])) continue;
    const bool written = std::find(draft.written.begin(), draft.written.end(), i) != draft.written.end();
    if (field.type == FieldType::boolean)
      draft.values[i] = field.default_value == "true" && !written;
    else if (!written && !field.default_value.empty())
      draft.values[i] = field.default_value;
  }
}

// A file that hangs on both hangs on the master once.
bool would_double_link(Store& store, const Row& link, const Row& to) {
  if (link.type->name != "ContentDocumentLink") return false;
  const auto links = store.matching(*link.type, *link.type->field("LinkedEntityId"), to.id);
  return std::any_of(links.begin(), links.end(),
                     [&](const Row* other) { return other->at("ContentDocumentId") == link.at("ContentDocumentId"); });
}

SaveErrors unsupported(const SObjectType& type, std::string_view call) {
  if (const auto* behaviour = behaviour_of(type.name); behaviour && behaviour->writes_not_modelled)
    return {not_modelled_error("changes of the object " + type.name)};
  return {request_error("INVALID_TYPE_FOR_OPERATION", "entity type " + type.name + " does not support " + std::string{call})};
}

void stamp(Draft& draft) {
  const auto now = whole_seconds(draft.store.now());
  const auto put = [&](std::string_view name, Value value) {
    if (const auto* field = draft.type.field(name)) draft.values[index_of(draft.type, *field)] = std::move(value);
  };
  if (!draft.before) {
    put("Id", draft.id);
    put("CreatedDate", now);
    put("CreatedById", draft.actor.user_id);
  }
  put("LastModifiedDate", now);
  put("LastModifiedById", draft.actor.user_id);
  put("SystemModstamp", now);
}

}  // namespace

Value& Draft::operator[](std::string_view name) {
  const auto* field = type.field(name);
  assert(field);
  return values[index_of(type, *field)];
}

std::string Draft::text(std::string_view name) {
  const auto* text = std::get_if<std::string>(&(*this)[name]);
  return text ? *text : std::string{};
}

bool Draft::wrote(std::string_view name) const {
  const auto* field = type.field(name);
  return field && std::find(written.begin(), written.end(), index_of(type, *field)) != written.end();
}

bool Draft::changes(std::string_view name) { return before ? (*this)[name] != before->at(name) : !is_null((*this)[name]); }

SaveResult Saver::create(const Actor& actor, const SObjectType& type, const Json& fields) {
  if (!type.createable) return {.errors = unsupported(type, "create")};
  if (!rights.may(actor.user_id, type, Rights::Right::create)) return {.errors = {no_right_to_create_error(type)}};
  Draft draft{.store = store_, .actor = actor, .type = type, .id = store_.next_id(type)};
  draft.values.resize(type.fields.size());
  return save(std::move(draft), fields);
}

SaveResult Saver::update(const Actor& actor, Row& row, const Json& fields) {
  if (row.deleted) return {.errors = {deleted_error(404)}};
  if (!row.type->updateable) return {.errors = unsupported(*row.type, "update")};
  if (!rights.may(actor.user_id, *row.type, Rights::Right::edit)) return {.errors = {no_rights_error()}};
  Row before = row;
  Draft draft{.store = store_, .actor = actor, .type = *row.type, .before = &before, .id = row.id, .values = row.values.list()};
  return save(std::move(draft), fields);
}

SaveResult Saver::save(Draft draft, const Json& fields) {
  const auto start = store_.mark();
  const auto* behaviour = behaviour_of(draft.type.name);
  const auto refused = [&](SaveErrors errors) {
    store_.roll_back(start);
    return SaveResult{.id = draft.before ? draft.id : std::string{}, .errors = std::move(errors)};
  };
  const auto kind = draft.before ? Obstacles::Kind::update : Obstacles::Kind::create;
  if (auto errors = read_members(draft, fields); !errors.empty()) return refused(std::move(errors));
  if (auto errors = obstacles.meet(draft.type, kind, draft.actor.by_api); !errors.empty()) return refused(std::move(errors));
  if (!draft.before) apply_defaults(draft);
  if (auto errors = check_written(store_, draft.type, draft.values, draft.written); !errors.empty())
    return refused(std::move(errors));
  if (auto errors = settle_owner(draft); !errors.empty()) return refused(std::move(errors));
  if (behaviour && behaviour->before_save)
    if (auto errors = behaviour->before_save(draft, *this); !errors.empty()) return refused(std::move(errors));
  if (auto errors = check_required(draft.type, draft.values, draft.written); !errors.empty()) return refused(std::move(errors));
  if (auto errors = obstacles.check_rules(draft.type, draft.values); !errors.empty()) return refused(std::move(errors));
  if (auto errors = obstacles.check_locks(draft.type, draft.values, draft.id, store_.schema(), store_.now()); !errors.empty())
    return refused(std::move(errors));
  if (auto errors = check_unique(store_, draft.type, draft.values, draft.before ? draft.id : ""); !errors.empty())
    return refused(std::move(errors));
  Row& row = write(draft);
  if (behaviour && behaviour->after_save)
    if (auto errors = behaviour->after_save(draft, row, *this); !errors.empty()) return refused(std::move(errors));
  run_assignment(draft.actor, row);
  return {.id = row.id, .created = draft.before == nullptr};
}

SaveErrors Saver::misread(const Actor& actor, const SObjectType& type, const Json& fields) {
  if (auto errors = other_type(type, fields); !errors.empty()) return errors;
  for (const auto& [member, value] : fields.items()) {
    if (equals_ignoring_case(member, "attributes")) continue;
    if (equals_ignoring_case(member, "Id")) return id_in_body();
    const auto* field = type.field(member);
    if (!field && type.relationship(member) && value.is_object()) continue;
    if (!field) return {unknown_field_error(type, member)};
    auto read = coerce(*field, value, actor.place, member);
    if (!read && !read.error().fields) return {std::move(read.error())};
  }
  return {};
}

SaveErrors Saver::read_members(Draft& draft, const Json& fields) {
  if (auto errors = other_type(draft.type, fields); !errors.empty()) return errors;
  std::vector<const Field*> refused;
  std::set<std::size_t> seen;
  for (const auto& [member, value] : fields.items()) {
    if (equals_ignoring_case(member, "attributes")) continue;
    if (equals_ignoring_case(member, "Id")) return id_in_body();
    const auto* field = draft.type.field(member);
    const auto* parent = field ? nullptr : draft.type.relationship(member);
    if (parent && value.is_null())
      return {request_error("INVALID_FIELD", "The relationship '" + member + "' is cleared through " + parent->name)};
    if (parent && value.is_object()) {
      if (names_member(fields, parent->name))
        return {record_error("INVALID_FIELD", "Cannot specify both an external ID reference " + parent->relationship +
                                                  " and a salesforce id, " + parent->name)};
      if (auto errors = read_parent(draft, *parent, value, member); !errors.empty()) return errors;
      field = parent;
    } else if (!field) {
      return {unknown_field_error(draft.type, member)};
    } else {
      auto read = coerce(*field, value, draft.actor.place, member);
      if (!read) return {std::move(read.error())};
      if (field->type == FieldType::base64) {
        if (auto* bytes = std::get_if<std::string>(&*read)) draft.bytes = std::move(*bytes);
      } else {
        draft.values[index_of(draft.type, *field)] = std::move(*read);
      }
    }
    const bool is_writable = draft.before ? field->updateable : field->createable;
    if (!is_writable || !rights.may_write(draft.actor.user_id, draft.type, *field)) refused.push_back(field);
    if (seen.insert(index_of(draft.type, *field)).second) draft.written.push_back(index_of(draft.type, *field));
  }
  return refused.empty() ? SaveErrors{} : unwritable(refused);
}

// `"Contact": {"Email": "dana@example.test"}`: the parent by one of its keys instead of by its id.
SaveErrors Saver::read_parent(Draft& draft, const Field& reference, const Json& parent, std::string_view member) {
  auto& value = draft.values[index_of(draft.type, reference)];
  std::string target_name = string_member(casewire::member(parent, "attributes"), "type");
  if (target_name.empty() && reference.references.size() == 1) target_name = reference.references.front();
  const auto* target = store_.schema().find(target_name);
  if (!target)
    return {request_error("INVALID_FIELD", "The relationship '" + std::string{member} + "' needs attributes.type first")};
  if (parent.size() > (names_member(parent, "attributes") ? 2u : 1u))
    return {record_error("INVALID_FIELD",
                         "More than 1 field provided in an external foreign key reference in entity: " + target->name)};
  for (const auto& [name, key] : parent.items()) {
    if (equals_ignoring_case(name, "attributes")) continue;
    const auto* field = target->field(name);
    if (!field || !(field->id_lookup || field->external_id) || field->type == FieldType::id || !key.is_string())
      return {unknown_field_error(*target, name)};
    const auto rows = store_.matching(*target, *field, key.get<std::string>());
    if (rows.size() > 1) return {several_rows_error(*field, rows)};
    if (rows.empty())
      return {record_error("INVALID_FIELD", "Foreign key external ID: " + lowercase(key.get<std::string>()) +
                                                " not found for field " + field->name + " in entity " + target->name)};
    value = rows.front()->id;
    return {};
  }
  return {request_error("INVALID_FIELD", "The relationship '" + std::string{member} + "' names no key")};
}

Row& Saver::write(Draft& draft) {
  stamp(draft);
  Row* row = nullptr;
  if (draft.before) {
    row = store_.find(draft.id);
    for (std::size_t i = 0; i < draft.values.size(); ++i)
      if (row->values[i] != draft.values[i]) store_.set(*row, i, draft.values[i]);
  } else {
    row = &store_.insert(draft.type, draft.id, draft.values);
  }
  if (draft.bytes) store_.put_bytes(*row, std::move(*draft.bytes));
  store_.note({.kind = draft.before ? Change::Kind::update : Change::Kind::insert,
               .row = row,
               .before = draft.before ? draft.before->values.list() : std::vector<Value>{},
               .after = draft.values,
               .user_id = draft.actor.user_id});
  return *row;
}

void Saver::run_assignment(const Actor& actor, Row& row) {
  if (!actor.auto_assign) return;
  for (const auto& rule : assignment_)
    if (rule.object == row.type->name && row.text("OwnerId") != rule.owner_id) store_.set(row, "OwnerId", rule.owner_id);
}

Row& Saver::create_by_system(const Actor& actor, std::string_view object, std::span<const NamedValue> values) {
  const auto* type = store_.schema().find(object);
  assert(type);
  Draft draft{.store = store_, .actor = actor, .type = *type, .id = store_.next_id(*type)};
  draft.values.resize(type->fields.size());
  for (const auto& [name, value] : values) draft[name] = value;
  apply_defaults(draft);
  if (type->field("OwnerId") && is_null(draft["OwnerId"])) draft["OwnerId"] = actor.user_id;
  return write(draft);
}

SaveErrors Saver::remove(const Actor& actor, Row& row) {
  if (row.deleted) return {deleted_error(404)};
  if (!row.type->deletable) return unsupported(*row.type, "delete");
  const auto* behaviour = behaviour_of(row.type->name);
  if (behaviour && behaviour->check_remove)
    if (auto errors = behaviour->check_remove(store_, actor, row); !errors.empty()) return errors;
  if (auto errors = obstacles.meet(*row.type, Obstacles::Kind::remove, actor.by_api); !errors.empty()) return errors;
  if (auto errors = obstacles.check_locks(*row.type, row.values.list(), row.id, store_.schema(), store_.now()); !errors.empty())
    return errors;
  remove_with_children(actor, row, row.id, 0);
  return {};
}

void Saver::remove_with_children(const Actor& actor, Row& row, const std::string& with, std::size_t depth) {
  store_.remove(row, with);
  store_.note({.kind = Change::Kind::remove, .row = &row, .before = row.values.list(), .user_id = actor.user_id});
  if (const auto* behaviour = behaviour_of(row.type->name); behaviour && behaviour->after_remove)
    behaviour->after_remove(store_, row);
  if (depth == kCascadeDepthMax) return;
  for (const auto& relation : row.type->children) {
    const auto* child = store_.schema().find(relation.object);
    const auto* field = child ? child->field(relation.field) : nullptr;
    if (!field) continue;
    for (Row* dependent : store_.matching(*child, *field, row.id)) {
      if (relation.cascade_delete)
        remove_with_children(actor, *dependent, with, depth + 1);
      else if (field->nillable)
        store_.set(*dependent, index_of(*child, *field), Value{});
    }
  }
}

SaveErrors Saver::restore(const Actor& actor, Row& row) {
  const auto* deletion = store_.deletion(row);
  if (!deletion || !row.type->recycle_bin || !row.type->field("IsDeleted"))
    return {record_error("UNDELETE_FAILED", "Entity is not in the recycle bin")};
  const auto with = deletion->with;
  if (with != row.id) return {record_error("UNDELETE_FAILED", "The record it belongs to is deleted")};
  const auto bring_back = [&](Row& one) {
    store_.restore(one);
    store_.note({.kind = Change::Kind::restore, .row = &one, .after = one.values.list(), .user_id = actor.user_id});
  };
  bring_back(row);
  for (Row* taken_along : store_.deleted_with(with))
    if (taken_along != &row && taken_along->type->recycle_bin) bring_back(*taken_along);
  return {};
}

SaveErrors Saver::merge(const Actor& actor, Row& master, std::span<Row* const> losers) {
  constexpr std::size_t kLosersMax = 2;
  const auto* link = master.type->field("MasterRecordId");
  if (!link) return {request_error("INVALID_TYPE_FOR_OPERATION", "entity type " + master.type->name + " does not support merge")};
  if (losers.empty() || losers.size() > kLosersMax)
    return {request_error("LIMIT_EXCEEDED", "a merge takes one or two records beside the master")};
  for (Row* loser : losers) {
    if (loser == &master || loser->type != master.type)
      return {record_error("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")};
    if (loser->deleted || master.deleted) return {deleted_error(400)};
  }
  for (Row* loser : losers) {
    move_children(actor, *loser, master);
    auto before = loser->values.list();
    store_.set(*loser, index_of(*master.type, *link), Value{master.id});
    store_.remove(*loser);
    store_.note({.kind = Change::Kind::remove,
                 .row = loser,
                 .before = std::move(before),
                 .after = loser->values.list(),
                 .user_id = actor.user_id});
  }
  store_.note({.kind = Change::Kind::update,
               .row = &master,
               .before = master.values.list(),
               .after = master.values.list(),
               .user_id = actor.user_id});
  return {};
}

void Saver::move_children(const Actor& actor, const Row& from, const Row& to) {
  for (const auto& relation : from.type->children) {
    const auto* child = store_.schema().find(relation.object);
    const auto* field = child ? child->field(relation.field) : nullptr;
    if (!field) continue;
    for (Row* one : store_.matching(*child, *field, from.id)) {
      if (would_double_link(store_, *one, to)) {
        store_.remove(*one, from.id);
        continue;
      }
      auto before = one->values.list();
      store_.set(*one, index_of(*child, *field), Value{to.id});
      if (const auto* behaviour = behaviour_of(child->name); behaviour && behaviour->after_move)
        behaviour->after_move(store_, *one);
      store_.note({.kind = Change::Kind::update,
                   .row = one,
                   .before = std::move(before),
                   .after = one->values.list(),
                   .user_id = actor.user_id});
    }
  }
}

SaveError several_rows_error(const Field& key, const std::vector<Row*>& rows) {
  std::string ids;
  for (const Row* row : rows) ids += (ids.empty() ? "" : ", ") + row->id;
  return record_error("DUPLICATE_EXTERNAL_ID", key.name + ": more than one record found for external id field: [" + ids + "]");
}

}  // namespace casewire::sim::salesforce
