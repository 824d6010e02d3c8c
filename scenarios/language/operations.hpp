#pragma once
// What faults may strike, as sentences name it: "Case create", and after a number "Case creates".

#include <string>
#include <string_view>

namespace casewire::scenarios {

/// "queries" -> "query", "Case creates" -> "Case create"; a singular stays as it is.
std::string operation_in_singular(std::string_view text);

}  // namespace casewire::scenarios
