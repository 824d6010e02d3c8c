#include "sim/salesforce/records/row_json.hpp"

namespace casewire::sim::salesforce {

const std::string& id_of(const Record& row) { return std::get<std::string>(row.values.front()); }

std::string attributes_head(const SObjectType& type, std::string_view url_prefix, std::string_view shown_type) {
  JsonWriter json;
  json.key("attributes");
  json.begin_object();
  json.key("type");
  json.string(shown_type.empty() ? std::string_view{type.name} : shown_type);
  json.key("url");
  json.string({url_prefix, "/sobjects/", type.name, "/"});
  auto text = json.take();
  text.pop_back();  // the quote: the id is to follow
  return text;
}

void write_attributes(JsonWriter& json, const Record& row, std::string_view url_prefix, std::string_view shown_type) {
  json.written({attributes_head(*row.type, url_prefix, shown_type), id_of(row), kAttributesTail});
}

namespace {

// "BillingAddress" out of BillingStreet, BillingCity and the rest; null when all of them are.
void write_address(JsonWriter& json, const Record& row, std::string_view field_name) {
  constexpr std::string_view kAddress = "Address";
  constexpr std::pair<const char*, const char*> kParts[] = {
      {"city", "City"},         {"country", "Country"},     {"geocodeAccuracy", "GeocodeAccuracy"},
      {"latitude", "Latitude"}, {"longitude", "Longitude"}, {"postalCode", "PostalCode"},
      {"state", "State"},       {"street", "Street"}};
  const std::string prefix{field_name.substr(0, field_name.size() - kAddress.size())};
  bool empty = true;
  for (const auto& [key, part] : kParts) empty = empty && is_null(row.at(prefix + part));
  if (empty) return json.null();
  json.begin_object();
  for (const auto& [key, part] : kParts) {
    json.key(key);
    write_json(json, row.at(prefix + part));
  }
  json.end_object();
}

}  // namespace

void write_field(JsonWriter& json, const Record& row, const Field& field, std::string_view url_prefix) {
  if (field.type == FieldType::base64) {
    if (is_null(row.values[index_of(*row.type, field)])) return json.null();
    json.string({url_prefix, "/sobjects/", row.type->name, "/", id_of(row), "/", field.name});
  } else if (field.type == FieldType::address) {
    write_address(json, row, field.name);
  } else {
    write_json(json, row.values[index_of(*row.type, field)]);
  }
}

void write_row(JsonWriter& json, const Record& row, const std::vector<const Field*>& fields, std::string_view url_prefix) {
  json.begin_object();
  write_attributes(json, row, url_prefix);
  for (const Field* field : fields) {
    json.key(field->name);
    write_field(json, row, *field, url_prefix);
  }
  json.end_object();
}

}  // namespace casewire::sim::salesforce
