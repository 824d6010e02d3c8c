#include "sim/salesforce/records/validate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

bool is_text(FieldType type) {
  switch (type) {
    case FieldType::string:
    case FieldType::textarea:
    case FieldType::picklist:
    case FieldType::multipicklist:
    case FieldType::combobox:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url: return true;
    default: return false;
  }
}

std::optional<SaveError> check_reference(const Store& store, const Field& field, std::string& id) {
  const auto canonical = canonical_id(id);
  if (!canonical) return field_error("MALFORMED_ID", field, "id value of incorrect type: " + id);
  const auto* target = store.schema().with_prefix(canonical->substr(0, 3));
  if (!target || std::find(field.references.begin(), field.references.end(), target->name) == field.references.end())
    return field_error("FIELD_INTEGRITY_EXCEPTION", field, "id value of incorrect type: " + id);
  const Row* row = store.find(*canonical);
  if (!row || (row->deleted && !target->field("IsDeleted")))
    return record_error("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                        "insufficient access rights on cross-reference id: " + canonical->substr(0, 15));
  if (row->deleted) return deleted_error(400);
  id = *canonical;
  return std::nullopt;
}

// Values are found without case and stored as they are defined.
std::optional<SaveError> check_picklist(const Field& field, std::string& value) {
  if (field.values.empty()) return std::nullopt;
  const auto words = field.type == FieldType::multipicklist ? split(value, ';') : std::vector<std::string_view>{value};
  std::string defined;
  for (const auto word : words) {
    const auto known =
        std::find_if(field.values.begin(), field.values.end(), [&](const auto& one) { return equals_ignoring_case(one, word); });
    if (known == field.values.end() && field.restricted)
      return field_error("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", field, "bad value for restricted picklist field: " + value);
    defined += (defined.empty() ? "" : ";") + (known == field.values.end() ? std::string{word} : *known);
  }
  value = std::move(defined);
  return std::nullopt;
}

std::optional<SaveError> check_text(const Field& field, std::string& text) {
  const auto limit = field.bytes_max > 0 ? field.bytes_max : field.length;
  const auto size = field.bytes_max > 0 || text.size() <= limit ? text.size() : character_count(text);
  if (limit > 0 && size > limit)
    return field_error("STRING_TOO_LONG", field, "data value too large: " + text + " (max length=" + std::to_string(limit) + ")");
  if (field.type == FieldType::email && !is_email_address(text))
    return field_error("INVALID_EMAIL_ADDRESS", field, "invalid email address: " + text);
  return check_picklist(field, text);
}

// What is smaller than this is in range; 0: nothing is said about it.
double bound_of(const Field& field) {
  if (field.name.ends_with("Latitude")) return std::nextafter(90.0, 91.0);
  if (field.name.ends_with("Longitude")) return std::nextafter(180.0, 181.0);
  const auto digits = field.type == FieldType::integer ? field.digits : field.precision - std::min(field.precision, field.scale);
  return digits == 0 ? 0 : std::pow(10.0, static_cast<double>(digits));
}

// A whole number without a point, as captured.
std::string shown_number(double number) {
  auto text = dump_json(Json(number));
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::optional<SaveError> check_number(const Field& field, double number) {
  const auto bound = bound_of(field);
  if (bound == 0 || std::abs(number) < bound) return std::nullopt;
  return field_error("NUMBER_OUTSIDE_VALID_RANGE", field,
                     "value outside of valid range on numeric field: " + shown_number(number));
}

std::optional<SaveError> check_one(const Store& store, const Field& field, Value& value) {
  if (auto* text = std::get_if<std::string>(&value)) {
    if (field.type == FieldType::reference) return check_reference(store, field, *text);
    if (is_text(field.type)) return check_text(field, *text);
  } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return check_number(field, static_cast<double>(*whole));
  } else if (const auto* number = std::get_if<double>(&value)) {
    return check_number(field, *number);
  }
  return std::nullopt;
}

}  // namespace

// The platform's own rule is not published; this one refuses what every capture shows refused: no @, two, blanks, no dot behind.
bool is_email_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto domain = text.substr(at + 1);
  const auto dot = domain.find('.');
  if (dot == std::string_view::npos || dot == 0 || domain.back() == '.' || domain.find("..") != std::string_view::npos)
    return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || std::string_view{"<>()[],;:\\\""}.find(c) != std::string_view::npos;
  });
}

SaveErrors check_written(const Store& store, const SObjectType& type, std::vector<Value>& values,
                         const std::vector<std::size_t>& written) {
  SaveErrors errors;
  for (const auto field : written)
    if (auto error = check_one(store, type.fields[field], values[field])) errors.push_back(std::move(*error));
  return errors;
}

SaveErrors check_required(const SObjectType& type, const std::vector<Value>& values, const std::vector<std::size_t>& written) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const auto& field = type.fields[i];
    const bool has_default = field.defaulted && std::find(written.begin(), written.end(), i) == written.end();
    if (field.nillable || has_default || !(field.createable || field.updateable) || !is_null(values[i])) continue;
    missing.push_back(field.name);
  }
  if (missing.empty()) return {};
  return {missing_fields_error(std::move(missing))};
}

SaveErrors check_unique(Store& store, const SObjectType& type, const std::vector<Value>& values, std::string_view self) {
  SaveErrors errors;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const auto& field = type.fields[i];
    const auto* text = field.unique ? std::get_if<std::string>(&values[i]) : nullptr;
    if (!text) continue;
    for (const Row* other : store.matching(type, field, *text))
      if (other->id != self) {
        errors.push_back(record_error(
            "DUPLICATE_VALUE", "duplicate value found: " + field.name + " duplicates value on record with id: " + other->id));
        break;
      }
  }
  return errors;
}

}  // namespace casewire::sim::salesforce
