#pragma once
// What other tools keep of HTTP in ways of their own, which are not read: each of them writes HAR too, if one knows how.

#include <optional>
#include <string_view>

namespace casewire::scenarios {

struct OtherFormat {
  std::string_view what;  ///< "a session of Charles"
  std::string_view way;   ///< "export it as HAR (File, Export Session, HTTP Archive)"
};

/// By its first few thousand bytes, or by its name where these say nothing.
std::optional<OtherFormat> other_format(std::string_view file, std::string_view beginning);

}  // namespace casewire::scenarios
