#include "scenarios/language/listing.hpp"

namespace casewire::scenarios {

namespace {

std::string title_of(Group group) {
  switch (group) {
    case Group::staging: return "Staging (Given)";
    case Group::fault: return "Faults (Given, or And between steps)";
    case Group::deed: return "People and time (When)";
    case Group::check: return "Checks (Then)";
  }
  return {};
}

/// A bar would end the cell.
std::string in_a_cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '|' ? std::string("\\|") : std::string(1, c);
  }
  return out;
}

}  // namespace

std::string shown_form(std::string_view form) {
  std::string out;
  bool in_kind = false;
  bool in_slot = false;
  for (const char c : form) {
    in_slot = c == '{' || (in_slot && c != '}');
    in_kind = in_slot && (in_kind || c == ':');
    if (!in_kind) {
      out += c;
    }
  }
  return out;
}

std::string vocabulary_text(const Vocabulary& vocabulary) {
  std::string text =
      "Below each sentence stands an example. {...} is a value, [...] may be left out, [...]... may come up to four\n"
      "times, a|b is either word. docs/scenario-language.md explains them.\n";
  std::optional<Group> last;
  for (const Family& family : vocabulary.families()) {
    if (last != family.group) {
      text += "\n" + title_of(family.group) + "\n";
      last = family.group;
    }
    for (const Sentence& sentence : family.sentences) {
      text += "  " + shown_form(sentence.form) + "\n      " + std::string(sentence.example) + "\n";
    }
  }
  return text;
}

std::string markdown_table(const Family& family) {
  std::string text =
      "| Sentence | " + std::string(family.group == Group::check ? "What must be true" : "What it does") + " |\n|---|---|\n";
  for (const Sentence& sentence : family.sentences) {
    text += "| `" + in_a_cell(shown_form(sentence.form)) + "` | " + in_a_cell(sentence.meaning) + " |\n";
  }
  return text;
}

}  // namespace casewire::scenarios
