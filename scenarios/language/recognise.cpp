#include "scenarios/language/recognise.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/language/explain.hpp"
#include "scenarios/language/long_text.hpp"

namespace casewire::scenarios {

namespace {

/// A doc string stands for the text at the sentence's end: behind its colon (`Dana replies:`), or in the place of the quoted
/// text (`case A gains the comment:`).
const Vocabulary::Known* variant_with_doc_string(const Vocabulary& vocabulary, std::vector<Token>& tokens,
                                                 const Token& doc_string) {
  tokens.push_back(doc_string);
  if (const Vocabulary::Known* found = vocabulary.variant_for(tokens)) {
    return found;
  }
  std::vector<Token> without_colon = tokens;
  without_colon.erase(without_colon.end() - 2);
  const Vocabulary::Known* found = vocabulary.variant_for(without_colon);
  if (found != nullptr) {
    tokens = std::move(without_colon);
  }
  return found;
}

const Vocabulary::Known* variant_with_table(const Vocabulary& vocabulary, std::vector<Token>& tokens, const Value& first_row) {
  tokens.push_back({Token::Kind::table, {}, first_row.at, first_row.length});
  return vocabulary.variant_for(tokens);
}

bool takes_no_table(const Vocabulary& vocabulary, std::vector<Token> tokens) {
  tokens.pop_back();
  return vocabulary.variant_for(tokens) != nullptr;
}

}  // namespace

std::optional<Action> recognise(const Vocabulary& vocabulary, const Located& sentence, const Below& below, Mistakes& mistakes) {
  std::vector<Token> tokens = tokens_of(sentence, mistakes);
  if (tokens.empty()) {
    if (sentence.empty()) {
      mistakes.add(sentence.at(), 1, {"this step says nothing", "casewire steps lists every sentence"});
    }
    return std::nullopt;
  }
  const Vocabulary::Known* known = nullptr;
  const bool has_table = !below.rows.empty();
  if (has_table) {
    known = variant_with_table(vocabulary, tokens, below.rows.front());
  } else if (!below.doc_string) {
    known = vocabulary.variant_for(tokens);
  } else if (tokens.back().kind == Token::Kind::colon) {
    known = variant_with_doc_string(vocabulary, tokens, *below.doc_string);
  } else {
    mistakes.add(sentence.at(), sentence.width(), {"a sentence with a doc string under it ends with a colon", {}});
    return std::nullopt;
  }
  if (known == nullptr && has_table && takes_no_table(vocabulary, tokens)) {
    mistakes.add(below.rows.front().at, below.rows.front().length,
                 {"this sentence takes no table", "\"case A has the comments:\" takes one; an outline's stands under Examples"});
    return std::nullopt;
  }
  if (known == nullptr) {
    explain_unknown(vocabulary, sentence, tokens, mistakes);
    return std::nullopt;
  }
  std::vector<Value> values = values_of(known->variant, tokens);
  for (Value row : below.rows) {
    row.slot = known->variant.elements.back().slot;
    row.kind = known->variant.elements.back().value_kind;
    values.push_back(std::move(row));
  }
  for (Value& value : values) {
    if (auto longer = long_text(value.text)) {
      value.written = std::exchange(value.text, std::move(*longer));
    }
  }
  const Reading reading(vocabulary, values);
  for (const Value& value : values) {
    if (auto slip = value.kind->read == nullptr ? std::nullopt : value.kind->read(value.text, reading)) {
      mistakes.add(value.at, value.length, std::move(*slip));
    }
  }
  return Action(*known->sentence, known->variant, std::move(values));
}

std::string Reading::text(std::string_view slot) const {
  const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& value) { return value.slot == slot; });
  return found == values_.end() ? std::string{} : found->text;
}

}  // namespace casewire::scenarios
