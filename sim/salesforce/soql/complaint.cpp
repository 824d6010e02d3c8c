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

}  // namespace

Error complaint_at(std::string_view query, std::size_t offset, std::string code, std::string_view text) {
  offset = std::min(offset, query.size());
  std::size_t begin = offset > kExcerptReach ? offset - kExcerptReach : 0;
  std::size_t end = std::min(query.size(), offset + kExcerptReach + 1);
  while (begin > 0 && !is_blank(query[begin - 1])) --begin;
  while (end < query.size() && !is_blank(query[end])) ++end;
  while (begin < offset && is_blank(query[begin])) ++begin;
  while (end > offset && is_blank(query[end - 1])) --end;

  // Line ends become blanks, so that the marker stands under its token in a query of several lines too.
  std::string excerpt{query.substr(begin, end - begin)};
  std::replace_if(excerpt.begin(), excerpt.end(), is_blank, ' ');
  const Position position = position_at(query, offset);
  std::string message = "\n" + excerpt + "\n";
  message.append(character_count(query.substr(begin, offset - begin)), ' ');
  message += "^\nERROR at Row:" + std::to_string(position.line) + ":Column:" + std::to_string(position.column) + "\n";
  message += text;
  return Error{.code = std::move(code), .message = std::move(message)};
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
