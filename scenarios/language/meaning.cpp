#include "scenarios/language/meaning.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

struct Concept {
  std::string_view name;
  std::string_view words;  ///< without their endings (see stem_of)
};

// The words of the vocabulary stand in this table too where others mean the same.
constexpr std::array kConcepts{
    Concept{"handoff", "hand escalat transfer handoff handover delegat"},
    Concept{"reply", "repl answer respond response react"},
    Concept{"email", "email mail writ write wrot wrote compos contact"},
    Concept{"receive", "receiv get got gain hear arriv obtain deliver land"},
    Concept{"pass", "pass wait later elaps sleep paus"},
    Concept{"close", "clos resolv solv finish complet"},
    Concept{"open", "open creat appear born"},
    Concept{"case", "cas case ticket"},
    Concept{"comment", "comment note notes remark annotat"},
    Concept{"file", "fil file attachment document pdf pictur upload"},
    Concept{"silent", "silent quiet mut mute silenc"},
    Concept{"session", "session chat conversat conversation dialog"},
    Concept{"rep", "rep agent employe colleagu staff"},
    Concept{"customer", "customer client buyer"},
    Concept{"person", "person human people"},
    Concept{"take", "tak take took claim grab assum"},
    Concept{"owner", "own owner belong assign reassign"},
    Concept{"give", "giv give gave"},
    Concept{"queue", "queue queu group"},
    Concept{"status", "status stat state"},
    Concept{"internal", "internal internally privat hidden secret"},
    Concept{"public", "public publicly visibl"},
    Concept{"webhook", "webhook notificat notification callback hook"},
    Concept{"lost", "los lose lost drop disappear swallow vanish miss"},
    Concept{"twice", "twic twice duplicat doubl"},
    Concept{"again", "again anew"},
    Concept{"crash", "crash die dies dy"},
    Concept{"kill", "kill sigkill"},
    Concept{"stop", "stop stopp shut shuts terminat halt shutdown"},
    Concept{"start", "start restart boot launch begin"},
    Concept{"bridge", "bridge bridg connector integrat integration middlewar"},
    Concept{"expire", "expir invalid outdat"},
    Concept{"order", "order sequenc"},
    Concept{"summary", "summar summariz describ descript description"},
    Concept{"nothing", "nothing no non none nev never anything not"},
    Concept{"ai", "ai bot robot assistant autopilot"},
    Concept{"everybody", "everybod everyon all everyth every"},
    Concept{"forward", "forward fwd"},
    Concept{"ooo", "out-of-office out-of-offic vacat vacation autorepl absenc away"},
    Concept{"left", "left more"},
    Concept{"park", "park given_up dead-letter stuck"},
    Concept{"show", "show display"},
    Concept{"refuse", "refus reject fail"},
    Concept{"be", "is was be been are were am remain remains stay stays becom"},
};

// "send" says as little as "do": what is sent says it.
constexpr std::string_view kJoining[] = {
    "the",  "a",     "an",     "to",     "of",   "on",   "in",    "at",   "with",  "from",    "for",  "by",    "and",    "or",
    "that", "has",   "have",   "had",    "it",   "its",  "her",   "his",  "she",   "he",      "they", "their", "about",  "as",
    "then", "when",  "given",  "should", "will", "can",  "must",  "this", "there", "up",      "out",  "off",   "over",   "into",
    "but",  "after", "before", "so",     "does", "do",   "one",   "some", "who",   "which",   "says", "say",   "saying", "s",
    "we",   "i",     "you",    "keeps",  "keep", "send", "sends", "sent", "these", "exactly", "did",  "any"};

/// Concept by word, in both writings.
const std::map<std::string, std::string, std::less<>>& concept_index() {
  static const auto index = [] {
    std::map<std::string, std::string, std::less<>> all;
    for (const Concept& one : kConcepts) {
      for (const std::string_view word : split(one.words, ' ')) {
        all.emplace(word, one.name);
      }
    }
    return all;
  }();
  return index;
}

/// Without the endings of number and time: "replies" and "replied" are "repl".
std::string stem_of(std::string word) {
  for (const std::string_view ending : {"ies", "ied", "ing", "ed", "es", "e", "s", "y"}) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) {
      word.resize(word.size() - ending.size());
      break;
    }
  }
  return word;
}

/// The concepts of a form's own words; those of what may be left out count when they are there.
std::set<std::string> concepts_of_form(std::string_view form) {
  std::set<std::string> concepts;
  std::string word;
  bool in_slot = false;
  const auto end_word = [&] {
    if (std::string one = concept_of(word); !one.empty()) {
      concepts.insert(std::move(one));
    }
    word.clear();
  };
  for (const char c : form) {
    if (c == '{') {
      in_slot = true;
    } else if (c == '}') {
      in_slot = false;
      word.clear();
    } else if (!in_slot && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-')) {
      word += c;
    } else if (!in_slot) {
      end_word();
    }
  }
  end_word();
  return concepts;
}

/// The form without what may be left out.
std::string required_part(std::string_view form) {
  std::string out;
  int depth = 0;
  for (const char c : form) {
    depth += c == '[' ? 1 : 0;
    if (depth == 0) {
      out += c;
    }
    depth -= c == ']' ? 1 : 0;
  }
  return out;
}

/// What shows without a word: a text in quotes or a table, a number, an address, the name of a system.
using Traces = std::array<bool, 4>;

Traces traces_of(const Variant& variant) {
  Traces traces{};
  for (const Element& element : variant.elements) {
    const ValueKind* kind = element.value_kind;
    traces[0] = traces[0] || element.kind == Token::Kind::quoted || element.kind == Token::Kind::table;
    traces[1] = traces[1] || (kind != nullptr && kind->digits == ValueKind::Digits::must);
    traces[2] = traces[2] || (kind != nullptr && (kind->name == "address" || kind->name == "support"));
    traces[3] = traces[3] || (kind != nullptr && kind->name == "system");
  }
  return traces;
}

struct Row {
  const Sentence* sentence = nullptr;
  std::set<std::string> required, all;
  Traces allowed{}, needed{true, true, true, true};
  bool begins_with_record = false;  ///< and not with a person who acts
};

std::vector<Row> rows_of(const Vocabulary& vocabulary) {
  std::map<const Sentence*, Row> by_sentence;
  std::vector<const Sentence*> order;
  for (const Vocabulary::Known& known : vocabulary.variants()) {
    Row& row = by_sentence[known.sentence];
    if (row.sentence == nullptr) {
      row = {known.sentence, concepts_of_form(required_part(known.sentence->form)), concepts_of_form(known.sentence->form)};
      const std::string_view form = known.sentence->form;
      row.begins_with_record =
          form.starts_with("case ") || form.starts_with("{field} of case") || form.starts_with("the comment ");
      order.push_back(known.sentence);
    }
    const Traces traces = traces_of(known.variant);
    for (std::size_t i = 0; i < traces.size(); ++i) {
      row.allowed[i] = row.allowed[i] || traces[i];
      row.needed[i] = row.needed[i] && traces[i];
    }
  }
  std::vector<Row> rows;
  for (const Sentence* sentence : order) {
    rows.push_back(std::move(by_sentence[sentence]));
  }
  return rows;
}

/// What a sentence says, as far as words tell.
struct WordsSaid {
  std::set<std::string> concepts;
  std::size_t unknown = 0;  ///< words that nothing is known of; names are none
  Traces traces{};
  bool begins_with_record = false;  ///< and not with a person who acts
};

/// Part of the name of something that faults may strike: "Case create" opens no Case.
bool names_an_operation(const Vocabulary& vocabulary, std::string_view word) {
  for (const auto& [system, operations] : vocabulary.operations()) {
    for (const std::string& operation : operations) {
      for (const std::string_view part : split(operation, ' ')) {
        if (part == word || std::string(part) + "s" == word) {
          return true;
        }
      }
    }
  }
  return false;
}

WordsSaid said_by(const std::vector<Token>& tokens, const Vocabulary& vocabulary, const std::map<std::string, double>& known) {
  WordsSaid said;
  const bool about_a_system =
      std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) { return vocabulary.operations().contains(token.text); });
  for (const Token& token : tokens) {
    said.traces[0] = said.traces[0] || token.kind == Token::Kind::quoted || token.kind == Token::Kind::table;
    if (token.kind != Token::Kind::word) {
      continue;
    }
    const auto first = static_cast<unsigned char>(token.text.front());
    if (std::isdigit(first) != 0) {
      said.traces[1] = true;
    } else if (token.text.find('@') != std::string::npos) {
      said.traces[2] = true;
    } else if (vocabulary.operations().contains(token.text)) {
      said.traces[3] = true;
    } else if (about_a_system && names_an_operation(vocabulary, token.text)) {
      continue;
    } else if (std::string one = concept_of(token.text); known.contains(one)) {
      const bool is_the_comment = tokens.size() > 1 && &token == &tokens[1] && tokens[0].text == "the" && one == "comment";
      said.begins_with_record = said.begins_with_record || is_the_comment || (said.concepts.empty() && one == "case");
      said.concepts.insert(std::move(one));
    } else if (!one.empty() && std::islower(first) != 0) {
      ++said.unknown;
    }
  }
  return said;
}

}  // namespace

std::string concept_of(std::string_view word) {
  const std::string lower = lowercase(word);
  if (lower.empty() || std::find(std::begin(kJoining), std::end(kJoining), lower) != std::end(kJoining)) {
    return {};
  }
  const std::string stem = stem_of(lower);
  const auto& index = concept_index();
  const auto whole = index.find(lower);
  const auto found = whole == index.end() ? index.find(stem) : whole;
  return found == index.end() ? stem : found->second;
}

const Sentence* nearest_in_meaning(const Vocabulary& vocabulary, const std::vector<Token>& tokens) {
  const std::vector<Row> rows = rows_of(vocabulary);
  std::map<std::string, double> known;  // in how many rows a concept is: what few have tells most
  for (const Row& row : rows) {
    for (const std::string& one : row.all) {
      known[one] += 1;
    }
  }
  const auto weight = [&](const std::string& one) {
    return one == "be" ? 0.3 : std::log(1 + static_cast<double>(rows.size()) / known[one]);
  };
  const WordsSaid said = said_by(tokens, vocabulary, known);
  const Sentence* best = nullptr;
  double best_score = 0;
  for (const Row& row : rows) {
    double shared = 0, missing = 0, foreign = 0;
    std::size_t concepts = 0;
    for (const std::string& one : row.required) {
      const bool is_said = said.concepts.contains(one);
      (is_said ? shared : missing) += weight(one);
      concepts += is_said && one != "be" ? 1 : 0;
    }
    for (const std::string& one : said.concepts) {
      if (!row.all.contains(one)) {
        foreign += weight(one);
      } else if (!row.required.contains(one)) {
        shared += weight(one) / 2;
      }
    }
    double score = shared - 0.8 * missing - 0.5 * foreign;
    constexpr double kMismatch = 2.5;
    // Who acts is named first: then it is no sentence about a record.
    score += said.begins_with_record == row.begins_with_record ? 0.7 : row.begins_with_record ? -1.7 : -0.7;
    for (std::size_t i = 0; i < said.traces.size(); ++i) {
      score -= said.traces[i] ? (row.allowed[i] ? 0 : kMismatch) : (row.needed[i] ? kMismatch : 0);
    }
    if (concepts > 0 && concepts >= said.unknown && shared >= missing && (best == nullptr || score > best_score)) {
      best_score = score;
      best = row.sentence;
    }
  }
  return best;
}

}  // namespace casewire::scenarios
