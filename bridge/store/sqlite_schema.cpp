#include "bridge/store/sqlite_schema.hpp"

#include <array>

namespace casewire::bridge::sqlite {
namespace {

// What has been released is never changed, only added to. What a step of a revision adds must leave every statement of the revisions before it as
// right as it was. Instants are milliseconds since 1970, UTC.
constexpr std::array<SchemaStep, 3> kFileSteps{
    {{.to = {1, 0},
      .up = R"sql(
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
      .down = nullptr},
     {.to = {2, 0},
      .up = R"sql(
ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
CREATE TABLE fences (last INTEGER NOT NULL) STRICT;
INSERT INTO fences VALUES (0);
)sql",
      // A lease of this version is nobody's in the one before, which knows none that ends by itself.
      .down = R"sql(
UPDATE jobs SET lease_owner = '', lease_until = 0;
ALTER TABLE jobs DROP COLUMN fence;
DROP TABLE fences;
)sql"},
     {.to = {2, 1},
      .up = R"sql(
CREATE TABLE schema_revision (revision INTEGER NOT NULL) STRICT;
INSERT INTO schema_revision VALUES (0);
CREATE INDEX ledger_by_age ON ledger (begun_at) WHERE done = 1;
)sql",
      .down = R"sql(
DROP INDEX ledger_by_age;
DROP TABLE schema_revision;
)sql"}}};

constexpr SchemaNumber kFileNumber = kFileSteps.back().to;

Diagnostic refusal(const Connection& connection, std::string problem, std::string hint) {
  return {.where = {connection.file(), {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

bool counts_revisions(Connection& connection) {
  return connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_revision'") == 1;
}

SchemaNumber number_in_file(Connection& connection) {
  return {connection.integer("PRAGMA user_version"),
          counts_revisions(connection) ? connection.integer("SELECT revision FROM schema_revision") : 0};
}

void set_number_in_file(Connection& connection, const SchemaNumber& number) {
  connection.run("PRAGMA user_version = " + std::to_string(number.version));
  if (counts_revisions(connection)) connection.run("UPDATE schema_revision SET revision = " + std::to_string(number.revision));
}

Result<void> migrate_inside(Connection& connection) {
  const std::int64_t owner = connection.integer("PRAGMA application_id");
  const bool is_empty = connection.integer("SELECT count(*) FROM sqlite_schema") == 0;
  if (owner != kApplicationId && !(owner == 0 && is_empty)) {
    return fail(
        refusal(connection, "this is the database of another program", "move it away, or choose another state directory"));
  }
  const auto number = number_in_file(connection);
  if (number.version > kFileNumber.version) {
    return fail(
        refusal(connection,
                "the file has schema version " + text_of(number) + ", this program knows versions up to " + text_of(kFileNumber),
                std::string(kNewerSchemaHint)));
  }
  if (number >= kFileNumber) return {};
  for (const auto& step : kFileSteps) {
    if (step.to > number) connection.run(step.up);
  }
  connection.run("PRAGMA application_id = " + std::to_string(kApplicationId));
  set_number_in_file(connection, kFileNumber);
  return {};
}

}  // namespace

SchemaSteps schema_steps() { return kFileSteps; }

Result<SchemaNumber> schema_number(Connection& connection) {
  if (connection.integer("PRAGMA application_id") != kApplicationId) {
    return fail(refusal(connection, "this is no memory of casewire-bridge", "look at the settings store and state_dir"));
  }
  return number_in_file(connection);
}

Result<void> expect_present(Connection& connection) {
  const auto number = schema_number(connection);
  if (!number) return fail(number.error());
  if (number->version == kFileNumber.version) return {};
  return fail(refusal(connection,
                      "the file has schema version " + text_of(*number) + ", and this program's is " + text_of(kFileNumber),
                      "use the casewire-bridge that works on it"));
}

Result<void> migrate(Connection& connection) {
  // The lock first: of two bridges that start at once on a new file, one makes the tables and the other finds them.
  connection.run("BEGIN IMMEDIATE");
  auto migrated = migrate_inside(connection);
  connection.run(migrated ? "COMMIT" : "ROLLBACK");
  return migrated;
}

void step_back(Connection& connection, const SchemaNumber& target) {
  connection.run("BEGIN IMMEDIATE");
  const auto number = number_in_file(connection);
  for (auto step = kFileSteps.rbegin(); step != kFileSteps.rend(); ++step) {
    if (step->to <= number && step->to > target) connection.run(step->down);
  }
  set_number_in_file(connection, target);
  connection.run("COMMIT");
}

}  // namespace casewire::bridge::sqlite
