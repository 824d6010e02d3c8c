#include "scenarios/language/glue.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace casewire::scenarios {
namespace {

/// More of what may be repeated is as good a sentence, and a list of them only longer.
constexpr std::ptrdiff_t kRepetitionsShown = 2;

/// As a Cucumber expression has it within a JavaScript string in single quotes.
std::string escaped(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c == '(' || c == '{' || c == '/' || c == '\\') out += "\\\\";
    if (c == '\'') out += '\\';
    out += c;
  }
  return out;
}

std::string alternatives(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "/") + escaped(word);
  return out;
}

std::string expression_of(const Variant& variant) {
  std::string out;
  for (const Element& element : variant.elements) {
    if (!element.begins_slot || element.kind == Token::Kind::table) continue;
    if (element.kind == Token::Kind::colon) {
      out += ":";
    } else if (element.kind == Token::Kind::possessive) {
      out += "\\'s";
    } else {
      if (!out.empty()) out += ' ';
      out += element.value_kind == nullptr ? alternatives(element.words) : "{" + std::string(element.value_kind->name) + "}";
    }
  }
  return out;
}

std::string pattern_of(const ValueKind& kind) {
  if (kind.written == Token::Kind::quoted) return R"("(?:[^"\\]|\\.)*")";
  std::string word = R"([^\s":]+)", pattern = word;
  for (int words = 1; words < kind.words_min; ++words) pattern += " " + word;
  if (kind.words_max > kind.words_min) {
    pattern += "(?: " + word + "){0," + std::to_string(kind.words_max - kind.words_min) + "}";
  }
  return pattern;
}

bool repeats_much(const Variant& variant) {
  return std::any_of(variant.options.begin(), variant.options.end(), [&](const std::string& option) {
    return std::count(variant.options.begin(), variant.options.end(), option) > kRepetitionsShown;
  });
}

}  // namespace

std::string vocabulary_glue(const Vocabulary& vocabulary) {
  std::map<std::string_view, const ValueKind*> kinds;
  std::string definitions;
  std::set<std::string> seen;
  for (const Family& family : vocabulary.families()) {
    const char* keyword = family.group == Group::deed ? "When" : family.group == Group::check ? "Then" : "Given";
    for (const Sentence& sentence : family.sentences) {
      for (const Variant& variant : variants_of(sentence.form)) {
        if (repeats_much(variant)) continue;
        const auto define = [&](const std::string& expression) {
          if (seen.insert(expression).second) definitions += std::string(keyword) + "('" + expression + "', () => {});\n";
        };
        for (const Element& element : variant.elements) {
          if (element.value_kind != nullptr && element.kind != Token::Kind::table) {
            kinds[element.value_kind->name] = element.value_kind;
          }
        }
        const std::string expression = expression_of(variant);
        define(expression);
        // A long text stands below the sentence, between """.
        const auto colon = expression.rfind(": {");
        if (colon != std::string::npos && variant.elements.back().kind == Token::Kind::quoted)
          define(expression.substr(0, colon + 1));
      }
    }
  }
  std::string types;
  for (const auto& [name, kind] : kinds) {
    types += "defineParameterType({ name: '" + std::string(name) + "', regexp: /" + pattern_of(*kind) + "/ });\n";
  }
  return "// Written by `casewire steps --glue`, for editors that know Cucumber. Nothing runs it; `casewire check` has the last word.\n"
         "import { Given, When, Then, defineParameterType } from '@cucumber/cucumber';\n\n" +
         types + "\n" + definitions;
}

}  // namespace casewire::scenarios
