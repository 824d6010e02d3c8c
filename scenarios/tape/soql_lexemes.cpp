#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/tape/lexemes.hpp"

namespace casewire::scenarios {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Names, numbers and instants: `2026-01-05T09:00:00.000+01:00` is one word.
bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == ':' ||
         c == '-' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

char unescaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'f': return '\f';
    case 'b': return '\b';
    default: return c;
  }
}

}  // namespace

std::vector<Lexeme> soql_lexemes(std::string_view query) {
  std::vector<Lexeme> tokens;
  for (std::size_t at = 0; at < query.size();) {
    const char c = query[at];
    if (is_blank(c)) {
      ++at;
    } else if (c == '\'') {
      Lexeme token{.text = {}, .quoted = true};
      for (++at; at < query.size() && query[at] != '\''; ++at) {
        const bool escape = query[at] == '\\' && at + 1 < query.size();
        // A wildcard that is escaped is a letter, one that is not is none: the backslash stays.
        if (escape && (query[at + 1] == '_' || query[at + 1] == '%')) token.text += '\\';
        token.text += escape ? unescaped(query[++at]) : query[at];
      }
      ++at;
      tokens.push_back(std::move(token));
    } else if (is_word(c)) {
      const std::size_t begin = at;
      while (at < query.size() && is_word(query[at])) ++at;
      const std::string_view word = query.substr(begin, at - begin);
      const bool literal = word[0] >= '0' && word[0] <= '9';
      tokens.push_back({.text = literal ? std::string(word) : lowercase(word)});
    } else {
      const bool two = at + 1 < query.size() && query[at + 1] == '=' && (c == '<' || c == '>' || c == '!');
      tokens.push_back({.text = std::string(query.substr(at, two ? 2 : 1))});
      at += two ? 2 : 1;
    }
  }
  return tokens;
}

bool is_query(std::string_view text) {
  const std::string_view start = trimmed(text);
  const std::string word = lowercase(start.substr(0, 6));
  const auto ends = [&](std::size_t size) { return start.size() > size && (is_blank(start[size]) || start[size] == '{'); };
  return (word == "select" && ends(6)) || (word.starts_with("find") && ends(4));
}

bool takes_query(std::string_view name) { return name == "q" || name == "query" || name == "queryString"; }

}  // namespace casewire::scenarios
