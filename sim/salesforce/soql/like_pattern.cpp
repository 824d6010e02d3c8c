#include "sim/salesforce/soql/like_pattern.hpp"

#include <charconv>

#include "sim/salesforce/soql/collation.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

/// Reads the escape that begins at `position` (on the backslash) and moves behind it. False: no such escape.
/// Escapes: SOQL and SOSL Reference, "Quoted String Escape Sequences". `\uXXXX` above the surrogates only.
bool read_escape(std::string_view source, std::size_t& position, std::string& out) {
  if (position + 1 >= source.size()) return false;
  const char kind = source[position + 1];
  position += 2;
  switch (kind) {
    // clang-format off
    case 'n': case 'N': out += '\n'; return true;
    case 'r': case 'R': out += '\r'; return true;
    case 't': case 'T': out += '\t'; return true;
    case 'b': case 'B': out += '\b'; return true;
    case 'f': case 'F': out += '\f'; return true;
    case '"': case '\'': case '\\': out += kind; return true;
    // clang-format on
    case 'u':
    case 'U': {
      if (position + 4 > source.size()) return false;
      std::uint32_t code = 0;
      const char* begin = source.data() + position;
      const auto [end, problem] = std::from_chars(begin, begin + 4, code, 16);
      if (problem != std::errc{} || end != begin + 4 || (code >= 0xD800 && code <= 0xDFFF)) return false;
      position += 4;
      append_utf8(out, code);
      return true;
    }
    default: return false;
  }
}

bool escapes_wildcard(std::string_view source, std::size_t position) {
  return position + 1 < source.size() && (source[position + 1] == '%' || source[position + 1] == '_');
}

}  // namespace

Result<LikePattern, std::string> LikePattern::from_source(std::string_view source) {
  LikePattern pattern;
  const auto append = [&pattern](std::string_view text) {
    for (std::size_t i = 0; i < text.size();) pattern.elements_.push_back(next_folded(text, i));
  };
  for (std::size_t position = 0; position < source.size();) {
    const char c = source[position];
    if (c == '%' || c == '_') {
      pattern.elements_.push_back(c == '%' ? kAny : kOne);
      ++position;
    } else if (c != '\\') {
      pattern.elements_.push_back(next_folded(source, position));
    } else if (escapes_wildcard(source, position)) {
      append(source.substr(position + 1, 1));
      position += 2;
    } else {
      const std::size_t begin = position;
      std::string text;
      if (!read_escape(source, position, text)) return fail(std::string{source.substr(begin, 2)});
      append(text);
    }
  }
  return pattern;
}

bool LikePattern::matches(std::string_view text) const {
  // Greedy with one point to return to: the last `%`, and how far it reached. Older ones never need to be tried again.
  std::size_t element = 0;
  std::size_t position = 0;
  std::size_t last_any = std::string_view::npos;
  std::size_t reached = 0;
  while (position < text.size()) {
    if (element < elements_.size() && elements_[element] == kAny) {
      last_any = element++;
      reached = position;
      continue;
    }
    std::size_t after = position;
    const char32_t c = next_folded(text, after);
    if (element < elements_.size() && (elements_[element] == kOne || elements_[element] == c)) {
      ++element;
      position = after;
    } else if (last_any != std::string_view::npos) {
      next_folded(text, reached);
      position = reached;
      element = last_any + 1;
    } else {
      return false;
    }
  }
  while (element < elements_.size() && elements_[element] == kAny) ++element;
  return element == elements_.size();
}

Result<std::string, std::string> unescaped(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t position = 0; position < source.size();) {
    if (source[position] != '\\') {
      out += source[position++];
      continue;
    }
    const std::size_t begin = position;
    if (!read_escape(source, position, out)) return fail(std::string{source.substr(begin, 2)});
  }
  return out;
}

}  // namespace casewire::sim::salesforce::soql
