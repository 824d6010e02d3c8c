#pragma once
// Takes out of recorded traffic what must not be committed. A secret is found by the name it goes under (a header, a form field,
// a JSON member, the last part of a webhook path); from then on its value is replaced wherever it stands, also in exchanges
// before, always by the same pseudonym. The hosts of a run become `http://SYSTEM.test`.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

std::vector<Exchange> masked(std::vector<Exchange> exchanges);

/// Whether a value stands for a secret that is not in the recording.
bool is_pseudonym(std::string_view value);
/// `http://salesforce.test`
std::string recorded_origin(std::string_view system);
/// Every `from` in `text` becomes `to`; `from` is not empty.
std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace casewire::scenarios
