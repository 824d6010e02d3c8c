#include "scenarios/tape/outline.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {
namespace {

using recording::Exchange;

bool has_arrived(const Exchange& exchange) {
  return exchange.wire == http::Wire::intact || exchange.wire == http::Wire::dribble ||
         exchange.wire == http::Wire::answered_twice;
}

/// The answer arrived, and says that it did what it was asked.
bool is_done(const Exchange& exchange) {
  return has_arrived(exchange) && exchange.response.status >= 200 && exchange.response.status < 300;
}

/// That there is nothing is an answer to a question.
bool is_told(const Exchange& exchange) {
  const int status = exchange.response.status;
  return is_done(exchange) || (has_arrived(exchange) && (status == 404 || status == 410));
}

/// Nobody did what was asked, or nobody knows; of a write whose answer was lost it must be known.
bool failed_without_effect(const Exchange& exchange, bool is_read) {
  const int status = exchange.response.status;
  const bool is_lost = status == 0 || exchange.wire == http::Wire::reset_before_status || exchange.wire == http::Wire::stall;
  return is_lost ? is_read : status >= 500 || status == 429 || status == 403;
}

/// Of a composite's parts: a row, or a list of rows of which each was refused.
bool is_refused_part(const Json& part) {
  if (const Json& status = member(part, "httpStatusCode"); status.is_number_integer() && status.get<int>() >= 400) return true;
  const Json& rows = member(part, "body");
  return rows.is_array() && !rows.empty() &&
         std::all_of(rows.begin(), rows.end(), [](const Json& row) { return member(row, "success") == false; });
}

bool is_done_part(const Json& part) {
  const Json& status = member(part, "httpStatusCode");
  const Json& rows = member(part, "body");
  return status == 201 || status == 204 || (rows.is_array() && std::any_of(rows.begin(), rows.end(), [](const Json& row) {
                                              return member(row, "success") == true;
                                            }));
}

/// It was refused, or, of a composite, whatever it was to change was.
bool changed_nothing(const Exchange& exchange) {
  const int status = exchange.response.status;
  if (status != 200 || exchange.request.path().find("/composite") == std::string_view::npos)
    return status >= 400 && status != 401;
  const auto answer = parse_json(exchange.response.body);
  if (!answer) return false;
  const Json& parts = member(*answer, "compositeResponse");
  return parts.is_array() && std::any_of(parts.begin(), parts.end(), is_refused_part) &&
         std::none_of(parts.begin(), parts.end(), is_done_part);
}

/// That there is nothing is an answer; 401 is about the token, and another one changes it.
bool refuses_to_tell(int status) { return status >= 400 && status != 401 && status != 404 && status != 410; }

std::uint64_t question_of(const http::Request& request) {
  std::string words = request.method + " ";
  for (const std::string* text : {&request.target, &request.body}) {
    const std::string plain = percent_decoded(*text).value_or(*text);
    for (const Piece& piece : pieces_of(plain)) words += piece.kind == Piece::Kind::words ? piece.text : std::string_view("*");
  }
  return std::hash<std::string>{}(words);
}

}  // namespace

Outline outline_of(const Exchange& exchange) {
  Outline outline{.operation = operation_of(exchange.request), .started = exchange.started, .to = exchange.to};
  outline.status = exchange.response.status;
  outline.is_good = outline.operation.is_read ? is_told(exchange) : is_done(exchange);
  outline.is_in_vain = failed_without_effect(exchange, outline.operation.is_read);
  outline.is_refused =
      outline.is_in_vain || (outline.operation.is_read ? refuses_to_tell(outline.status) : changed_nothing(exchange));
  outline.answer = std::hash<std::string>{}(exchange.response.body) + static_cast<std::uint64_t>(exchange.response.status);
  if (outline.operation.is_read) outline.question = question_of(exchange.request);
  return outline;
}

std::string token_of(const http::Request& request) {
  const std::string_view value = request.headers.find("authorization").value_or("");
  return std::string(value.substr(std::min(value.find(' ') + 1, value.size())));
}

}  // namespace casewire::scenarios
