#pragma once
// Where the entries of a HAR stand, found without reading it as a whole: one that is cut off, or larger than the memory, has good
// entries all the same. In memory are the places of the entries and what stands around them, never two entries.

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"

namespace casewire::scenarios {

struct HarPlace {
  std::uint64_t at = 0, length = 0;  ///< in bytes
};

struct HarEntries {
  std::vector<HarPlace> entries{};  ///< of each that is complete
  std::string head{};               ///< the HAR without them; all of it when there is no list of them where a HAR has it
  std::uint64_t list = 0;           ///< in `head`: behind the bracket of the list
  std::uint64_t gap = 0;            ///< so many bytes of the file were left out there
  bool has_list = false;
  bool is_cut_off = false;  ///< the text ends within the list, or within what follows it
  /// Where something stands that no JSON has between entries or behind the whole. Entries behind it are there as far as they can be told.
  std::optional<std::uint64_t> trouble{};
  bool is_too_much = false;  ///< more than the bounds below; what was found until then is there

  /// Where a byte of `head` stands in the file.
  std::uint64_t place_of(std::uint64_t in_head) const { return in_head < list ? in_head : in_head + gap; }
};

/// A tape of a year, and what is left when each of them costs 32 bytes.
inline constexpr std::size_t kHarEntriesMax = 1'000'000;
/// A file of 36 MB in base64, within JSON within JSON.
inline constexpr std::uint64_t kHarEntryBytesMax = 128u << 20;
inline constexpr std::size_t kHarHeadBytesMax = 16u << 20;

HarEntries entries_of(std::istream& har);

/// The text there, as far as the file goes.
std::string text_at(std::istream& har, HarPlace place);

/// A byte of a text that is not in memory, and which line and column it is.
struct BytePosition {
  std::uint64_t byte = 0;
  Position position{1, 1};
};
/// Of a byte that does not stand before `from`.
Position position_in(std::istream& text, std::uint64_t byte, const BytePosition& from = {});
/// The byte there of a text that is.
std::size_t byte_at(std::string_view text, Position position);
/// `inner` counts from where `outer` is.
Position behind(Position outer, Position inner);

/// A text as a stream that can be read anywhere in it. The text outlives it.
std::unique_ptr<std::istream> stream_over(std::string_view text);

}  // namespace casewire::scenarios
