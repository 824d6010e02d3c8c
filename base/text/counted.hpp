#pragma once
// How many of something, for people: "1 comment", "2 comments".

#include <cstddef>
#include <string>
#include <string_view>

namespace casewire {

/// `noun` in the singular; its plural takes an s.
std::string counted(std::size_t count, std::string_view noun);

}  // namespace casewire
