#include "bridge/store/sqlite_schema.hpp"

#include <array>

namespace casewire::bridge::sqlite {
namespace {

// The n-th entry leads from version n to n + 1. What has been released is never changed, only added to.
// Instants are milliseconds since 1970, UTC.
constexpr std::array<const char*, 2> kMigrations{R"sql(
CREATE TABLE jobs (
  subject       TEXT    NOT NULL PRIMARY KEY,
  conversation  TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  due           INTEGER NOT NULL,
  attempts      INTEGER NOT NULL,
  failing_since INTEGER,
  parked        INTEGER NOT NULL CHECK (parked IN (0, 1)),
  problem       TEXT    NOT NULL,
  traceparent   TEXT    NOT NULL,
  lease_owner   TEXT    NOT NULL,
  lease_until   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_due ON jobs (parked, due, subject);
CREATE INDEX jobs_leased ON jobs (conversation, lease_until) WHERE lease_owner <> '';

CREATE TABLE links (
  session_id    TEXT    NOT NULL,
  number        INTEGER NOT NULL,
  case_id       TEXT    NOT NULL,
  conversation  TEXT    NOT NULL,
  replies_since INTEGER NOT NULL,
  PRIMARY KEY (session_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_case ON links (case_id, session_id, number);

CREATE TABLE ledger (
  key      TEXT    NOT NULL PRIMARY KEY,
  about    TEXT    NOT NULL,
  done     INTEGER NOT NULL CHECK (done IN (0, 1)),
  begun_at INTEGER NOT NULL,
  detail   TEXT    NOT NULL,
  result   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_by_about ON ledger (about, key);

CREATE TABLE marks (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_age ON marks (at) WHERE at IS NOT NULL;
)sql",
                                                 R"sql(
ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
CREATE TABLE fences (last INTEGER NOT NULL) STRICT;
INSERT INTO fences VALUES (0);
)sql"};

constexpr std::int64_t kVersion = static_cast<std::int64_t>(kMigrations.size());

Diagnostic refusal(const Connection& connection, std::string problem, std::string hint) {
  return {.where = {connection.file(), {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

Result<void> migrate_inside(Connection& connection) {
  const std::int64_t owner = connection.integer("PRAGMA application_id");
  const bool is_empty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (owner != kApplicationId && !(owner == 0 && is_empty)) {
    return fail(
        refusal(connection, "this is the database of another program", "move it away, or choose another state directory"));
  }
  const std::int64_t version = connection.integer("PRAGMA user_version");
  if (version > kVersion) {
    return fail(refusal(connection,
                        "the file has schema version " + std::to_string(version) + ", this program knows versions up to " +
                            std::to_string(kVersion),
                        "use the newer casewire-bridge that wrote it"));
  }
  if (version == kVersion) return {};
  for (auto step = static_cast<std::size_t>(version); step < kMigrations.size(); ++step) connection.run(kMigrations[step]);
  connection.run("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.run("PRAGMA user_version = " + std::to_string(kVersion));
  return {};
}

}  // namespace

Result<void> expect_present(Connection& connection) {
  if (connection.integer("PRAGMA application_id") != kApplicationId) {
    return fail(refusal(connection, "this is no memory of casewire-bridge", "look at the settings store and state_dir"));
  }
  const std::int64_t version = connection.integer("PRAGMA user_version");
  if (version == kVersion) return {};
  return fail(
      refusal(connection,
              "the file has schema version " + std::to_string(version) + ", and this program's is " + std::to_string(kVersion),
              "use the casewire-bridge that works on it"));
}

Result<void> migrate(Connection& connection) {
  // The lock first: of two bridges that start at once on a new file, one makes the tables and the other finds them.
  connection.run("BEGIN IMMEDIATE");
  auto migrated = migrate_inside(connection);
  connection.run(migrated ? "COMMIT" : "ROLLBACK");
  return migrated;
}

}  // namespace casewire::bridge::sqlite
