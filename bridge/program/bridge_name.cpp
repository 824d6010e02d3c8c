#include "bridge/program/bridge_name.hpp"

#include <filesystem>
#include <fstream>

namespace casewire::bridge {

Result<std::string> bridge_name(const std::string& state_dir, Rng& rng) {
  const auto path = (std::filesystem::path{state_dir} / "bridge.id").string();
  std::string name;
  if (std::getline(std::ifstream(path), name) && !name.empty()) return name;
  constexpr std::size_t kLength = 16;
  name = alphanumeric(rng, kLength);
  std::ofstream file(path);
  file << name << "\n" << std::flush;
  if (!file) return fail(Diagnostic{.where = {path, {}}, .problem = "cannot be written"});
  return name;
}

}  // namespace casewire::bridge
