// What holds of every row of the vocabulary, whatever it says.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text/rng.hpp"
#include "base/text/strings.hpp"
#include "scenarios/language/gherkin.hpp"
#include "scenarios/language/listing.hpp"
#include "scenarios/language/operations.hpp"
#include "scenarios/language/recognise.hpp"
#include "scenarios/language/table_row.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

std::vector<const Sentence*> all_rows() {
  std::vector<const Sentence*> rows;
  for (const Family& family : casewire_vocabulary().families()) {
    for (const Sentence& sentence : family.sentences) rows.push_back(&sentence);
  }
  return rows;
}

/// A sentence and the table under it, as lines.
struct Lines {
  explicit Lines(std::string_view text) {
    const auto lines = split(text, '\n');
    sentence = Located(lines.front(), {1, 1});
    for (std::size_t i = 1; i < lines.size(); ++i) {
      Mistakes mistakes("row");
      const gherkin::Row row = gherkin::read_row({.number = i + 1, .raw = lines[i], .text = trimmed(lines[i])}, mistakes);
      below.rows.push_back({.text = row.at(0).text(), .at = {i + 1, 1}});
    }
  }
  Located sentence;
  Below below;
};

std::optional<Action> recognised(std::string_view text) {
  Mistakes mistakes("sentence");
  const Lines lines(text);
  auto action = recognise(casewire_vocabulary(), lines.sentence, lines.below, mistakes);
  for (const Diagnostic& mistake : mistakes.take()) ADD_FAILURE() << text << "\n" << render(mistake);
  return action;
}

// "handoff analytics" could not be said: its last letter was taken for a plural's.
TEST(Operations, CanBeSaidOneAndMany) {
  for (const auto& [system, operations] : casewire_vocabulary().operations()) {
    for (const std::string& operation : operations) EXPECT_EQ(operation_in_singular(operation), operation) << system;
  }
}

TEST(Vocabulary, EveryExampleIsASentenceOfItsOwnRowAndOfNoOther) {
  for (const Sentence* row : all_rows()) {
    Mistakes mistakes("example");
    const Lines example(row->example);
    auto tokens = tokens_of(example.sentence, mistakes);
    if (!example.below.rows.empty()) tokens.push_back({.kind = Token::Kind::table});
    std::set<const Sentence*> rows;
    for (const auto& known : casewire_vocabulary().variants()) {
      if (matches(known.variant, tokens)) rows.insert(known.sentence);
    }
    EXPECT_EQ(rows, std::set<const Sentence*>{row}) << row->example;
    EXPECT_TRUE(recognised(row->example)) << row->example;
  }
}

/// Something that the element takes, different each time and with everything in it that must be escaped.
std::string something_for(const Element& element, Rng& rng) {
  static const char* const kTexts[] = {"Where is it?", "a \"b\" \\ c", "two\nlines\tand a tab", "C:\\new", "| a bar |",
                                       "\\",           "größe"};
  const std::string number = std::to_string(1 + rng.below(90));
  if (!element.words.empty()) return element.words[rng.below(element.words.size())];
  const std::string_view kind = element.value_kind->name;
  if (kind == "refusal") return "UNABLE_TO_LOCK_ROW";
  if (kind == "field") return "Priority";
  if (kind == "size") return element.begins_slot ? "2" : "KB";
  if (element.kind == Token::Kind::quoted || element.kind == Token::Kind::table) return kTexts[rng.below(std::size(kTexts))];
  if (kind == "duration") return element.begins_slot ? "2" : "days";
  if (kind == "ordinal") return "3rd";
  if (kind == "code") return "503";
  if (kind == "system") return "Salesforce";
  if (kind == "address" || kind == "support") return "a" + number + "@example.test";
  return element.value_kind->digits == ValueKind::Digits::must ? number : "N" + number;
}

/// An operation of so many words, with the system it is one of.
std::optional<std::pair<std::string, std::string>> operation_of_length(std::ptrdiff_t words, bool salesforce_only) {
  for (const auto& [system, operations] : casewire_vocabulary().operations()) {
    if (salesforce_only && system != "Salesforce") continue;
    for (const std::string& operation : operations) {
      if (std::count(operation.begin(), operation.end(), ' ') + 1 == words) return std::pair{system, operation};
    }
  }
  return std::nullopt;
}

std::ptrdiff_t words_of_operation(const Variant& variant) {
  return std::count_if(variant.elements.begin(), variant.elements.end(), [](const Element& element) {
    return element.value_kind != nullptr && element.value_kind->name == "operation";
  });
}

bool has_slot(const Variant& variant, std::string_view slot) {
  return std::any_of(variant.elements.begin(), variant.elements.end(),
                     [&](const Element& element) { return element.slot == slot; });
}

/// A sentence of that variant, as an author might write it; empty when no operation has as many words.
std::string sentence_of(const Variant& variant, Rng& rng) {
  const auto operation = operation_of_length(words_of_operation(variant), !has_slot(variant, "system"));
  if (words_of_operation(variant) != 0 && !operation) return {};
  std::string text;
  std::string rows;
  for (const Element& element : variant.elements) {
    switch (element.kind) {
      case Token::Kind::possessive: text += "'s"; break;
      case Token::Kind::colon: text += ":"; break;
      case Token::Kind::table: rows = "\n| one \\| bar |\n| two\\nlines |"; break;
      case Token::Kind::quoted: text += (text.empty() ? "" : " ") + in_straight_quotes(something_for(element, rng)); break;
      case Token::Kind::word:
        if (element.value_kind != nullptr && element.value_kind->name == "operation") {
          text += element.begins_slot ? " " + operation->second : "";
        } else if (operation && element.slot == "system") {
          text += (text.empty() ? "" : " ") + operation->first;
        } else {
          text += (text.empty() ? "" : " ") + something_for(element, rng);
        }
        break;
    }
  }
  return text + rows;
}

std::vector<std::pair<std::string, std::string>> slots_and_texts(const Action& action) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const Value& value : action.values()) all.emplace_back(value.slot, value.text);
  return all;
}

TEST(Vocabulary, EveryVariantSaysItselfAgain) {
  SeededRng rng(1);
  for (const auto& known : casewire_vocabulary().variants()) {
    for (int time = 0; time < 3; ++time) {
      const std::string text = sentence_of(known.variant, rng);
      if (text.empty()) continue;
      const auto action = recognised(text);
      ASSERT_TRUE(action) << text;
      EXPECT_EQ(&action->sentence(), known.sentence) << text;
      const auto again = recognised(action->said().text());
      ASSERT_TRUE(again) << action->said().text();
      EXPECT_EQ(&again->sentence(), known.sentence) << text;
      EXPECT_EQ(slots_and_texts(*again), slots_and_texts(*action)) << text;
      EXPECT_EQ(again->said().text(), action->said().text());
      for (const std::string& option : known.variant.options) EXPECT_TRUE(again->says(option)) << text;
    }
  }
}

TEST(Vocabulary, EveryExampleSaysItselfWordByWord) {
  for (const Sentence* row : all_rows()) {
    if (row->example.find('\n') == std::string_view::npos) {
      EXPECT_EQ(recognised(row->example)->said().text(), row->example);
    }
  }
}

TEST(Vocabulary, EveryRowCanBePlayedAndIsExplained) {
  for (const Sentence* row : all_rows()) {
    EXPECT_NE(row->play, nullptr) << row->form;
    EXPECT_FALSE(row->meaning.empty()) << row->form;
  }
}

TEST(Vocabulary, TraitsNameSlotsOfTheirOwnForm) {
  for (const Sentence* row : all_rows()) {
    std::set<std::string_view> slots{""};
    const auto variants = variants_of(row->form);
    for (const Variant& variant : variants) {
      for (const Element& element : variant.elements) slots.insert(element.slot);
    }
    std::vector<std::string_view> named = row->traits.introduces;
    for (const auto* claims : {&row->traits.needs, &row->traits.excludes, &row->traits.makes, &row->traits.ends}) {
      for (const Claim& claim : *claims) named.push_back(claim.slot);
    }
    if (row->traits.activity) named.insert(named.end(), {row->traits.activity->who, row->traits.activity->where});
    for (const std::string_view slot : named) EXPECT_TRUE(slots.contains(slot)) << row->form << " has no " << slot;
  }
}

/// The tables of docs/scenario-language.md stand between `<!-- sentences: TITLE -->` and `<!-- end -->`. UPDATE_GOLDEN=1 rewrites
/// them.
TEST(Vocabulary, TheDocumentShowsTheRows) {
  const std::string path = std::string(CASEWIRE_SOURCE_DIR) + "/docs/scenario-language.md";
  std::ifstream file(path, std::ios::binary);
  const std::string before(std::istreambuf_iterator<char>(file), {});
  std::string document = before;
  for (const Family& family : casewire_vocabulary().families()) {
    const std::string head = "<!-- sentences: " + std::string(family.title) + " -->\n";
    const std::size_t begin = document.find(head);
    ASSERT_NE(begin, std::string::npos) << head;
    const std::size_t end = document.find("<!-- end -->", begin);
    ASSERT_NE(end, std::string::npos) << head;
    document.replace(begin + head.size(), end - begin - head.size(), markdown_table(family));
  }
  if (std::getenv("UPDATE_GOLDEN") != nullptr && document != before) std::ofstream(path, std::ios::binary) << document;
  EXPECT_EQ(document, before) << "run this test with UPDATE_GOLDEN=1 and read what changes";
}

TEST(Vocabulary, TheListShowsEverySentenceWithItsExample) {
  const std::string text = vocabulary_text(casewire_vocabulary());
  for (const Sentence* row : all_rows()) {
    EXPECT_NE(text.find("  " + shown_form(row->form) + "\n      " + std::string(row->example) + "\n"), std::string::npos);
  }
}

}  // namespace
}  // namespace casewire::scenarios
