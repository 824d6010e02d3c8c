#include "sim/salesforce/records/coerce.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

std::string_view token_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: return "START_OBJECT";
    case Json::value_t::array: return "START_ARRAY";
    case Json::value_t::string: return "VALUE_STRING";
    case Json::value_t::boolean: return json.get<bool>() ? "VALUE_TRUE" : "VALUE_FALSE";
    case Json::value_t::number_float: return "VALUE_NUMBER_FLOAT";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned: return "VALUE_NUMBER_INT";
    default: return "VALUE_NULL";
  }
}

std::string shown(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_object()) return "{";
  return dump_json(json);
}

}  // namespace

std::string cannot_deserialize(std::string_view type, const Json& json, const std::string& where) {
  // Captured for a multipicklist (formie, issue 2124) and for a reference: the end of an array's "[" and the words behind it are missing.
  if (json.is_array()) return "Cannot deserialize instance of " + std::string{type} + " from START_ARRAY value " + where;
  return "Cannot deserialize instance of " + std::string{type} + " from " + std::string{token_of(json)} + " value " +
         shown(json) + " or request may be missing a required field at " + where;
}

namespace {

SaveError cannot_read(const Field& field, const Json& json, const BodyPlace& place, std::string_view member) {
  return request_error("JSON_PARSER_ERROR", cannot_deserialize(field.type_name, json, place.at(member)));
}

std::optional<double> number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (!json.is_string()) return std::nullopt;
  const auto text = json.get<std::string>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

// Half up at the scale, without an error (recalled, not documented).
double rounded(double number, std::size_t scale) {
  const double unit = std::pow(10.0, static_cast<double>(scale));
  return std::floor(number * unit + 0.5) / unit;
}

Result<Value, SaveError> coerce_text(const Field& field, const Json& json, const BodyPlace& place, std::string_view member) {
  if (json.is_number()) return Value{dump_json(json)};
  if (!json.is_string()) return fail(cannot_read(field, json, place, member));
  // "Salesforce trims leading and trailing white spaces in field values"; line ends that the API was given stay as they are (Change Data Capture
  // Developer Guide, "Considerations for Newline Characters and Computing the SHA-256 Hash").
  const auto text = json.get<std::string>();
  const auto kept = trimmed(text);
  if (kept.empty()) return Value{};
  return Value{std::string{kept}};
}

Result<Value, SaveError> coerce_number(const Field& field, const Json& json, const BodyPlace& place, std::string_view member) {
  const auto number = number_of(json);
  if (field.type == FieldType::integer) {
    constexpr double kLargest = 9007199254740992.0;
    if (!number || *number != std::floor(*number) || std::abs(*number) > kLargest)
      return fail(cannot_read(field, json, place, member));
    return Value{static_cast<std::int64_t>(*number)};
  }
  if (!number) return fail(cannot_read(field, json, place, member));
  return Value{field.precision > 0 ? rounded(*number, field.scale) : *number};
}

// Captured: null passes the parser and is no boolean all the same; of texts "FALSE" and "0" are refused.
Result<Value, SaveError> coerce_boolean(const Field& field, const Json& json, const BodyPlace& place, std::string_view member) {
  if (json.is_null()) return fail(field_error("INVALID_TYPE_ON_FIELD_IN_RECORD", field, "value not of required type: "));
  if (json.is_boolean()) return Value{json.get<bool>()};
  if (json == "true" || json == "false") return Value{json == "true"};
  return fail(cannot_read(field, json, place, member));
}

std::optional<unsigned> digits(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string BodyPlace::at(std::string_view member) const {
  auto whole = path;
  whole.emplace_back(member);
  const auto position = text.empty() ? Position{1, 1} : place_in_json(text, whole);
  return "[line:" + std::to_string(position.line) + ", column:" + std::to_string(position.column) + "]";
}

WallTime whole_seconds(WallTime when) { return std::chrono::floor<std::chrono::seconds>(when); }

std::optional<WallTime> parse_datetime(std::string_view text) {
  auto when = parse_iso8601(text);
  if (!when && text.size() > 10 && text[10] == 'T') when = parse_iso8601(std::string{text} + "Z");
  return when;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                                         std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Date{std::chrono::sys_days{date}};
}

Result<Value, SaveError> coerce(const Field& field, const Json& json, const BodyPlace& place, std::string_view member) {
  if (field.type == FieldType::boolean) return coerce_boolean(field, json, place, member);
  if (json.is_null()) return Value{};
  switch (field.type) {
    case FieldType::integer:
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent: return coerce_number(field, json, place, member);
    case FieldType::date: {
      const auto date = json.is_string() ? parse_date(json.get<std::string>()) : std::nullopt;
      if (!date) return fail(cannot_read(field, json, place, member));
      return Value{*date};
    }
    case FieldType::datetime: {
      const auto when = json.is_string() ? parse_datetime(json.get<std::string>()) : std::nullopt;
      if (!when) return fail(cannot_read(field, json, place, member));
      return Value{whole_seconds(*when)};
    }
    case FieldType::base64: {
      auto bytes = json.is_string() ? decode_base64(json.get<std::string>()) : std::nullopt;
      if (!bytes) return fail(cannot_read(field, json, place, member));
      return Value{std::move(*bytes)};
    }
    default: return coerce_text(field, json, place, member);
  }
}

}  // namespace casewire::sim::salesforce
