#include "bridge/config/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/runtime/descriptor.hpp"
#include "bridge/config/settings.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kSecretBytesMax = 16u << 10;
constexpr std::string_view kFileSuffix = "_FILE";
constexpr const char* kCredentials = "CREDENTIALS_DIRECTORY";

bool may_stand_in_a_file(const Setting& setting) { return setting.shown != Shown::openly && !setting.variable.empty(); }

/// Whether it is that setting's, of all orgs or of one.
bool is_variable_of(std::string_view name, const Setting& setting) {
  return name == setting.variable || name.starts_with(setting.variable + "_");
}

const Setting* secret_of_variable(std::string_view name) {
  for (const auto& setting : all_settings()) {
    if (may_stand_in_a_file(setting) && is_variable_of(name, setting)) return &setting;
  }
  return nullptr;
}

/// "acme.opencx.api_key" -> OPENCX_API_KEY_ACME; empty: it is no setting's.
std::string variable_of_credential(std::string_view name) {
  for (const auto& setting : all_settings()) {
    if (!may_stand_in_a_file(setting)) continue;
    if (name == setting.key) return setting.variable;
    const auto suffix = "." + setting.key;
    if (name.size() > suffix.size() && name.ends_with(suffix)) {
      return variable_of(setting.variable, name.substr(0, name.size() - suffix.size()));
    }
  }
  return {};
}

/// As the variable would say it: of several secrets each is a line of the file.
std::string as_variable(const Setting& setting, std::string text) {
  if (setting.takes == Takes::several) std::replace(text.begin(), text.end(), '\n', ',');
  return text;
}

Result<std::string, std::string> content_of_file(const Descriptor& file) {
  std::string text;
  char piece[4096];
  for (ssize_t got = 0; (got = ::read(file.number(), piece, sizeof piece)) != 0;) {
    if (got < 0) return fail("cannot be read: " + std::generic_category().message(errno));
    text.append(piece, static_cast<std::size_t>(got));
    if (text.size() > kSecretBytesMax) return fail(std::string("is over 16 KB"));
  }
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) return fail(std::string("is empty"));
  return text;
}

Result<std::string, std::string> read_file(const std::string& path, bool is_guarded_by_its_folder) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (file.number() < 0 || ::fstat(file.number(), &about) != 0) {
    return fail("cannot be read: " + std::generic_category().message(errno));
  }
  if (!S_ISREG(about.st_mode)) return fail(std::string("is no file"));
  constexpr mode_t kTooOpen = S_IROTH | S_IWOTH | S_IWGRP;
  if (!is_guarded_by_its_folder && (about.st_mode & kTooOpen) != 0) {
    return fail(std::string("may be read or written by others than its owner: chmod 400, or 440 for a group"));
  }
  return content_of_file(file);
}

Result<void> read_named_files(Environment& environment) {
  Environment read;
  for (const auto& [name, path] : environment) {
    if (!name.ends_with(kFileSuffix) || path.empty()) continue;
    const auto variable = name.substr(0, name.size() - kFileSuffix.size());
    const Setting* const setting = secret_of_variable(variable);
    if (setting == nullptr) continue;
    const auto itself = environment.find(variable);
    if (itself != environment.end() && !itself->second.empty()) {
      return fail(Diagnostic{.where = {"environment", {}}, .problem = variable + " and " + name + " are both set"});
    }
    auto text = read_secret_file(path);
    if (!text) return fail(Diagnostic{.where = {path, {}}, .problem = name + ": the file " + text.error()});
    read[variable] = as_variable(*setting, std::move(*text));
  }
  for (auto& [name, text] : read) environment[name] = std::move(text);
  return {};
}

Result<void> read_credentials(Environment& environment) {
  const auto folder = environment.find(kCredentials);
  if (folder == environment.end() || folder->second.empty()) return {};
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder->second, error)) {
    const auto variable = variable_of_credential(entry.path().filename().string());
    if (variable.empty()) continue;
    const auto itself = environment.find(variable);
    if (itself != environment.end() && !itself->second.empty()) continue;
    auto text = read_file(entry.path().string(), /*is_guarded_by_its_folder=*/true);
    if (!text) return fail(Diagnostic{.where = {entry.path().string(), {}}, .problem = "the credential " + text.error()});
    environment[variable] = as_variable(*secret_of_variable(variable), std::move(*text));
  }
  if (error) return fail(Diagnostic{.where = {folder->second, {}}, .problem = "cannot be read: " + error.message()});
  return {};
}

}  // namespace

Result<std::string, std::string> read_secret_file(const std::string& path) { return read_file(path, false); }

Result<void> read_secret_files(Environment& environment) {
  if (auto read = read_named_files(environment); !read) return read;
  return read_credentials(environment);
}

}  // namespace casewire::bridge
