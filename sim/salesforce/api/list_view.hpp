#pragma once
// A list view as what it is: a query with columns. Those of a new org; which views there are, and their columns, are recalled.
// Source: REST API Developer Guide, "List View Describe", v66.0.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

struct ListView {
  /// A field and what it must equal, as SOQL writes it.
  struct Condition {
    std::string_view field, value;
  };
  std::string_view object, name, label;
  Condition condition{};  ///< none where the field is empty
  bool is_mine = false;
};

std::span<const ListView> list_views();
std::string id_of(const ListView& view);

struct ListColumn {
  std::string_view path;
  const Field* field;  ///< the last of the path
  std::string label;
  bool hidden = false;  ///< for programs, not for people
};

/// Of every view of this object; they sort by the first. The object has a view.
std::vector<ListColumn> list_columns(const Schema& schema, const SObjectType& type);
std::string select_item(const ListColumn& column);
std::string soql_of(const ListView& view, const std::vector<ListColumn>& columns);

}  // namespace casewire::sim::salesforce
