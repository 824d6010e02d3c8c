#include "sim/salesforce/api/list_view.hpp"

#include <algorithm>
#include <optional>

#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr ListView kListViews[] = {
    {"Case", "AllOpenCases", "All Open Cases", {"IsClosed", "false"}},
    {"Case", "MyOpenCases", "My Open Cases", {"IsClosed", "false"}, true},
    {"Case", "MyCases", "My Cases", {}, true},
    {"Case", "AllClosedCases", "All Closed Cases", {"IsClosed", "true"}},
    {"Account", "AllAccounts", "All Accounts"},
    {"Account", "MyAccounts", "My Accounts", {}, true},
    {"Account", "NewThisWeek", "New This Week", {"CreatedDate", "THIS_WEEK"}},
    {"Account", "NewLastWeek", "New Last Week", {"CreatedDate", "LAST_WEEK"}},
    {"Contact", "AllContacts", "All Contacts"},
    {"Contact", "MyContacts", "My Contacts", {}, true},
    {"Contact", "NewThisWeek", "New This Week", {"CreatedDate", "THIS_WEEK"}},
    {"Contact", "NewLastWeek", "New Last Week", {"CreatedDate", "LAST_WEEK"}},
    {"Lead", "AllOpenLeads", "All Open Leads", {"IsConverted", "false"}},
    {"Lead", "TodaysLeads", "Today's Leads", {"CreatedDate", "TODAY"}},
};

/// What the views of an object show; they sort by the first.
struct Columns {
  std::string_view object;
  std::initializer_list<std::string_view> paths;
};
const Columns kListColumns[] = {
    {"Case", {"CaseNumber", "Contact.Name", "Subject", "Status", "Priority", "CreatedDate", "Owner.Alias"}},
    {"Account", {"Name", "Site", "BillingState", "Phone", "Type", "Owner.Alias"}},
    {"Contact", {"Name", "Account.Name", "Title", "Phone", "Email", "Owner.Alias"}},
    {"Lead", {"Name", "Company", "State", "Email", "Status", "CreatedDate", "Owner.Alias"}},
};
/// Behind the columns of every view, and not for people.
constexpr std::string_view kHidden[] = {"Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"};

std::optional<ListColumn> own_column(const SObjectType& type, std::string_view path, bool hidden) {
  const auto* field = type.field(path);
  if (!field) return std::nullopt;
  // "Account Name", "Account ID", but "Phone".
  const auto label = path == "Id" ? type.label + " ID" : path == "Name" ? type.label + " Name" : field->label;
  return ListColumn{path, field, label, hidden};
}

std::optional<ListColumn> parents_column(const Schema& schema, const SObjectType& type, std::string_view path) {
  const auto dot = path.find('.');
  const auto parent = path.substr(0, dot);
  const auto* reference = type.relationship(parent);
  if (!reference) return std::nullopt;
  // An owner may be a queue, which has no alias: the field is then the user's.
  for (const auto& object : reference->references) {
    const auto* referred = schema.find(object);
    const auto* field = referred ? referred->field(path.substr(dot + 1)) : nullptr;
    if (field)
      return ListColumn{path, field, (parent == "Owner" ? type.label + " " : "") + std::string{parent} + " " + field->label};
  }
  return std::nullopt;
}

std::optional<ListColumn> column_at(const Schema& schema, const SObjectType& type, std::string_view path) {
  return path.find('.') == path.npos ? own_column(type, path, false) : parents_column(schema, type, path);
}

}  // namespace

std::span<const ListView> list_views() { return kListViews; }

std::string id_of(const ListView& view) { return make_id("00B", static_cast<std::uint64_t>(&view - std::begin(kListViews)) + 1); }

std::vector<ListColumn> list_columns(const Schema& schema, const SObjectType& type) {
  const auto* shown =
      std::find_if(std::begin(kListColumns), std::end(kListColumns), [&](const auto& one) { return one.object == type.name; });
  std::vector<ListColumn> columns;
  const auto add = [&](std::optional<ListColumn> column) {
    if (column) columns.push_back(std::move(*column));  // an org may lack the field
  };
  for (const auto path : shown->paths) add(column_at(schema, type, path));
  for (const auto path : kHidden)
    if (std::find(shown->paths.begin(), shown->paths.end(), path) == shown->paths.end()) add(own_column(type, path, true));
  return columns;
}

std::string select_item(const ListColumn& column) {
  const std::string path{column.path};
  return column.field->type == FieldType::picklist ? "toLabel(" + path + ")" : path;
}

std::string soql_of(const ListView& view, const std::vector<ListColumn>& columns) {
  std::string text = "SELECT ";
  for (const auto& column : columns) text += (&column == &columns.front() ? "" : ", ") + select_item(column);
  text += " FROM " + std::string{view.object};
  if (view.is_mine) text += " USING SCOPE mine";
  const auto& condition = view.condition;
  if (!condition.field.empty()) text += " WHERE " + std::string{condition.field} + " = " + std::string{condition.value};
  return text + " ORDER BY " + std::string{columns.front().path} + " ASC NULLS FIRST, Id ASC NULLS FIRST";
}

}  // namespace casewire::sim::salesforce
