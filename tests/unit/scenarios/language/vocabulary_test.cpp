#include "scenarios/language/vocabulary.hpp"

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"
#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

/// The example's sentence, and the table that stands under it in some.
struct Example {
  explicit Example(std::string_view example) : sentence(example.substr(0, example.find('\n')), {1, 1}) {
    if (example.find('\n') != std::string_view::npos) below.rows.push_back({{}, "Where is it?", {2, 3}, 12});
  }
  Located sentence;
  Below below;
};

TEST(Vocabulary, EveryExampleIsASentenceOfItsOwnRowAndOfNoOther) {
  for (const Sentence& sentence : vocabulary()) {
    Mistakes mistakes("example");
    const Example example(sentence.example);
    auto tokens = tokens_of(example.sentence, mistakes);
    if (!example.below.rows.empty()) tokens.push_back({.kind = Token::Kind::table});
    std::set<const Sentence*> rows;
    for (const KnownVariant& known : known_variants()) {
      if (matches(known.variant, tokens)) {
        rows.insert(known.sentence);
      }
    }
    EXPECT_EQ(rows, std::set<const Sentence*>{&sentence}) << sentence.example;
    EXPECT_TRUE(recognise(example.sentence, example.below, mistakes)) << sentence.example;
    EXPECT_TRUE(mistakes.none()) << sentence.example;
  }
}

TEST(Vocabulary, ReachesEveryAction) {
  std::set<std::size_t> actions;
  for (const Sentence& sentence : vocabulary()) {
    Mistakes mistakes("example");
    const Example example(sentence.example);
    actions.insert(recognise(example.sentence, example.below, mistakes).value().action.index());
  }
  EXPECT_EQ(actions.size(), std::variant_size_v<Action>);
}

TEST(Vocabulary, EverySlotHasADescription) {
  for (const KnownVariant& known : known_variants()) {
    for (const Element& element : known.variant.elements) {
      EXPECT_TRUE(element.slot.empty() || element.description() != element.slot) << element.slot;
    }
  }
}

TEST(Vocabulary, TheDocumentListsTheSameSentences) {
  const std::string document = content_of(std::string(CASEWIRE_SOURCE_DIR) + "/docs/scenario-language.md");
  std::vector<std::string> documented;
  for (const std::string_view line : split(document, '\n')) {
    // A row of the tables of sentences: | `form` | meaning |, where a bar inside the form is written \|.
    if (line.starts_with("| `")) {
      std::string form(line.substr(3, line.find("` |") - 3));
      for (std::size_t at = form.find("\\|"); at != std::string::npos; at = form.find("\\|", at)) {
        form.erase(at, 1);
      }
      documented.push_back(form);
    }
  }
  std::vector<std::string> known;
  for (const Sentence& sentence : vocabulary()) {
    known.emplace_back(sentence.form);
  }
  EXPECT_EQ(documented, known);
}

TEST(Vocabulary, TheListShowsEverySentenceWithItsExample) {
  const std::string text = vocabulary_text();
  for (const Sentence& sentence : vocabulary()) {
    EXPECT_NE(text.find("  " + std::string(sentence.form) + "\n      " + std::string(sentence.example) + "\n"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace casewire::scenarios
