#pragma once
// Where the entries of a HAR stand in its text, found without reading it as a whole: one that is cut off, or larger than the memory as a
// tree, has good entries all the same.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::scenarios {

struct HarEntries {
  std::vector<std::string_view> entries;  ///< the text of each that is complete
  std::string head;                       ///< the HAR without them
  bool is_cut_off = false;                ///< the text ends within the list, or within what follows it
};

/// Without entries when there is no list of them where a HAR has it. Points into `har`.
HarEntries entries_of(std::string_view har);

}  // namespace casewire::scenarios
