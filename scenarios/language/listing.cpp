#include "scenarios/language/listing.hpp"

#include <set>

#include "base/text/json.hpp"

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

std::string vocabulary_json(const Vocabulary& vocabulary) {
  constexpr const char* kGroups[] = {"staging", "fault", "deed", "check"};
  Json all = Json::array();
  for (const Family& family : vocabulary.families()) {
    for (const Sentence& sentence : family.sentences) {
      Json slots = Json::array();
      std::set<std::string> seen;
      for (const Variant& variant : variants_of(sentence.form)) {
        for (const Element& element : variant.elements) {
          if (element.value_kind == nullptr || !seen.insert(element.slot).second) {
            continue;
          }
          slots.push_back(
              {{"name", element.slot}, {"kind", element.value_kind->name}, {"means", element.value_kind->description}});
        }
      }
      all.push_back({{"group", kGroups[static_cast<std::size_t>(family.group)]},
                     {"family", family.title},
                     {"form", shown_form(sentence.form)},
                     {"example", sentence.example},
                     {"meaning", sentence.meaning},
                     {"slots", std::move(slots)},
                     {"house", sentence.traits.house},
                     {"needs_control", sentence.traits.needs_control}});
    }
  }
  return dump_json(all);
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
