#pragma once
// How REST shows a row: the parts that row resources, queries and collections have in common.

#include <string_view>

#include "base/text/json_writer.hpp"
#include "sim/salesforce/records/value.hpp"

namespace casewire::sim::salesforce {

/// The record's Id.
const std::string& id_of(const Record& row);

/// The member `"attributes":{"type":"Case","url":"/services/data/v66.0/sobjects/Case/500..."}`. `shown_type`: what stands in place
/// of the object's name, if anything. `url_prefix`: "/services/data/v66.0".
void write_attributes(JsonWriter& json, const Record& row, std::string_view url_prefix, std::string_view shown_type = {});
/// What stands before and behind the id in that member: the same for every row of a type.
std::string attributes_head(const SObjectType& type, std::string_view url_prefix, std::string_view shown_type = {});
inline constexpr std::string_view kAttributesTail = "\"}";
/// The field's value; of a file's bytes the path of the resource that has them.
void write_field(JsonWriter& json, const Record& row, const Field& field, std::string_view url_prefix);
/// An object: the attributes, then these fields of the row's type.
void write_row(JsonWriter& json, const Record& row, const std::vector<const Field*>& fields, std::string_view url_prefix);

}  // namespace casewire::sim::salesforce
