// The JSON of a request's body, and what is said about a body that is none. Source: captured answers of JSON_PARSER_ERROR; the
// words behind the colon of a syntax error are ours but for a missing name (clients look at the code alone).

#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/coerce.hpp"

namespace casewire::sim::salesforce {
namespace {

Answer no_object_in(const Call& call, const Json& json) {
  constexpr std::string_view kStart = "[line:1, column:1]";
  // As the tests of WWW::Salesforce keep it: an array where one record belongs.
  if (json.is_array() && call.segments.front() == "sobjects")
    return error_answer(400, "JSON_PARSER_ERROR",
                        "Can not deserialize SObject out of START_ARRAY token at " + std::string{kStart});
  return error_answer(400, "JSON_PARSER_ERROR", cannot_deserialize("complexvalue", json, std::string{kStart}));
}

// The parser's complaint in the words of the vendor's own.
std::string syntax_problem(std::string_view text, const Diagnostic& error) {
  const auto& place = error.where.position;
  const std::string at = " at [line:" + std::to_string(place.line) + ", column:" + std::to_string(place.column) + "]";
  constexpr std::string_view kExpected = "; expected ";
  const auto expected = error.problem.find(kExpected);
  if (expected == std::string::npos) return error.problem + at;
  auto hope = error.problem.substr(expected + kExpected.size());
  if (hope == "string literal") hope = "double-quote to start field name";  // captured: jetstream, issue 538
  hope = "was expecting " + hope;
  if (error.problem.find("unexpected end of input") != std::string::npos) return "Unexpected end-of-input: " + hope + at;
  std::size_t start = 0;
  for (std::size_t line = 1; line < place.line && start != std::string_view::npos; ++line) start = text.find('\n', start) + 1;
  const auto offset = start + place.column - 1;
  if (offset >= text.size()) return "Unexpected end-of-input: " + hope + at;
  const auto c = static_cast<unsigned char>(text[offset]);
  return "Unexpected character ('" + std::string(1, c < 128 ? text[offset] : '?') + "' (code " + std::to_string(c) +
         ")): " + hope + at;
}

}  // namespace

Result<Json, Answer> object_body(Call& call) {
  if (call.body) {
    if (!call.body->is_object()) return fail(no_object_in(call, *call.body));
    call.actor.place = {.text = call.outer_text ? *call.outer_text : std::string_view{}, .path = call.body_path};
    return std::move(*call.body);
  }
  if (trimmed(call.body_text).empty())
    return fail(error_answer(400, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body."));
  auto json = parse_json(call.body_text, {}, {.bytes_max = 50u << 20});
  if (!json) return fail(error_answer(400, "JSON_PARSER_ERROR", syntax_problem(call.body_text, json.error())));
  if (!json->is_object()) return fail(no_object_in(call, *json));
  call.actor.place = {.text = call.body_text};
  return std::move(*json);
}

Result<bool, Answer> switch_of(const Json& body, std::string_view name) {
  const auto& value = member(body, name);
  if (value.is_null() || value == "false") return false;
  if (value == "true") return true;
  if (value.is_boolean()) return value.get<bool>();
  return fail(error_answer(400, "JSON_PARSER_ERROR",
                           "Cannot deserialize instance of boolean from the value of " + std::string{name} +
                               " or request may be missing a required field at [line:1, column:1]"));
}

}  // namespace casewire::sim::salesforce
