#pragma once
// Zip archives, as people attach them and as Playwright keeps its recordings.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

struct NamedBytes {
  std::string name;  ///< with its folders
  std::string bytes;
};

bool is_zip(std::string_view bytes);
/// Its files, without folders. An error when it is damaged, has a password, or would unpack to more than `bytes_max`: what an archive
/// says of its size is not believed.
Result<std::vector<NamedBytes>> unpacked(std::string_view zip, std::string_view file, std::size_t bytes_max);

/// The same files give the same bytes: they bear no time of their own. Replaces what is there; false when it cannot be written.
bool write_zip(const std::string& path, const std::vector<NamedBytes>& files);

}  // namespace casewire::scenarios
