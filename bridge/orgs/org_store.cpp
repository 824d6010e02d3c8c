#include "bridge/orgs/org_store.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {
namespace {

/// As good as nothing is left: whatever the store complains of, this is why.
bool is_disk_full(const std::string& folder) {
  constexpr std::uintmax_t kLeast = 256u << 10;
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available < kLeast;
}

}  // namespace

std::string sqlite_file_of(const Config& config) {
  std::filesystem::path folder{config.state_dir};
  if (!config.org.empty()) folder = folder / "orgs" / config.org;
  return (folder / "bridge.sqlite").string();
}

std::string schema_of(const Config& config) {
  auto schema = std::string(postgres::kSchema) + (config.org.empty() ? "" : "_" + config.org);
  std::replace(schema.begin(), schema.end(), '-', '_');
  return schema;
}

StorePlace place_of(const Config& config) {
  if (config.store.empty()) return {.file = sqlite_file_of(config)};
  return {.uri = config.store, .schema = schema_of(config)};
}

Result<std::unique_ptr<Store>> open_store(const Config& config) {
  if (!config.store.empty()) return PostgresStore::open(config.store, schema_of(config));
  const auto file = sqlite_file_of(config);
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), error);
  if (error) return fail(Diagnostic{.where = {file, {}}, .problem = "its folder cannot be made: " + error.message()});
  return SqliteStore::open(file);
}

std::string why_to_wait(const Config& config) {
  if (!config.store.empty()) return "waiting for the database";
  return is_disk_full(config.state_dir) ? "the disk is full; waiting for room" : "";
}

}  // namespace casewire::bridge
