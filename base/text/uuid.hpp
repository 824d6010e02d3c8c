#pragma once
// Whether a text is a UUID as RFC 9562 writes it, in letters of either case.

#include <string_view>

namespace casewire {

inline constexpr std::size_t kUuidLength = 36;

bool is_uuid(std::string_view text);

}  // namespace casewire
