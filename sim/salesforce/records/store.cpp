#include "sim/salesforce/records/store.hpp"

#include <algorithm>
#include <cassert>

#include "base/text/strings.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

bool has_index(const Field& field) {
  return field.type == FieldType::reference || field.id_lookup || field.external_id || field.unique;
}

// What two values of this field share when the platform calls them equal.
std::string index_key(const Field& field, std::string_view text) {
  const bool exact = field.case_sensitive || field.type == FieldType::reference || field.type == FieldType::id;
  return exact ? std::string{text} : lowercase(text);
}

bool by_id(const Row* a, const Row* b) { return a->id < b->id; }

}  // namespace

Store::Store(Schema schema) : schema_(std::move(schema)), tables_(schema_.types().begin(), schema_.types().end()) {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    const auto& fields = schema_.types()[i].fields;
    tables_[i].indexes.resize(fields.size());
    tables_[i].soft_delete = schema_.types()[i].recycle_bin && schema_.types()[i].field("IsDeleted") != nullptr;
    for (std::size_t f = 0; f < fields.size(); ++f)
      if (has_index(fields[f]) && fields[f].type != FieldType::id) {
        tables_[i].indexes[f] = std::make_unique<Index>();
        tables_[i].indexed.push_back(f);
      }
  }
}

Store::Table& Store::table(const SObjectType& type) { return tables_[static_cast<std::size_t>(&type - schema_.types().data())]; }

const Store::Table& Store::table(const SObjectType& type) const {
  return tables_[static_cast<std::size_t>(&type - schema_.types().data())];
}

void Store::each(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const {
  const auto& rows = table(type);
  for (const auto& row : rows.rows)
    if (row && (!row->deleted || (with_deleted && rows.soft_delete)) && !visit(*row)) return;
}

void Store::each_backwards(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const {
  const auto& rows = table(type);
  for (auto at = rows.rows.rbegin(); at != rows.rows.rend(); ++at)
    if (*at && (!(*at)->deleted || (with_deleted && rows.soft_delete)) && !visit(**at)) return;
}

bool Store::ascends(const SObjectType& type, const Field& field) const {
  return field.type == FieldType::id || table(type).ascents.hold(index_of(type, field));
}

const Record* Store::row(std::string_view id) const {
  const Row* row = find(id);
  return row && row->deleted && !table(*row->type).soft_delete ? nullptr : row;
}

bool Store::indexed(const SObjectType& type, const Field& field, std::string_view text,
                    const std::function<bool(const Record&)>& visit) const {
  const auto& rows = table(type);
  const auto& index = rows.indexes[index_of(type, field)];
  if (!index) return false;
  const auto* found = index->find(index_key(field, text));
  if (!found) return true;
  for (const Row* row : *found)
    if ((!row->deleted || rows.soft_delete) && !visit(*row)) break;
  return true;
}

Row* Store::find(std::string_view id) { return const_cast<Row*>(std::as_const(*this).find(id)); }

const Row* Store::find(std::string_view id) const {
  const auto number = number_of_id(id);
  const auto* type = number ? schema_.with_prefix(id.substr(0, 3)) : nullptr;
  if (!type) return nullptr;
  const auto& rows = table(*type).rows;
  const Row* row = *number >= 1 && *number <= rows.size() ? rows[*number - 1].get() : nullptr;
  return row && row->id == id ? row : nullptr;
}

std::vector<Row*> Store::matching(const SObjectType& type, const Field& field, std::string_view text) {
  std::vector<Row*> rows;
  const auto& index = table(type).indexes[index_of(type, field)];
  assert(index);
  if (const auto* found = index->find(index_key(field, text)))
    std::copy_if(found->begin(), found->end(), std::back_inserter(rows), [](const Row* row) { return !row->deleted; });
  return rows;
}

std::string Store::next_id(const SObjectType& type) { return make_id(type.key_prefix, table(type).next++); }

Row& Store::insert(const SObjectType& type, std::string id, const std::vector<Value>& values) {
  const auto number = number_of_id(id);
  assert(number && *number >= 1);
  auto& rows = table(type).rows;
  if (rows.size() < *number) rows.resize(*number);
  auto& place = rows[*number - 1];
  place = std::make_unique<Row>();
  Row& row = *place;
  row.type = &type;
  const Row* before = *number > 1 ? rows[*number - 2].get() : nullptr;
  row.values = before ? Values{values, before->values} : Values{values};
  row.id = std::move(id);
  table(type).ascents.inserted(row.values, *number == rows.size());
  for (const auto field : table(type).indexed) index(row, field, true);
  undo_.push_back({.kind = Undo::Kind::insert, .row = &row});
  return row;
}

void Store::set(Row& row, std::size_t field, Value value) {
  undo_.push_back({.kind = Undo::Kind::set, .row = &row, .field = field, .before = row.values[field]});
  write(row, field, std::move(value));
}

void Store::set(Row& row, std::string_view name, Value value) {
  const auto* field = row.type->field(name);
  assert(field);
  set(row, index_of(*row.type, *field), std::move(value));
}

void Store::remove(Row& row, std::string_view with) {
  undo_.push_back({.kind = Undo::Kind::remove, .row = &row});
  write_deleted(row, true);
  deletions_[row.id] = {now_, with.empty() ? row.id : std::string{with}};
}

void Store::restore(Row& row) {
  undo_.push_back({.kind = Undo::Kind::restore, .row = &row, .deletion = deletions_[row.id]});
  write_deleted(row, false);
  deletions_.erase(row.id);
}

const Store::Deletion* Store::deletion(const Row& row) const {
  const auto found = deletions_.find(row.id);
  return found == deletions_.end() ? nullptr : &found->second;
}

std::vector<Row*> Store::deleted_with(std::string_view id) {
  std::vector<Row*> rows;
  for (const auto& [row_id, deletion] : deletions_)
    if (deletion.with == id) rows.push_back(find(row_id));
  return rows;
}

void Store::each_deleted(const SObjectType& type, const std::function<void(const Row&, const Deletion&)>& visit) const {
  for (auto at = deletions_.lower_bound(type.key_prefix); at != deletions_.end() && at->first.starts_with(type.key_prefix); ++at)
    visit(*find(at->first), at->second);
}

void Store::put_bytes(const Row& row, std::string bytes) { files_.put(row.id, std::move(bytes)); }

std::optional<std::string> Store::bytes(std::string_view id) const { return files_.find(std::string{id}); }

std::uint64_t Store::next_number(const SObjectType& type, const Field& field, std::uint64_t first) {
  const auto [number, added] = numbers_.try_emplace({&type, &field}, first);
  return number->second++;
}

void Store::roll_back(Mark mark) {
  while (undo_.size() > mark.undo) {
    auto undo = std::move(undo_.back());
    undo_.pop_back();
    Row& row = *undo.row;
    if (undo.kind == Undo::Kind::set) {
      write(row, undo.field, std::move(undo.before));
    } else if (undo.kind == Undo::Kind::remove) {
      write_deleted(row, false);
      deletions_.erase(row.id);
    } else if (undo.kind == Undo::Kind::restore) {
      write_deleted(row, true);
      deletions_[row.id] = std::move(undo.deletion);
    } else {
      for (const auto field : table(*row.type).indexed) index(row, field, false);
      files_.erase(row.id);
      table(*row.type).rows[*number_of_id(row.id) - 1].reset();
    }
  }
  changes_.resize(std::min(changes_.size(), mark.changes));
}

std::vector<Change> Store::commit() {
  undo_.clear();
  return std::exchange(changes_, {});
}

void Store::index(Row& row, std::size_t field, bool add) {
  const auto& index = table(*row.type).indexes[field];
  const auto* text = std::get_if<std::string>(&row.values[field]);
  if (!index || !text) return;
  const auto key = index_key(row.type->fields[field], *text);
  add ? index->add(key, row) : index->remove(key, row);
}

const std::vector<Row*>* Store::Index::find(const std::string& key) const {
  const auto& rows = shard(key);
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : &found->second;
}

void Store::Index::add(const std::string& key, Row& row) {
  auto& rows = shard(key)[key];
  // Nearly always at the end.
  if (rows.empty() || rows.back()->id < row.id)
    rows.push_back(&row);
  else
    rows.insert(std::lower_bound(rows.begin(), rows.end(), &row, by_id), &row);
}

void Store::Index::remove(const std::string& key, const Row& row) {
  auto& keys = shard(key);
  const auto found = keys.find(key);
  if (found == keys.end()) return;
  auto& rows = found->second;
  const auto at = std::lower_bound(rows.begin(), rows.end(), &row, by_id);
  if (at != rows.end() && *at == &row) rows.erase(at);
  if (rows.empty()) keys.erase(found);
}

void Store::write(Row& row, std::size_t field, Value value) {
  table(*row.type).ascents.written(field);
  index(row, field, false);
  row.values.set(field, std::move(value));
  index(row, field, true);
}

void Store::write_deleted(Row& row, bool deleted) {
  row.deleted = deleted;
  if (const auto* field = row.type->field("IsDeleted")) row.values.set(index_of(*row.type, *field), deleted);
}

}  // namespace casewire::sim::salesforce
