#include "bridge/program/read_settings.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bridge/config/secret_file.hpp"

extern char** environ;

namespace casewire::bridge {
namespace {

Environment present_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

}  // namespace

std::optional<Configuration> read_settings(const std::string& file) {
  std::ostringstream text;
  if (!file.empty()) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file)) {
      std::cerr << render({.where = {file, {}}, .problem = "cannot be read"});
      return std::nullopt;
    }
    text << stream.rdbuf();
  }
  auto environment = present_environment();
  if (const auto secrets = read_secret_files(environment); !secrets) {
    std::cerr << render(secrets.error());
    return std::nullopt;
  }
  auto read = read_configuration(text.str(), file, environment);
  if (read) return std::move(*read);
  std::cerr << render(read.error());
  return std::nullopt;
}

std::optional<Configuration> read_complete_settings(const std::string& file) {
  auto configuration = read_settings(file);
  if (!configuration) return configuration;
  const auto problems = problems_of(*configuration);
  if (problems.empty()) return configuration;
  std::cerr << "casewire-bridge: the configuration is not complete, or contradicts itself\n";
  for (const auto& problem : problems) std::cerr << "  " << problem << "\n";
  std::cerr << "hint: casewire-bridge --help shows how to give settings; docs/bridge.md lists them all\n";
  return std::nullopt;
}

}  // namespace casewire::bridge
