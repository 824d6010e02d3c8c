#include "bridge/store/postgres_schema.hpp"

#include <array>

namespace casewire::bridge::postgres {
namespace {

// What has been released is never changed, only added to. What a step of a revision adds must leave every statement of the revisions before it as
// right as it was.
// Texts are bytes: they sort as bytes, and may hold any. (SET bytea_output = 'escape' shows them in psql.)
// Instants are milliseconds since 1970, UTC, by the bridges' clocks.
//
// The queue. Work is claimed by conversation: its row is the lock that keeps two bridges from two jobs of one customer. It repeats what its jobs
// say, so that a claim looks at one row for each conversation: `next_due` is never later, and `lease_until` never earlier, than the jobs have it; a
// claim that finds otherwise sets it right. Whoever changes a job takes the row of its conversation afterwards, and a claim takes jobs only
// as far as nobody holds them, so claims wait for nobody.
constexpr const char* kFirst = R"sql(
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
)sql";

// The ledger by months. What is done stands in the table of the month in which it was begun, and that goes as a whole once it is old enough; the
// ledger's own table keeps what is begun and not done. The months are its children, so whoever reads the ledger reads them all, and a trigger files
// whatever is written into it: the statements of revision 0 stay right. Source: PostgreSQL 15, 5.11.3 "Partitioning Using Inheritance". Declarative
// partitions would need the month in the key, by which nobody asks, and no older program could write.
//
// What is asked for by key is asked of every month: by functions, which keep their plans, for planning costs more than looking.
constexpr const char* kLedgerByMonths = R"sql(
  ALTER TABLE casewire.schema_version ADD COLUMN revision bigint NOT NULL DEFAULT 0;

  CREATE FUNCTION casewire.month_of(at bigint) RETURNS timestamp LANGUAGE sql STABLE AS $$
    SELECT date_trunc('month', to_timestamp(at / 1000.0) AT TIME ZONE 'UTC')
  $$;
  CREATE FUNCTION casewire.begin_of(month timestamp) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(epoch FROM month) * 1000)::bigint
  $$;
  CREATE FUNCTION casewire.name_of(month timestamp) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT 'ledger_' || to_char(month, 'YYYY_MM')
  $$;

  CREATE FUNCTION casewire.make_month(month timestamp) RETURNS regclass LANGUAGE plpgsql AS $$
  DECLARE
    name text := casewire.name_of(month);
  BEGIN
    IF to_regclass('casewire.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE casewire.%I (PRIMARY KEY (key), CHECK (done AND begun_at >= %s AND begun_at < %s))'
                     ' INHERITS (casewire.ledger)', name, casewire.begin_of(month), casewire.begin_of(month + interval '1 month'));
      EXECUTE format('CREATE INDEX ON casewire.%I (about, key)', name);
    END IF;
    RETURN to_regclass('casewire.' || name);
  END $$;

  -- A key stands in one place. An entry whose month has no table stays in the ledger's own until tend_ledger files it.
  CREATE FUNCTION casewire.file_entry() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    month regclass;
  BEGIN
    DELETE FROM casewire.ledger l WHERE l.key = NEW.key AND l.tableoid <> TG_RELID;
    IF NOT NEW.done THEN RETURN NEW; END IF;
    month := to_regclass('casewire.' || casewire.name_of(casewire.month_of(NEW.begun_at)));
    IF month IS NULL THEN RETURN NEW; END IF;
    DELETE FROM ONLY casewire.ledger l WHERE l.key = NEW.key;
    EXECUTE format('INSERT INTO %s VALUES ($1.*) ON CONFLICT (key) DO UPDATE SET about = excluded.about, begun_at = excluded.begun_at,'
                   ' detail = excluded.detail, result = excluded.result', month) USING NEW;
    RETURN NULL;
  END $$;
  CREATE TRIGGER file_entry BEFORE INSERT ON casewire.ledger FOR EACH ROW EXECUTE FUNCTION casewire.file_entry();

  -- Two bridges that wrote one key at one moment may both have found no other: the later one counts.
  CREATE FUNCTION casewire.ledger_entry(its_key bytea) RETURNS SETOF casewire.ledger LANGUAGE plpgsql STABLE AS $$
  BEGIN
    RETURN QUERY SELECT l.* FROM casewire.ledger l WHERE l.key = its_key ORDER BY l.begun_at DESC LIMIT 1;
  END $$;
  CREATE FUNCTION casewire.ledger_about(whom bytea) RETURNS SETOF casewire.ledger LANGUAGE plpgsql STABLE AS $$
  BEGIN
    RETURN QUERY SELECT DISTINCT ON (l.key) l.* FROM casewire.ledger l WHERE l.about = whom ORDER BY l.key, l.begun_at DESC;
  END $$;

  -- Makes the months of `at` and after it, drops those that ended before `forgotten_before`, and files at most `most` entries behind the key `behind`
  -- that stand in the ledger's own table though they are done. `last_key` is the last one of them; NULL: there were no more.
  CREATE FUNCTION casewire.tend_ledger(at bigint, forgotten_before bigint, behind bytea, most bigint, OUT last_key bytea)
  LANGUAGE plpgsql AS $$
  DECLARE
    this_month timestamp := casewire.month_of(at);
    last_month timestamp := this_month + interval '1 month';
    kept_since timestamp := casewire.month_of(forgotten_before);
    old_month name; keys bytea[]; month timestamp;
  BEGIN
    -- Of several bridges one does it.
    IF NOT pg_try_advisory_xact_lock(1129792083, 'casewire.ledger'::regclass::oid::int) THEN RETURN; END IF;
    PERFORM casewire.make_month(this_month);
    PERFORM casewire.make_month(last_month);
    FOR old_month IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'casewire.ledger'::regclass AND c.relname < casewire.name_of(kept_since) LOOP
      EXECUTE format('DROP TABLE casewire.%I', old_month);
    END LOOP;
    -- One of a later month waits for its table, which is made when that comes near.
    SELECT array_agg(unfiled.key ORDER BY unfiled.key) INTO keys FROM (
      SELECT l.key FROM ONLY casewire.ledger l
        WHERE l.key > behind AND l.done AND l.begun_at < casewire.begin_of(last_month + interval '1 month')
        ORDER BY l.key LIMIT most FOR UPDATE SKIP LOCKED) AS unfiled;
    last_key := keys[array_length(keys, 1)];
    FOR month IN SELECT DISTINCT casewire.month_of(l.begun_at) FROM ONLY casewire.ledger l WHERE l.key = ANY (keys) LOOP
      IF month < kept_since THEN
        DELETE FROM ONLY casewire.ledger l WHERE l.key = ANY (keys) AND l.begun_at < casewire.begin_of(kept_since);
      ELSE
        EXECUTE format('WITH unfiled AS (DELETE FROM ONLY casewire.ledger l WHERE l.key = ANY ($1) AND l.begun_at >= $2 AND l.begun_at < $3'
                       ' RETURNING l.*) INSERT INTO %s SELECT * FROM unfiled ON CONFLICT (key) DO NOTHING', casewire.make_month(month))
          USING keys, casewire.begin_of(month), casewire.begin_of(month + interval '1 month');
      END IF;
    END LOOP;
  END $$;
)sql";
constexpr const char* kLedgerInOneTable = R"sql(
  DROP TRIGGER file_entry ON casewire.ledger;
  DO $$
  DECLARE
    month regclass;
  BEGIN
    FOR month IN SELECT i.inhrelid::regclass FROM pg_inherits i WHERE i.inhparent = 'casewire.ledger'::regclass LOOP
      EXECUTE format('INSERT INTO casewire.ledger SELECT * FROM ONLY %s ON CONFLICT (key) DO NOTHING', month);
      EXECUTE format('DROP TABLE %s', month);
    END LOOP;
  END $$;
  DROP FUNCTION casewire.tend_ledger, casewire.ledger_about, casewire.ledger_entry, casewire.file_entry, casewire.make_month,
    casewire.name_of, casewire.begin_of, casewire.month_of;
  ALTER TABLE casewire.schema_version DROP COLUMN revision;
)sql";

// What intake stores, in one statement that is a transaction by itself. As casewire.hint does each, but each row is written once; most of it is new.
// Its order is that of all who lock: jobs by their subjects, then conversations. None of the subjects comes twice.
constexpr const char* kHintsAtOnce = R"sql(
  CREATE FUNCTION casewire.home_of(its_subject bytea) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
  BEGIN
    RETURN coalesce(
      CASE
        WHEN substring(its_subject FROM 1 FOR 8) = 'session:'::bytea THEN
          (SELECT l.conversation FROM casewire.links l WHERE l.session_id = substring(its_subject FROM 9) ORDER BY l.number LIMIT 1)
        WHEN substring(its_subject FROM 1 FOR 5) = 'case:'::bytea THEN
          (SELECT l.conversation FROM casewire.links l WHERE l.case_id = substring(its_subject FROM 6) ORDER BY l.session_id, l.number LIMIT 1)
      END,
      its_subject);
  END $$;

  CREATE FUNCTION casewire.hint_at_once(subjects bytea[], traces bytea[], times bigint[]) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    -- For a transaction that nobody has set up otherwise: nobody is waited for much longer than its bridge waits, and what was committed survives a crash.
    PERFORM set_config('lock_timeout', '8s', true);
    IF current_setting('synchronous_commit') = 'off' THEN PERFORM set_config('synchronous_commit', 'on', true); END IF;
    WITH hinted AS (
      INSERT INTO casewire.jobs AS j
          (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until, fence)
        SELECT h.subject, casewire.home_of(h.subject), 1, h.at, 0, false, '', h.trace, '', 0, 0
          FROM unnest(subjects, traces, times) AS h (subject, trace, at) ORDER BY h.subject
        ON CONFLICT (subject) DO UPDATE SET
          revision = j.revision + 1,
          traceparent = CASE WHEN excluded.traceparent = '' THEN j.traceparent ELSE excluded.traceparent END,
          due = CASE WHEN j.parked OR j.attempts = 0 THEN least(j.due, excluded.due) ELSE j.due END,
          attempts = CASE WHEN j.parked THEN 0 ELSE j.attempts END,
          failing_since = CASE WHEN j.parked THEN NULL ELSE j.failing_since END,
          parked = false
        RETURNING j.conversation, j.due, j.lease_until)
    INSERT INTO casewire.conversations AS c (conversation, next_due, lease_until)
      SELECT hinted.conversation, min(hinted.due), max(hinted.lease_until) FROM hinted GROUP BY hinted.conversation ORDER BY hinted.conversation
      ON CONFLICT (conversation) DO UPDATE SET
        next_due = least(c.next_due, excluded.next_due), lease_until = greatest(c.lease_until, excluded.lease_until);
  END $$;
)sql";
constexpr const char* kHintsOneByOne = "DROP FUNCTION casewire.hint_at_once, casewire.home_of";

// What a transaction will touch is locked first, in an order that all keep: jobs by their subjects, then conversations. What is not there cannot be
// locked, and whoever ends a job takes rows away between another's looking for them and its locking them: so each is made and locked, or looked for
// again, before the next one is. A job of revision 0 is one that a hint of this transaction makes.
constexpr const char* kRowsInOrder = R"sql(
  CREATE FUNCTION casewire.lock_rows(hinted bytea[], worked_upon bytea[], homes bytea[]) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    wanted bytea; subjects bytea[] := hinted || worked_upon;
  BEGIN
    FOR wanted IN SELECT DISTINCT unnest(subjects) ORDER BY 1 LOOP
      LOOP
        PERFORM FROM casewire.jobs j WHERE j.subject = wanted FOR UPDATE;
        EXIT WHEN FOUND OR wanted <> ALL (hinted);
        INSERT INTO casewire.jobs
            (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until, fence)
          VALUES (wanted, casewire.home_of(wanted), 0, 9223372036854775807, 0, false, '', '', '', 0, 0) ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
      END LOOP;
    END LOOP;
    FOR wanted IN SELECT unnest(homes) UNION SELECT j.conversation FROM casewire.jobs j WHERE j.subject = ANY (subjects) ORDER BY 1 LOOP
      LOOP
        PERFORM FROM casewire.conversations c WHERE c.conversation = wanted FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO casewire.conversations (conversation, lease_until) VALUES (wanted, 0) ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
      END LOOP;
    END LOOP;
  END $$;
)sql";
constexpr const char* kRowsAsTheyCome = "DROP FUNCTION casewire.lock_rows";

constexpr std::array<SchemaStep, 4> kSteps{{{.to = {1, 0}, .up = kFirst, .down = nullptr},
                                            {.to = {1, 1}, .up = kLedgerByMonths, .down = kLedgerInOneTable},
                                            {.to = {1, 2}, .up = kHintsAtOnce, .down = kHintsOneByOne},
                                            {.to = {1, 3}, .up = kRowsInOrder, .down = kRowsAsTheyCome}}};
constexpr SchemaNumber kNumber = kSteps.back().to;
/// Any number that no other program uses for its locks: "CWBR".
constexpr const char* kMigrationLock = "SELECT pg_advisory_xact_lock(1129792082)";

Diagnostic refused_schema(const Connection& connection, std::string problem, std::string hint) {
  return {.where = {connection.name(), {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

bool is_there(Connection& connection, const std::string& sql) { return connection.ask({sql.c_str()}).truth(0, 0); }

/// nullopt: there is no schema, or an empty one that somebody with more rights has made for us.
Result<std::optional<SchemaNumber>> number_in(Connection& connection) {
  if (is_there(connection, "SELECT to_regclass('casewire.schema_version') IS NOT NULL")) {
    // Revision 0 has no column of it.
    const auto rows = connection.ask(
        {"SELECT version, coalesce((to_jsonb(numbered)->>'revision')::bigint, 0) FROM casewire.schema_version AS numbered"});
    return SchemaNumber{rows.integer(0, 0), rows.integer(0, 1)};
  }
  const auto schema = "to_regnamespace('" + connection.schema() + "')";
  if (is_there(connection, "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = " + schema + ")")) {
    return fail(refused_schema(connection, "the schema \"" + connection.schema() + "\" is another program's",
                               "give the bridge a database of its own"));
  }
  return std::nullopt;
}

void set_number(Connection& connection, const SchemaNumber& number) {
  const bool counts_revisions = is_there(
      connection,
      "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'casewire.schema_version'::regclass AND attname = 'revision'"
      " AND NOT attisdropped)");
  connection.run("UPDATE casewire.schema_version SET version = " + std::to_string(number.version) +
                 (counts_revisions ? ", revision = " + std::to_string(number.revision) : ""));
}

Result<void> migrate_locked(Connection& connection) {
  const auto number = number_in(connection);
  if (!number) return fail(number.error());
  if (*number && (*number)->version > kNumber.version) {
    return fail(refused_schema(
        connection,
        "the database has schema version " + text_of(**number) + ", this program knows versions up to " + text_of(kNumber),
        std::string(kNewerSchemaHint)));
  }
  if (*number && **number >= kNumber) return {};
  if (!*number) {
    if (is_there(connection, "SELECT to_regnamespace('" + connection.schema() + "') IS NULL")) {
      connection.run("CREATE SCHEMA " + connection.schema());
    }
    connection.run(
        "CREATE TABLE casewire.schema_version (version bigint NOT NULL); INSERT INTO casewire.schema_version VALUES (0)");
  }
  for (const auto& step : kSteps) {
    if (step.to > number->value_or(SchemaNumber{})) connection.run(step.up);
  }
  set_number(connection, kNumber);
  return {};
}

}  // namespace

SchemaSteps schema_steps() { return kSteps; }

Result<SchemaNumber> schema_number(Connection& connection) {
  const auto number = number_in(connection);
  if (!number) return fail(number.error());
  if (!*number) return fail(refused_schema(connection, "there is no memory of a bridge", "look at the setting store"));
  return **number;
}

Result<void> expect_present(Connection& connection) {
  const auto number = schema_number(connection);
  if (!number) return fail(number.error());
  if (number->version == kNumber.version) return {};
  return fail(refused_schema(
      connection, "the database has schema version " + text_of(*number) + ", and this program's is " + text_of(kNumber),
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

void step_back(Connection& connection, const SchemaNumber& target) {
  connection.run("BEGIN");
  connection.run(kMigrationLock);
  const auto number = schema_number(connection);
  for (auto step = kSteps.rbegin(); number && step != kSteps.rend(); ++step) {
    if (step->to <= *number && step->to > target) connection.run(step->down);
  }
  if (number) set_number(connection, target);
  connection.run("COMMIT");
}

}  // namespace casewire::bridge::postgres
