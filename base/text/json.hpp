#pragma once
// JSON as this project reads and writes it: member order is kept, because both vendors' clients and every golden file see it.
// Reading is strict: one value, valid UTF-8, no duplicate member, bounded depth and size.

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/text/result.hpp"

namespace casewire {

using Json = nlohmann::ordered_json;

struct JsonLimits {
  std::size_t bytes_max = 16u << 20;
  std::size_t depth_max = 64;
};

/// The error's `where.file` is `file`; line and column are those of the offending token.
Result<Json> parse_json(std::string_view text, std::string_view file = {}, JsonLimits limits = {});

/// Compact; invalid UTF-8 is replaced, never thrown at the caller.
std::string dump_json(const Json& value);

/// The member's string, or `fallback` when it is absent or no string. Never throws.
std::string string_member(const Json& object, std::string_view name, std::string fallback = {});

/// The member, or a shared null. Never throws.
const Json& member(const Json& object, std::string_view name);

}  // namespace casewire
