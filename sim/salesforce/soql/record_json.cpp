#include "sim/salesforce/soql/executor.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

const std::string& id_of(const Record& row) { return std::get<std::string>(row.values.front()); }

/// Appends without looking for the name: the binder has refused duplicates.
void append(Json::object_t& object, const std::string& key, Json value) { object.emplace_back(key, std::move(value)); }

Json field_json(const Record& row, const Selection::Member& member, const Reader& reader, const std::string& url_prefix) {
  if (member.is_type_name) return Reader::type_name(row);
  const Field* field = member.slot.find(*row.type);
  if (!field) return nullptr;
  // The bytes stand behind their own resource; a query shows its path.
  if (field->type == FieldType::base64) return url_prefix + "/sobjects/" + row.type->name + "/" + id_of(row) + "/" + field->name;
  return to_json(reader.value(row, member.slot));
}

Json children_json(const Record& row, const BoundQuery& query, const Reader& reader, const std::string& url_prefix) {
  const auto rows = matching_rows(query, reader, &row);
  if (rows.empty()) return nullptr;
  Json records = Json::array();
  for (const Record* child : rows) records.push_back(record_json(*child, query.selection, reader, url_prefix));
  // All in one piece: the vendor pages children too, from 2,000 rows on (assumed not to matter).
  return {{"totalSize", rows.size()}, {"done", true}, {"records", std::move(records)}};
}

const Selection* arm_for(const Selection::Member& member, const SObjectType& type) {
  for (const auto& [wanted, selection] : member.arms) {
    if (!wanted || wanted == &type) return &selection;
  }
  return nullptr;
}

Json member_json(const Record& row, const Selection::Member& member, const Reader& reader, const std::string& url_prefix) {
  switch (member.kind) {
    case Selection::Member::Kind::field: return field_json(row, member, reader, url_prefix);
    case Selection::Member::Kind::children: return children_json(row, *member.children, reader, url_prefix);
    case Selection::Member::Kind::parent: {
      const Record* parent = reader.parent(row, member.slot);
      return parent ? record_json(*parent, member.parent, reader, url_prefix) : Json{};
    }
    case Selection::Member::Kind::type_of: {
      const Record* parent = reader.parent(row, member.slot);
      const Selection* arm = parent ? arm_for(member, *parent->type) : nullptr;
      return arm ? record_json(*parent, *arm, reader, url_prefix) : Json{};
    }
  }
  return nullptr;
}

}  // namespace

Json record_json(const Record& row, const Selection& selection, const Reader& reader, const std::string& url_prefix) {
  Json record = Json::object();
  auto& object = record.get_ref<Json::object_t&>();
  object.reserve(selection.members.size() + 1);
  Json attributes = Json::object();
  auto& about = attributes.get_ref<Json::object_t&>();
  about.reserve(2);
  append(about, "type", selection.names_only ? std::string{"Name"} : row.type->name);
  append(about, "url", url_prefix + "/sobjects/" + row.type->name + "/" + id_of(row));
  append(object, "attributes", std::move(attributes));
  for (const Selection::Member& member : selection.members) {
    append(object, member.key, member_json(row, member, reader, url_prefix));
  }
  return record;
}

}  // namespace casewire::sim::salesforce::soql
