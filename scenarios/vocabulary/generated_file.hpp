#pragma once
// Files that nobody wrote: of a given size, of the kind that their name says, the same bytes each time.

#include <cstddef>
#include <string>
#include <string_view>

namespace casewire::scenarios {

/// Begins as such a file begins (%PDF, the signature of PNG and JPEG), then goes on with bytes of its own; text stays text.
std::string generated_file(std::string_view name, std::size_t bytes);

}  // namespace casewire::scenarios
