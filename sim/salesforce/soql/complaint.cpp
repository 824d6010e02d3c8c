#include "sim/salesforce/soql/complaint.hpp"

#include <algorithm>

#include "base/text/diagnostic.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

constexpr std::size_t kExcerptReach = 30;
constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.';
}

/// What stands around the place, with a marker below it.
std::string marked_excerpt(std::string_view query, std::size_t offset) {
  offset = std::min(offset, query.size());
  std::size_t begin = offset > kExcerptReach ? offset - kExcerptReach : 0;
  std::size_t end = std::min(query.size(), offset + kExcerptReach + 1);
  // A word stays whole that the cut would part, or that begins right behind it.
  if (begin < query.size() && !is_blank(query[begin]))
    while (begin > 0 && !is_blank(query[begin - 1])) --begin;
  while (end < query.size() && !is_blank(query[end])) ++end;

  // Line ends become blanks, so that the marker stands under its token in a query of several lines too.
  std::string excerpt{query.substr(begin, end - begin)};
  std::replace_if(excerpt.begin(), excerpt.end(), is_blank, ' ');
  return "\n" + excerpt + "\n" + std::string(character_count(query.substr(begin, offset - begin)), ' ') + "^\n";
}

std::string place(std::size_t row, std::size_t column) {
  return "ERROR at Row:" + std::to_string(row) + ":Column:" + std::to_string(column) + "\n";
}

}  // namespace

Error complaint_at(std::string_view query, std::size_t offset, std::string code, std::string_view text) {
  const Position position = position_at(query, offset);
  return Error{.code = std::move(code),
               .message = marked_excerpt(query, offset) + place(position.line, position.column) + std::string{text}};
}

Error lexer_complaint(std::string_view query, std::size_t offset, std::string code, std::string_view text) {
  const Position position = position_at(query, offset);
  const std::size_t before = offset > 0 ? offset - 1 : 0;
  return Error{.code = std::move(code),
               .message = marked_excerpt(query, before) + place(position.line, position.column - 1) + std::string{text}};
}

Error unreadable_character(std::string_view query, std::size_t offset, std::string code, std::string_view problem) {
  const Position position = position_at(query, offset);
  return lexer_complaint(
      query, offset, std::move(code),
      "line " + std::to_string(position.line) + ":" + std::to_string(position.column - 1) + " " + std::string{problem});
}

Error complaint(std::string code, std::string text) { return Error{.code = std::move(code), .message = std::move(text)}; }

Error unexpected_token(std::string_view query, std::size_t offset) {
  std::string_view token = prefix_of_characters(query.substr(offset), 1);
  if (!token.empty() && is_word_character(token.front())) {
    std::size_t end = offset;
    while (end < query.size() && is_word_character(query[end])) ++end;
    token = query.substr(offset, end - offset);
  }
  return complaint_at(query, offset, "MALFORMED_QUERY", "unexpected token: '" + std::string{token} + "'");
}

Error not_modelled(std::string_view what) {
  return Error{.not_modelled = true,
               .code = "NOT_MODELLED",
               .message = "SOQL: " + std::string{what} + " is not modelled by this fake org"};
}

}  // namespace casewire::sim::salesforce::soql
