#include "scenarios/language/explain.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "base/text/strings.hpp"
#include "scenarios/language/listing.hpp"
#include "scenarios/language/meaning.hpp"

namespace casewire::scenarios {

namespace {

constexpr int kAlmost = 1;  ///< a slip of the pen
constexpr int kDifferent = 2;
constexpr std::size_t kTokensMax = 60;  ///< a sentence of the vocabulary has less than half of that

struct Edit {
  enum class Kind { exchange, missing, extra } kind;
  std::size_t element, token;  ///< what stands at this point of form and sentence
};

struct Alignment {
  int cost = std::numeric_limits<int>::max();
  std::vector<Edit> edits;
};

/// Edit distance of one sentence to a variant, with the way that leads there.
class Aligner {
 public:
  explicit Aligner(const std::vector<Token>& tokens) : tokens_(tokens) {}

  Alignment to(const std::vector<Element>& elements) {
    const std::size_t columns = tokens_.size() + 1;
    std::vector<int> cost((elements.size() + 1) * columns);
    const auto at = [&](std::size_t e, std::size_t t) -> int& { return cost[e * columns + t]; };
    for (std::size_t e = 0; e <= elements.size(); ++e) {
      for (std::size_t t = 0; t <= tokens_.size(); ++t) {
        at(e, t) = e == 0 || t == 0 ? kDifferent * static_cast<int>(e + t)
                                    : std::min({at(e - 1, t - 1) + difference(elements[e - 1], t - 1), at(e - 1, t) + kDifferent,
                                                at(e, t - 1) + kDifferent});
      }
    }
    Alignment result{at(elements.size(), tokens_.size()), {}};
    for (std::size_t e = elements.size(), t = tokens_.size(); e > 0 || t > 0;) {
      const int step = e > 0 && t > 0 ? difference(elements[e - 1], t - 1) : kDifferent;
      // A word too many first: a slot takes any word, so that otherwise the name before it would be called superfluous.
      if (t > 0 && at(e, t) == at(e, t - 1) + kDifferent) {
        result.edits.push_back({Edit::Kind::extra, e, --t});
      } else if (e > 0 && t > 0 && at(e, t) == at(e - 1, t - 1) + step) {
        --e, --t;
        if (step > 0) {
          result.edits.push_back({Edit::Kind::exchange, e, t});
        }
      } else {
        result.edits.push_back({Edit::Kind::missing, --e, t});
      }
    }
    return result;
  }

 private:
  int difference(const Element& element, std::size_t token) {
    if (element.accepts(tokens_[token])) {
      return 0;
    }
    if (element.words.empty() || tokens_[token].kind != Token::Kind::word) {
      return kDifferent;
    }
    // The same few hundred words come again in many variants; comparing letters is what costs.
    const auto [known, is_new] = almost_.try_emplace({token, element.words.front()}, false);
    if (is_new) {
      known->second = !nearest(tokens_[token].text, element.words).empty();
    }
    return known->second ? kAlmost : kDifferent;
  }

  const std::vector<Token>& tokens_;
  std::map<std::pair<std::size_t, std::string_view>, bool> almost_;
};

bool is_literal(const Element& element) { return element.slot.empty(); }

/// Half of the form's own words must be there: slots take any word, and naming a form that shares nothing else would mislead.
bool is_near(const Alignment& alignment, const std::vector<Element>& elements) {
  const auto literals = std::count_if(elements.begin(), elements.end(), is_literal);
  const auto lost = std::count_if(alignment.edits.begin(), alignment.edits.end(), [&](const Edit& edit) {
    return edit.kind != Edit::Kind::extra && is_literal(elements[edit.element]);
  });
  return 2 * lost <= literals && alignment.cost <= static_cast<int>(elements.size());
}

std::string shown(const Token& token) {
  if (token.kind == Token::Kind::table) {
    return "a table";
  }
  return token.kind == Token::Kind::quoted ? in_quotes(token.text) : "\"" + token.text + "\"";
}

/// One word differs: say which, where it stands.
void explain_edit(const Edit& edit, const Variant& variant, const std::vector<Token>& tokens, std::string hint,
                  Mistakes& mistakes) {
  const std::string wanted = edit.element < variant.elements.size() ? variant.elements[edit.element].description() : "";
  const Token& token = tokens[std::min(edit.token, tokens.size() - 1)];
  if (edit.kind == Edit::Kind::exchange) {
    mistakes.add(token.at, token.length, {"expected " + wanted + ", found " + shown(token), std::move(hint)});
  } else if (edit.kind == Edit::Kind::extra) {
    mistakes.add(token.at, token.length, {"did not expect " + shown(token) + " here", std::move(hint)});
  } else if (edit.token < tokens.size()) {
    mistakes.add(token.at, token.length, {"expected " + wanted + " before " + shown(token), std::move(hint)});
  } else {
    mistakes.add({token.at.line, token.at.column + token.length}, 1,
                 {"expected " + wanted + " after " + shown(token), std::move(hint)});
  }
}

}  // namespace

namespace {

/// All of the form's own words but one are there: cheap to ask, and a file may hold much prose.
bool has_its_words(const Variant& variant, const std::set<std::string_view>& words) {
  int lost = 0;
  for (const Element& element : variant.elements) {
    const bool is_word = element.kind == Token::Kind::word && is_literal(element);
    lost += is_word && std::none_of(element.words.begin(), element.words.end(),
                                    [&](const std::string& word) { return words.contains(word); })
                ? 1
                : 0;
  }
  return lost <= 1;
}

/// One word is misspelt, or a value is not what stands there: the form is the one that was meant. Another word in the place of one
/// of the form's own may as well mean another sentence.
bool is_slip(const Alignment& alignment, const Vocabulary::Known& known) {
  if (alignment.edits.size() != 1) {
    return false;
  }
  const Edit& edit = alignment.edits.front();
  const bool about_a_word = edit.kind == Edit::Kind::extra || is_literal(known.variant.elements[edit.element]);
  return alignment.cost <= kAlmost || !about_a_word;
}

/// All that is wrong with it.
bool lacks_quotes(const Alignment& alignment, const Variant& variant, const std::vector<Token>& tokens) {
  return !alignment.edits.empty() && std::all_of(alignment.edits.begin(), alignment.edits.end(), [&](const Edit& edit) {
    return edit.kind == Edit::Kind::exchange && variant.elements[edit.element].kind == Token::Kind::quoted &&
           tokens[edit.token].kind == Token::Kind::word;
  });
}

}  // namespace

bool could_be_a_sentence(const Vocabulary& vocabulary, const Located& text) {
  Mistakes ignored("");
  const std::vector<Token> tokens = tokens_of(text, ignored);
  if (tokens.empty() || tokens.size() > kTokensMax) {
    return false;
  }
  std::set<std::string_view> words;
  for (const Token& token : tokens) {
    words.insert(token.text);
  }
  Aligner aligner(tokens);
  const auto& known = vocabulary.variants();
  return std::any_of(known.begin(), known.end(), [&](const Vocabulary::Known& each) {
    const std::size_t length = each.variant.elements.size();
    if (tokens.size() + 2 < length || length + 2 < tokens.size() || !has_its_words(each.variant, words)) {
      return false;
    }
    const Alignment alignment = aligner.to(each.variant.elements);
    return alignment.edits.size() <= 1 && is_near(alignment, each.variant.elements);
  });
}

void explain_unknown(const Vocabulary& vocabulary, const Located& sentence, const std::vector<Token>& tokens,
                     Mistakes& mistakes) {
  const Vocabulary::Known* nearest_variant = nullptr;
  Alignment best;
  if (tokens.size() <= kTokensMax) {
    Aligner aligner(tokens);
    for (const Vocabulary::Known& known : vocabulary.variants()) {
      const std::size_t length = known.variant.elements.size();
      if (tokens.size() > 2 * length || length > 2 * tokens.size()) {
        continue;  // too far apart to be near
      }
      Alignment alignment = aligner.to(known.variant.elements);
      if (alignment.cost < best.cost && is_near(alignment, known.variant.elements)) {
        best = std::move(alignment);
        nearest_variant = &known;
      }
    }
  }
  if (nearest_variant != nullptr && lacks_quotes(best, nearest_variant->variant, tokens)) {
    for (auto edit = best.edits.rbegin(); edit != best.edits.rend(); ++edit) {
      const std::string wanted = in_quotes(tokens[edit->token].text);
      explain_edit(*edit, nearest_variant->variant, tokens, "write it in quotes: " + wanted, mistakes);
    }
    return;
  }
  const Sentence* meant = nearest_in_meaning(vocabulary, tokens);
  const bool is_far = nearest_variant == nullptr || (meant == nullptr && best.edits.size() > 1);
  if (is_far || (meant != nullptr && meant != nearest_variant->sentence && !is_slip(best, *nearest_variant))) {
    mistakes.add(sentence.at(), sentence.width(),
                 meant == nullptr ? Slip{"unknown sentence", "this cannot be said; casewire steps lists every sentence"}
                                  : Slip{"unknown sentence", "the nearest is: " + shown_form(meant->form)});
    return;
  }
  const std::string form = shown_form(nearest_variant->sentence->form);
  if (best.edits.size() == 1) {
    explain_edit(best.edits.front(), nearest_variant->variant, tokens, "the sentence is: " + form, mistakes);
  } else {
    mistakes.add(sentence.at(), sentence.width(), {"unknown sentence", "the nearest is: " + form});
  }
}

}  // namespace casewire::scenarios
