#pragma once
// The journal entries behind a diagram as a JSON script block: the page builds an entry's details only when somebody
// asks.

#include <cstddef>
#include <string>

#include "scenarios/report/storyline.hpp"

namespace casewire::scenarios::report {

/// `<script type="application/json" id="ID-journal">[...]</script>` with every entry that a row shows. No byte of the
/// data can end the block. Texts longer than `text_bytes_max` are cut, and the entry says so in "cut_bytes".
std::string journal_script(const ScenarioResult& scenario, const Storyline& story, const std::string& id,
                           std::size_t text_bytes_max);

}  // namespace casewire::scenarios::report
