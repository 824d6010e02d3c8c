#include "sim/salesforce/search/sosl.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/complaint.hpp"

namespace casewire::sim::salesforce::search {
namespace {

using soql::Error;

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

Error malformed(std::string text) { return soql::complaint("MALFORMED_SEARCH", std::move(text)); }

Error no_term() { return malformed("No search term found. The search term must be enclosed in braces."); }

// Those of the reserved characters that mean nothing in a term; the others (* ? " ( )) are its operators.
constexpr std::string_view kReserved = "&|!{[]^~:'+-";

class StatementReader {
 public:
  explicit StatementReader(std::string_view text) : text_(text) {}

  Result<Statement, Error> read() {
    if (text_.size() > kStatementBytesMax) return fail(malformed("SOSL statements can not be longer than 100000 characters"));
    if (!take("FIND")) return fail(unexpected());
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != '{') return fail(no_term());
    if (auto problem = read_term()) return fail(*problem);
    if (take("IN"))
      if (auto problem = read_group()) return fail(*problem);
    if (take("RETURNING"))
      if (auto problem = read_returning()) return fail(*problem);
    for (const auto* word : {"WITH", "USING", "UPDATE"})
      if (take(word)) return fail(soql::not_modelled(std::string{word} + " in SOSL"));
    if (take("LIMIT")) {
      statement_.limit = number();
      if (!statement_.limit) return fail(unexpected());
    }
    skip_blanks();
    if (at_ < text_.size()) return fail(unexpected());
    return std::move(statement_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
  }
  Error unexpected() {
    skip_blanks();
    auto error = at_ == text_.size() ? soql::complaint_at(text_, at_, "MALFORMED_SEARCH", "unexpected token: '<EOF>'")
                                     : soql::unexpected_token(text_, at_);
    error.code = "MALFORMED_SEARCH";
    return error;
  }
  bool take(std::string_view word) {
    skip_blanks();
    const auto found = text_.substr(at_, word.size());
    if (!equals_ignoring_case(found, word)) return false;
    if (at_ + word.size() < text_.size() && is_name(text_[at_ + word.size()])) return false;
    at_ += word.size();
    return true;
  }
  std::optional<std::size_t> number() {
    skip_blanks();
    std::size_t value = 0;
    const auto* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc{} || end == begin) return std::nullopt;
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }
  // A reserved character inside the term is escaped, in quotes too ("Reserved Characters"). Captured for | (restforce, issue 688), -
  // (simple-salesforce, issue 415) and :; the words for the others by analogy. A + found nothing in 2015 (restforce, issue 203); we are
  // stricter.
  std::optional<Error> read_term() {
    const auto start = ++at_;
    while (at_ < text_.size() && text_[at_] != '}') {
      if (kReserved.find(text_[at_]) != std::string_view::npos)
        return soql::unreadable_character(text_, at_, "MALFORMED_SEARCH",
                                          "mismatched character '" + std::string(1, text_[at_]) + "' expecting '}'");
      at_ += text_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= text_.size()) return no_term();
    statement_.term = std::string{text_.substr(start, at_ - start)};
    ++at_;
    return trimmed(statement_.term).empty() ? std::optional{no_term()} : std::nullopt;
  }
  std::optional<Error> read_group() {
    constexpr std::pair<const char*, Group> kGroups[] = {{"ALL", Group::all},
                                                         {"NAME", Group::name},
                                                         {"EMAIL", Group::email},
                                                         {"PHONE", Group::phone},
                                                         {"SIDEBAR", Group::sidebar}};
    for (const auto& [word, group] : kGroups)
      if (take(word)) {
        statement_.group = group;
        return take("FIELDS") ? std::nullopt : std::optional{malformed_token()};
      }
    return malformed_token();
  }
  // Captured for the word in the place of FIELDS (force-rest-api, pull request 92).
  Error malformed_token() {
    skip_blanks();
    auto end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    if (end == at_) return unexpected();
    return soql::lexer_complaint(text_, at_, "MALFORMED_SEARCH",
                                 "Malformed search token: " + std::string{text_.substr(at_, end - at_)});
  }
  std::optional<Error> read_returning() {
    do {
      skip_blanks();
      Returning returning{.object = {}, .offset = at_, .fields = {}, .clauses = {}, .rest = {}};
      while (at_ < text_.size() && is_name(text_[at_])) returning.object += text_[at_++];
      if (returning.object.empty()) return unexpected();
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == '(') {
        const auto start = at_ + 1;
        const auto inside = parentheses();
        if (!inside) return unexpected();
        split_clauses(*inside, returning);
        if (returning.fields.empty()) {
          at_ = start;
          return unexpected();
        }
      }
      if (statement_.returning.size() == kReturningMax)
        return malformed("RETURNING names more than " + std::to_string(kReturningMax) + " objects");
      statement_.returning.push_back(std::move(returning));
      skip_blanks();
    } while (at_ < text_.size() && text_[at_] == ',' && ++at_);
    return std::nullopt;
  }
  // What stands between this parenthesis and the one that closes it; quoted texts may hold any.
  std::optional<std::string_view> parentheses() {
    const auto start = ++at_;
    std::size_t depth = 1;
    for (bool quoted = false; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quoted && c == '\\')
        ++at_;
      else if (c == '\'')
        quoted = !quoted;
      else if (!quoted && c == '(')
        ++depth;
      else if (!quoted && c == ')' && --depth == 0)
        return text_.substr(start, at_++ - start);
    }
    at_ = text_.size();
    return std::nullopt;
  }
  static std::size_t find_word(std::string_view text, std::string_view word) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (quoted && text[i] == '\\') {
        ++i;
      } else if (text[i] == '\'') {
        quoted = !quoted;
      } else if (!quoted && (i == 0 || !is_name(text[i - 1])) && equals_ignoring_case(text.substr(i, word.size()), word) &&
                 (i + word.size() == text.size() || !is_name(text[i + word.size()]))) {
        return i;
      }
    }
    return std::string_view::npos;
  }
  static void split_clauses(std::string_view inside, Returning& returning) {
    auto rest = std::min({find_word(inside, "ORDER"), find_word(inside, "LIMIT"), find_word(inside, "OFFSET"), inside.size()});
    const auto where = std::min(find_word(inside, "WHERE"), rest);
    returning.fields = std::string{trimmed(inside.substr(0, where))};
    if (where < rest) returning.clauses = std::string{trimmed(inside.substr(where + 5, rest - where - 5))};
    returning.rest = std::string{trimmed(inside.substr(rest))};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Statement statement_;
};

}  // namespace

Result<Statement, soql::Error> parse_sosl(std::string_view text) { return StatementReader{text}.read(); }

}  // namespace casewire::sim::salesforce::search
