#pragma once
// A secret at rest in the store, readable with the app's own secret only: whoever gets hold of a backup of the store alone does not get
// the connection. The construction is that of SIV (RFC 5297) with HMAC-SHA256 for both of its functions: the first 16 bytes are a code
// over the text and serve as the initial value of the key stream, so that equal texts look equal and nothing has to be random.

#include <optional>
#include <string>
#include <string_view>

namespace casewire::bridge::salesforce {

/// Base64.
std::string sealed(std::string_view text, std::string_view secret);
/// nullopt: it was sealed with another secret, or damaged.
std::optional<std::string> unsealed(std::string_view seal, std::string_view secret);

}  // namespace casewire::bridge::salesforce
