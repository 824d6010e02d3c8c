#pragma once
// Recordings and bundles come from elsewhere: what they name is read out of their own folder, wherever links in it lead.

#include <filesystem>

namespace casewire::scenarios {

/// Whether the file is there and lies below the folder once all links are followed.
bool lies_within(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace casewire::scenarios
