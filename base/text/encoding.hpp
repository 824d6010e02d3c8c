#pragma once
// Base64 (RFC 4648, with padding; the URL form without), hexadecimal, percent encoding (RFC 3986) and HTML forms.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casewire {

std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);
/// Strict: alphabet, length and padding are checked. White space is an error.
std::optional<std::string> decode_base64(std::string_view text);
std::string hex(std::string_view bytes);

/// Everything but unreserved characters becomes %XX (upper case).
std::string percent_encoded(std::string_view text);
/// A bad escape is nullopt. `+` stays a plus.
std::optional<std::string> percent_decoded(std::string_view text);

using FormFields = std::vector<std::pair<std::string, std::string>>;
/// application/x-www-form-urlencoded: `+` is a blank here.
std::optional<FormFields> parse_form(std::string_view text);
std::string form(const FormFields& fields);
/// The first value of that name.
std::optional<std::string> form_value(const FormFields& fields, std::string_view name);

/// `&`, `<`, `>`, `"` and `'` as entities.
std::string html_escaped(std::string_view text);

}  // namespace casewire
