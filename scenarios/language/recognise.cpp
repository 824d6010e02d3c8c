#include <algorithm>

#include "scenarios/language/feature.hpp"
#include "scenarios/language/values.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

namespace {

const KnownVariant* variant_of(const std::vector<Token>& tokens) {
  const auto& known = known_variants();
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const KnownVariant& each) { return matches(each.variant, tokens); });
  return found == known.end() ? nullptr : &*found;
}

/// A doc string stands for the text at the sentence's end: behind its colon (`Dana replies:`), or in the place of the quoted
/// text (`case A gains the comment:`).
const KnownVariant* variant_with_doc_string(std::vector<Token>& tokens, const Token& doc_string) {
  tokens.push_back(doc_string);
  if (const KnownVariant* found = variant_of(tokens)) {
    return found;
  }
  std::vector<Token> without_colon = tokens;
  without_colon.erase(without_colon.end() - 2);
  const KnownVariant* found = variant_of(without_colon);
  if (found != nullptr) {
    tokens = std::move(without_colon);
  }
  return found;
}

const KnownVariant* variant_with_table(std::vector<Token>& tokens, const Value& first_row) {
  tokens.push_back({Token::Kind::table, {}, first_row.at, first_row.length});
  return variant_of(tokens);
}

bool takes_no_table(std::vector<Token> tokens) {
  tokens.pop_back();
  return variant_of(tokens) != nullptr;
}

}  // namespace

std::optional<Recognised> recognise(const Located& sentence, const Below& below, Mistakes& mistakes) {
  std::vector<Token> tokens = tokens_of(sentence, mistakes);
  if (tokens.empty()) {
    if (sentence.empty()) {
      mistakes.add(sentence.at(), 1, {"this step says nothing", "casewire steps lists every sentence"});
    }
    return std::nullopt;
  }
  const KnownVariant* known = nullptr;
  const bool has_table = !below.rows.empty();
  if (has_table) {
    known = variant_with_table(tokens, below.rows.front());
  } else if (!below.doc_string) {
    known = variant_of(tokens);
  } else if (tokens.back().kind == Token::Kind::colon) {
    known = variant_with_doc_string(tokens, *below.doc_string);
  } else {
    mistakes.add(sentence.at(), sentence.width(), {"a sentence with a doc string under it ends with a colon", {}});
    return std::nullopt;
  }
  if (known == nullptr && has_table && takes_no_table(tokens)) {
    mistakes.add(below.rows.front().at, below.rows.front().length,
                 {"this sentence takes no table", "\"case A has the comments:\" takes one; an outline's stands under Examples"});
    return std::nullopt;
  }
  if (known == nullptr) {
    explain_unknown(sentence, tokens, mistakes);
    return std::nullopt;
  }
  std::vector<Value> values = values_of(known->variant, tokens);
  for (Value row : below.rows) {
    row.slot = known->variant.elements.back().slot;
    values.push_back(std::move(row));
  }
  Action action = known->sentence->build(Reading(values, known->variant.options, mistakes));
  return Recognised{known->sentence->group, std::move(action), std::move(values)};
}

const std::vector<KnownVariant>& known_variants() {
  static const std::vector<KnownVariant> all = [] {
    std::vector<KnownVariant> variants;
    for (const Sentence& sentence : vocabulary()) {
      for (Variant& variant : variants_of(sentence.form)) {
        variants.push_back({&sentence, std::move(variant)});
      }
    }
    return variants;
  }();
  return all;
}

bool Reading::says(std::string_view option) const {
  return std::find(options_.begin(), options_.end(), option) != options_.end();
}

std::string Reading::text(std::string_view slot) const {
  const Value* value = find(slot);
  return value == nullptr ? std::string{} : value->text;
}

std::vector<std::string> Reading::texts(std::string_view slot) const {
  std::vector<std::string> all;
  for (const Value& value : values_) {
    if (value.slot == slot) {
      all.push_back(value.text);
    }
  }
  return all;
}

const Value* Reading::find(std::string_view slot) const {
  const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& value) { return value.slot == slot; });
  return found == values_.end() ? nullptr : &*found;
}

template <class T>
T Reading::read(std::string_view slot, Result<T, Slip> (*reader)(std::string_view)) const {
  const Value* value = find(slot);
  if (value == nullptr) {
    return T{};
  }
  Result<T, Slip> result = reader(value->text);
  if (!result) {
    mistakes_.add(value->at, value->length, result.error());
    return T{};
  }
  return *result;
}

std::string Reading::address() const { return read("address", read_address); }
milliseconds Reading::duration() const { return read("duration", read_duration); }
std::uint32_t Reading::count() const { return read("count", read_count); }
std::uint32_t Reading::ordinal() const { return read("ordinal", read_ordinal); }
int Reading::code() const { return read("code", read_code); }
System Reading::system() const { return read("system", read_system); }

std::string Reading::operation() const {
  const auto named = read_system(text("system"));
  if (!named) {
    return {};  // whose operation it is was complained of
  }
  return *named == System::salesforce
             ? read(
                   "operation", +[](std::string_view word) { return read_operation(System::salesforce, word); })
             : read(
                   "operation", +[](std::string_view word) { return read_operation(System::opencx, word); });
}

std::string vocabulary_text() {
  std::string text =
      "Below each sentence stands an example. {...} is a value, [...] may be left out, [...]... may come up to four\n"
      "times, a|b is either word. docs/scenario-language.md explains them.\n\n";
  const Sentence* last = nullptr;
  for (const Sentence& sentence : vocabulary()) {
    if (last == nullptr || last->group != sentence.group) {
      constexpr std::string_view kTitles[] = {"Staging (Given)", "Faults (Given, or And between steps)", "People and time (When)",
                                              "Checks (Then)"};
      text += (last == nullptr ? "" : "\n") + std::string(kTitles[static_cast<std::size_t>(sentence.group)]) + "\n";
    }
    text += "  " + std::string(sentence.form) + "\n      " + std::string(sentence.example) + "\n";
    last = &sentence;
  }
  return text;
}

}  // namespace casewire::scenarios
