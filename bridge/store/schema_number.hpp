#pragma once
// The number of a store's schema, "2.1", and the steps that lead from one to the next and back (docs/decisions/0016-two-versions-on-one-store.md).

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace casewire::bridge {

struct SchemaNumber {
  std::int64_t version = 0;   ///< programs of one version do not touch a store of another
  std::int64_t revision = 0;  ///< of what was only added: each program of a version works with each of its revisions
  friend auto operator<=>(const SchemaNumber&, const SchemaNumber&) = default;
};

/// "2.1"; "2" for the revision 0.
std::string text_of(const SchemaNumber& number);
/// As above; nullopt: it is none.
std::optional<SchemaNumber> parse_schema_number(std::string_view text);

struct SchemaStep {
  SchemaNumber to;
  const char* up;    ///< SQL, from the step before
  const char* down;  ///< SQL, to the step before, with all that the store holds; nullptr: there is none before
};

/// What to do about a store of a version that this program does not know.
inline constexpr std::string_view kNewerSchemaHint =
    "use the newer casewire-bridge that wrote it, or take the store back with that one (casewire-bridge store downgrade)";

/// In their order.
using SchemaSteps = std::span<const SchemaStep>;

/// The number of the step before the one that leads to `number`; nullopt: there is none, or `number` is none of them.
std::optional<SchemaNumber> step_before(SchemaSteps steps, const SchemaNumber& number);

}  // namespace casewire::bridge
