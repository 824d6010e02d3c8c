#include "scenarios/language/form.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

constexpr int kRepetitionsMax = 4;

class FormReader {
 public:
  explicit FormReader(std::string_view form) : form_(form) {}

  /// Up to the closing bracket or the end.
  std::vector<Variant> sequence() {
    std::vector<Variant> all{Variant{}};
    while (next_ < form_.size() && form_[next_] != ']') {
      if (form_[next_] == ' ') {
        ++next_;
      } else {
        all = form_[next_] == '[' ? with_option(all) : with_each(all, atom());
      }
    }
    return all;
  }

 private:
  static std::vector<Variant> with_each(const std::vector<Variant>& heads, const std::vector<Variant>& tails) {
    std::vector<Variant> all;
    for (const Variant& head : heads) {
      for (const Variant& tail : tails) {
        Variant joined = head;
        joined.elements.insert(joined.elements.end(), tail.elements.begin(), tail.elements.end());
        joined.options.insert(joined.options.end(), tail.options.begin(), tail.options.end());
        all.push_back(std::move(joined));
      }
    }
    return all;
  }

  std::vector<Variant> with_option(const std::vector<Variant>& heads) {
    const std::size_t begin = ++next_;
    std::vector<Variant> inner = sequence();
    const std::string_view name = trimmed(form_.substr(begin, std::min(next_, form_.find('[', begin)) - begin));
    ++next_;  // the closing bracket
    const bool repeated = form_.substr(next_).starts_with("...");
    next_ += repeated ? 3 : 0;
    for (Variant& variant : inner) {
      variant.options.emplace_back(name);
    }
    std::vector<Variant> all = heads;  // left out
    std::vector<Variant> longest = heads;
    for (int i = 0; i < (repeated ? kRepetitionsMax : 1); ++i) {
      longest = with_each(longest, inner);
      all.insert(all.end(), longest.begin(), longest.end());
    }
    return all;
  }

  std::vector<Variant> atom() {
    const std::size_t begin = next_;
    if (form_[begin] == '{') {
      next_ = form_.find('}', begin) + 1;
      return slot(form_.substr(begin + 1, next_ - begin - 2));
    }
    if (form_.substr(begin).starts_with("'s")) {
      next_ += 2;
      return {{{{.kind = Token::Kind::possessive}}, {}}};
    }
    if (form_[begin] == ':') {
      ++next_;
      return {{{{.kind = Token::Kind::colon}}, {}}};
    }
    next_ = std::min(form_.find_first_of(" :]", begin), form_.size());
    if (form_.substr(begin, next_ - begin).ends_with("'s")) {
      next_ -= 2;  // a token of its own, as in a sentence
    }
    Element word;
    for (const std::string_view choice : split(form_.substr(begin, next_ - begin), '|')) {
      word.words.emplace_back(choice);
    }
    return {{{word}, {}}};
  }

  static std::vector<Variant> slot(std::string_view written) {
    const std::size_t colon = written.find(':');
    const std::string name(written.substr(0, colon));
    const ValueKind& kind = value_kind_named(colon == std::string_view::npos ? written : written.substr(colon + 1));
    Variant variant;
    std::vector<Variant> all;
    for (int words = 1; words <= kind.words_max; ++words) {
      variant.elements.push_back({.kind = kind.written, .slot = name, .value_kind = &kind, .begins_slot = words == 1});
      if (words >= kind.words_min) {
        all.push_back(variant);
      }
    }
    return all;
  }

  std::string_view form_;
  std::size_t next_ = 0;
};

}  // namespace

bool Element::accepts(const Token& token) const {
  if (token.kind != kind || kind == Token::Kind::colon || kind == Token::Kind::possessive) {
    return token.kind == kind;
  }
  if (!words.empty()) {
    return std::find(words.begin(), words.end(), token.text) != words.end();
  }
  if (kind == Token::Kind::quoted || kind == Token::Kind::table) {
    return true;
  }
  const bool is_number = is_digit(token.text.front());
  switch (begins_slot ? value_kind->digits : ValueKind::Digits::never) {
    case ValueKind::Digits::never: return !is_number;
    case ValueKind::Digits::may: return true;
    case ValueKind::Digits::must: return is_number;
  }
  return false;
}

std::string Element::description() const {
  switch (kind) {
    case Token::Kind::colon: return "\":\"";
    case Token::Kind::possessive: return "\"'s\"";
    default: return words.empty() ? std::string(value_kind->description) : choice_of(words);
  }
}

std::vector<Variant> variants_of(std::string_view form) { return FormReader(form).sequence(); }

bool matches(const Variant& variant, const std::vector<Token>& tokens) {
  return variant.elements.size() == tokens.size() &&
         std::equal(tokens.begin(), tokens.end(), variant.elements.begin(),
                    [](const Token& token, const Element& element) { return element.accepts(token); });
}

std::vector<Value> values_of(const Variant& variant, const std::vector<Token>& tokens) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Element& element = variant.elements[i];
    const Token& token = tokens[i];
    if (element.slot.empty() || element.kind == Token::Kind::table) {
      continue;
    }
    if (element.begins_slot) {
      values.push_back({element.slot, element.value_kind, token.text, token.at, token.length});
      continue;
    }
    Value& value = values.back();
    value.text += " " + token.text;
    if (token.at.line == value.at.line && token.at.column > value.at.column) {
      value.length = token.at.column + token.length - value.at.column;
    }
  }
  return values;
}

}  // namespace casewire::scenarios
