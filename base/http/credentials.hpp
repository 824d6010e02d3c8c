#pragma once
// Which headers show who somebody is, so that recordings, journals and logs leave the same ones out.

#include <string_view>

namespace casewire::http {

/// The part of a header's value that nobody else may read: of Authorization what follows the scheme, all of a cookie, a key, a token, a
/// session or a signature; empty for every other header. Points into `value`.
std::string_view secret_part(std::string_view name, std::string_view value);

}  // namespace casewire::http
