#pragma once
// Secrets as people and settings write them down, behind their name: `password=...`, `token: ...`, `"api_key": "..."`. Their shape tells nothing. For
// whoever looks for what should not be passed on; whoever masks recordings knows their members and fields.

#include <string_view>
#include <vector>

#include "base/recording/secrets.hpp"

namespace casewire::recording {

/// What only says where one would stand (`$TOKEN`, `<password>`, `changeme`) is none, and neither is a word of a sentence.
std::vector<ShapedSecret> assigned_secrets(std::string_view text);

}  // namespace casewire::recording
