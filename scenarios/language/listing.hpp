#pragma once
// The vocabulary as people read it.

#include <string>
#include <string_view>

#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// A form as people read it: of `{address:support}` they see `{address}`.
std::string shown_form(std::string_view form);
/// Every sentence, grouped, with an example below: what `casewire steps` prints.
std::string vocabulary_text(const Vocabulary& vocabulary);
/// The same for machines: a JSON array of {group, family, form, example, meaning, slots: [{name, kind, means}], house, needs_control}.
std::string vocabulary_json(const Vocabulary& vocabulary);
/// The table of a family in docs/scenario-language.md: form and meaning, a row each.
std::string markdown_table(const Family& family);

}  // namespace casewire::scenarios
