#pragma once
// Record ids: 15 characters, case-sensitive, and the 18-character form with its case check (salesforce.md, "Record ids").

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casewire::sim::salesforce {

/// The 18-character id of the `number`-th row of an object: prefix, a fixed instance part, a base-62 counter.
std::string make_id(std::string_view key_prefix, std::uint64_t number);
/// The number behind an id that make_id() made; nullopt for any other text.
std::optional<std::uint64_t> number_of_id(std::string_view id18);
/// The 18-character form of a 15- or 18-character id; nullopt when it is malformed or its check does not fit its case.
std::optional<std::string> canonical_id(std::string_view id);

}  // namespace casewire::sim::salesforce
