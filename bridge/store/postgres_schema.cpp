#include "bridge/store/postgres_schema.hpp"

#include <array>

namespace casewire::bridge::postgres {
namespace {

// The n-th entry leads from version n to n + 1. What has been released is never changed, only added to.
// Texts are bytes: they sort as bytes, and may hold any. (SET bytea_output = 'escape' shows them in psql.)
// Instants are milliseconds since 1970, UTC, by the bridges' clocks.
//
// The queue. Work is claimed by conversation: its row is the lock that keeps two bridges from two jobs of one customer. It repeats what its jobs
// say, so that a claim looks at one row for each conversation: `next_due` is never later, and `lease_until` never earlier, than the jobs have it; a
// claim that finds otherwise sets it right. Whoever changes a job takes the row of its conversation afterwards, and a claim takes jobs only
// as far as nobody holds them, so claims wait for nobody.
constexpr std::array<const char*, 1> kSteps{R"sql(
  CREATE SEQUENCE casewire.fences;

  CREATE TABLE casewire.jobs (
    subject       bytea   NOT NULL PRIMARY KEY,
    conversation  bytea   NOT NULL,
    revision      bigint  NOT NULL,
    due           bigint  NOT NULL,
    attempts      bigint  NOT NULL,
    failing_since bigint,
    parked        boolean NOT NULL,
    problem       bytea   NOT NULL,
    traceparent   bytea   NOT NULL,
    lease_owner   bytea   NOT NULL,
    lease_until   bigint  NOT NULL,
    fence         bigint  NOT NULL
  );
  CREATE INDEX jobs_of_conversation ON casewire.jobs (conversation, due, subject);
  CREATE INDEX jobs_by_due ON casewire.jobs (due) WHERE NOT parked;
  CREATE INDEX jobs_parked ON casewire.jobs (subject) WHERE parked;
  CREATE INDEX jobs_failing ON casewire.jobs (failing_since) WHERE NOT parked AND failing_since IS NOT NULL;
  CREATE INDEX jobs_leased ON casewire.jobs (lease_owner) WHERE lease_owner <> '';

  CREATE TABLE casewire.conversations (
    conversation bytea  NOT NULL PRIMARY KEY,
    next_due     bigint,
    lease_until  bigint NOT NULL
  );
  CREATE INDEX conversations_by_due ON casewire.conversations (next_due, conversation) WHERE next_due IS NOT NULL;

  CREATE TABLE casewire.links (
    session_id    bytea  NOT NULL,
    number        bigint NOT NULL,
    case_id       bytea  NOT NULL,
    conversation  bytea  NOT NULL,
    replies_since bigint NOT NULL,
    PRIMARY KEY (session_id, number)
  );
  CREATE INDEX links_by_case ON casewire.links (case_id, session_id, number);

  CREATE TABLE casewire.ledger (
    key      bytea   NOT NULL PRIMARY KEY,
    about    bytea   NOT NULL,
    done     boolean NOT NULL,
    begun_at bigint  NOT NULL,
    detail   bytea   NOT NULL,
    result   bytea   NOT NULL
  );
  CREATE INDEX ledger_by_about ON casewire.ledger (about, key);

  CREATE TABLE casewire.marks (
    name  bytea NOT NULL PRIMARY KEY,
    value bytea NOT NULL,
    at    bigint
  );
  CREATE INDEX marks_by_age ON casewire.marks (at) WHERE at IS NOT NULL;

  -- What a conversation's row says of its jobs is set right. The row goes with the last job.
  CREATE FUNCTION casewire.refresh(home bytea) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    jobs_left bigint; first_due bigint; last_lease bigint;
  BEGIN
    -- The lock first: each statement sees what was committed before it began, so that the next one misses nothing.
    PERFORM FROM casewire.conversations c WHERE c.conversation = home FOR UPDATE;
    SELECT count(*), min(j.due) FILTER (WHERE NOT j.parked), max(j.lease_until) FILTER (WHERE j.lease_owner <> '')
      INTO jobs_left, first_due, last_lease FROM casewire.jobs j WHERE j.conversation = home;
    IF jobs_left = 0 THEN
      DELETE FROM casewire.conversations c WHERE c.conversation = home;
    ELSE
      UPDATE casewire.conversations c SET next_due = first_due, lease_until = coalesce(last_lease, 0) WHERE c.conversation = home;
    END IF;
  END $$;

  -- A job was put into a conversation, or is due earlier.
  CREATE FUNCTION casewire.enter(home bytea, its_due bigint, its_lease bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO casewire.conversations AS c (conversation, next_due, lease_until) VALUES (home, its_due, its_lease)
      ON CONFLICT (conversation) DO UPDATE SET next_due = least(c.next_due, its_due), lease_until = greatest(c.lease_until, its_lease)
  $$;

  CREATE FUNCTION casewire.hint(its_subject bytea, new_home bytea, trace bytea, at bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    old_home bytea; job casewire.jobs%ROWTYPE;
  BEGIN
    SELECT j.conversation INTO old_home FROM casewire.jobs j WHERE j.subject = its_subject FOR UPDATE;
    INSERT INTO casewire.jobs AS j
        (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until, fence)
      VALUES (its_subject, CASE WHEN new_home = '' THEN its_subject ELSE new_home END, 1, at, 0, false, '', trace, '', 0, 0)
      ON CONFLICT (subject) DO UPDATE SET
        revision = j.revision + 1,
        conversation = CASE WHEN new_home = '' THEN j.conversation ELSE new_home END,
        traceparent = CASE WHEN trace = '' THEN j.traceparent ELSE trace END,
        due = CASE WHEN j.parked OR j.attempts = 0 THEN least(j.due, at) ELSE j.due END,
        attempts = CASE WHEN j.parked THEN 0 ELSE j.attempts END,
        failing_since = CASE WHEN j.parked THEN NULL ELSE j.failing_since END,
        parked = false
      RETURNING j.* INTO job;
    PERFORM casewire.enter(job.conversation, job.due, job.lease_until);
    IF old_home <> job.conversation THEN PERFORM casewire.refresh(old_home); END IF;
  END $$;

  CREATE FUNCTION casewire.claim(at bigint, new_owner bytea, until bigint) RETURNS SETOF casewire.jobs LANGUAGE plpgsql AS $$
  DECLARE
    home bytea; job casewire.jobs%ROWTYPE; passed bytea[] := '{}';
  BEGIN
    LOOP
      SELECT c.conversation INTO home FROM casewire.conversations c
        WHERE c.next_due <= at AND c.lease_until <= at AND c.conversation <> ALL (passed)
        ORDER BY c.next_due, c.conversation LIMIT 1 FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN RETURN; END IF;
      SELECT j.* INTO job FROM casewire.jobs j WHERE j.conversation = home AND NOT j.parked AND j.due <= at
        ORDER BY j.due, j.subject LIMIT 1 FOR UPDATE SKIP LOCKED;
      IF FOUND THEN
        UPDATE casewire.jobs j SET lease_owner = new_owner, lease_until = until, fence = nextval('casewire.fences')
          WHERE j.subject = job.subject RETURNING j.* INTO job;
        UPDATE casewire.conversations c SET lease_until = until WHERE c.conversation = home;
        RETURN NEXT job;
        RETURN;
      END IF;
      PERFORM casewire.refresh(home);
      passed := passed || home;
    END LOOP;
  END $$;

  -- The earliest instant after `at` at which a job can become claimable by itself.
  CREATE FUNCTION casewire.next_claim(at bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
  DECLARE
    home casewire.conversations%ROWTYPE; best bigint;
  BEGIN
    FOR home IN SELECT * FROM casewire.conversations c WHERE c.next_due IS NOT NULL ORDER BY c.next_due, c.conversation LOOP
      EXIT WHEN home.next_due >= best;
      best := least(best, greatest(home.next_due, home.lease_until, at + 1));
    END LOOP;
    RETURN best;
  END $$;

  CREATE FUNCTION casewire.check_lease(its_subject bytea, its_fence bigint, at bigint) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM casewire.jobs j
      WHERE j.subject = its_subject AND j.fence = its_fence AND its_fence <> 0 AND j.lease_until > at FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'the lease has ended' USING ERRCODE = 'CW001'; END IF;
  END $$;

  CREATE FUNCTION casewire.renew(its_subject bytea, its_fence bigint, at bigint, until bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    home bytea;
  BEGIN
    UPDATE casewire.jobs j SET lease_until = greatest(j.lease_until, until)
      WHERE j.subject = its_subject AND j.fence = its_fence AND j.lease_until > at RETURNING j.conversation INTO home;
    IF FOUND THEN
      UPDATE casewire.conversations c SET lease_until = greatest(c.lease_until, until) WHERE c.conversation = home;
    END IF;
  END $$;

  -- After check_lease, in the same transaction.
  CREATE FUNCTION casewire.settle(its_subject bytea, run_of bigint, kind bytea, at bigint, next_due bigint, failures bigint,
      since bigint, why bytea, new_home bytea, rest_until bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    old casewire.jobs%ROWTYPE; job casewire.jobs%ROWTYPE; starts_anew boolean := kind IN ('finished', 'again');
  BEGIN
    SELECT j.* INTO old FROM casewire.jobs j WHERE j.subject = its_subject FOR UPDATE;
    IF kind = 'finished' AND old.revision = run_of THEN
      DELETE FROM casewire.jobs j WHERE j.subject = its_subject;
      PERFORM casewire.refresh(old.conversation);
      RETURN;
    END IF;
    UPDATE casewire.jobs j SET
      conversation = CASE WHEN new_home = '' THEN j.conversation ELSE new_home END,
      due = CASE WHEN starts_anew AND j.revision <> run_of THEN at ELSE settle.next_due END,
      attempts = CASE WHEN starts_anew THEN 0 WHEN kind = 'held' THEN j.attempts ELSE failures END,
      failing_since = CASE WHEN starts_anew THEN NULL WHEN kind = 'held' THEN j.failing_since ELSE since END,
      parked = kind = 'parked',
      problem = why,
      lease_owner = CASE WHEN rest_until IS NULL THEN ''::bytea ELSE 'nobody'::bytea END,
      lease_until = coalesce(rest_until, 0),
      fence = 0
      WHERE j.subject = its_subject RETURNING j.* INTO job;
    IF old.conversation <> job.conversation THEN
      PERFORM casewire.enter(job.conversation, job.due, job.lease_until);
      PERFORM casewire.refresh(old.conversation);
    END IF;
    PERFORM casewire.refresh(job.conversation);
  END $$;

  CREATE FUNCTION casewire.drop_job(its_subject bytea) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    home bytea;
  BEGIN
    DELETE FROM casewire.jobs j WHERE j.subject = its_subject AND j.parked RETURNING j.conversation INTO home;
    IF FOUND THEN PERFORM casewire.refresh(home); END IF;
  END $$;

  CREATE FUNCTION casewire.release_leases(former bytea, rest_until bigint) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    home bytea;
  BEGIN
    FOR home IN UPDATE casewire.jobs j SET lease_owner = 'nobody', lease_until = rest_until, fence = 0
        WHERE j.lease_owner = former AND j.lease_owner <> '' RETURNING j.conversation LOOP
      PERFORM casewire.refresh(home);
    END LOOP;
  END $$;
)sql"};

constexpr std::int64_t kSchemaVersion = static_cast<std::int64_t>(kSteps.size());
/// Any number that no other program uses for its locks: "CWBR".
constexpr const char* kMigrationLock = "SELECT pg_advisory_xact_lock(1129792082)";

Diagnostic refused_schema(const Connection& connection, std::string problem, std::string hint) {
  return {.where = {connection.name(), {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

bool is_there(Connection& connection, const std::string& sql) { return connection.ask({sql.c_str()}).truth(0, 0); }

/// nullopt: there is no schema, or an empty one that somebody with more rights has made for us.
Result<std::optional<std::int64_t>> version_of(Connection& connection) {
  if (is_there(connection, "SELECT to_regclass('casewire.schema_version') IS NOT NULL")) {
    return connection.ask({"SELECT version FROM casewire.schema_version"}).integer(0, 0);
  }
  const auto schema = "to_regnamespace('" + connection.schema() + "')";
  if (is_there(connection, "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = " + schema + ")")) {
    return fail(refused_schema(connection, "the schema \"" + connection.schema() + "\" is another program's",
                               "give the bridge a database of its own"));
  }
  return std::nullopt;
}

Result<void> migrate_locked(Connection& connection) {
  auto version = version_of(connection);
  if (!version) return fail(std::move(version.error()));
  if (*version == kSchemaVersion) return {};
  if (*version && **version > kSchemaVersion) {
    return fail(refused_schema(connection,
                               "the database has schema version " + std::to_string(**version) +
                                   ", this program knows versions up to " + std::to_string(kSchemaVersion),
                               "use the newer casewire-bridge that wrote it"));
  }
  if (!*version) {
    if (is_there(connection, "SELECT to_regnamespace('" + connection.schema() + "') IS NULL")) {
      connection.run("CREATE SCHEMA " + connection.schema());
    }
    connection.run(
        "CREATE TABLE casewire.schema_version (version bigint NOT NULL); INSERT INTO casewire.schema_version VALUES (0)");
  }
  for (auto step = static_cast<std::size_t>(version->value_or(0)); step < kSteps.size(); ++step) connection.run(kSteps[step]);
  connection.run("UPDATE casewire.schema_version SET version = " + std::to_string(kSchemaVersion));
  return {};
}

}  // namespace

Result<void> expect_present(Connection& connection) {
  const auto version = version_of(connection);
  if (!version) return fail(version.error());
  if (*version == kSchemaVersion) return {};
  if (!*version) return fail(refused_schema(connection, "there is no memory of a bridge", "look at the setting store"));
  return fail(refused_schema(connection,
                             "the database has schema version " + std::to_string(**version) + ", and this program's is " +
                                 std::to_string(kSchemaVersion),
                             "use the casewire-bridge that works on it"));
}

Result<void> migrate(Connection& connection) {
  // Of two bridges that start at once on a new database, one makes the tables and the other finds them.
  connection.run("BEGIN");
  try {
    connection.run(kMigrationLock);
    auto migrated = migrate_locked(connection);
    connection.run(migrated ? "COMMIT" : "ROLLBACK");
    return migrated;
  } catch (const StatementRefused&) {
    connection.run("ROLLBACK");
    throw;
  }
}

}  // namespace casewire::bridge::postgres
