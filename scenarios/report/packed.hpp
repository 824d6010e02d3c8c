#pragma once
// Data on its way into the page: deflated, since a journal is mostly repetition, and as base64, which nothing in a page can mistake.
// A browser undoes it with DecompressionStream("deflate").

#include <string>
#include <string_view>

namespace casewire::scenarios::report {

/// `<script type="text/plain" id="ID">...</script>`
std::string packed_block(std::string_view id, std::string_view data);
/// zlib format (RFC 1950).
std::string deflated(std::string_view data);

}  // namespace casewire::scenarios::report
