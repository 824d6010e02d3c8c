-- A store as schema version 1 left it: one job in each state, links, ledger, marks. What has been released is never changed, only added to.
CREATE SCHEMA casewire;
CREATE TABLE casewire.schema_version (version bigint NOT NULL);
INSERT INTO casewire.schema_version VALUES (1);

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

INSERT INTO casewire.jobs VALUES ('session:due', 'contact:dana@example.test', 3, 1767603600000, 0, NULL, false, '', '00-trace', '', 0, 0);
INSERT INTO casewire.jobs VALUES ('session:leased', 'contact:eli@example.test', 1, 1767603600000, 0, NULL, false, '', '', 'bridge', 1767603630000, 7);
INSERT INTO casewire.jobs VALUES ('case:failing', 'contact:fay@example.test', 2, 1767603900000, 4, 1767600000000, false, 'UNABLE_TO_LOCK_ROW', '', '', 0, 0);
INSERT INTO casewire.jobs VALUES ('case:parked', 'contact:gus@example.test', 2, 1767603600000, 9, 1767600000000, true, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '', '', 0, 0);
INSERT INTO casewire.conversations VALUES ('contact:dana@example.test', 1767603600000, 0);
INSERT INTO casewire.conversations VALUES ('contact:eli@example.test', 1767603600000, 1767603630000);
INSERT INTO casewire.conversations VALUES ('contact:fay@example.test', 1767603900000, 0);
INSERT INTO casewire.conversations VALUES ('contact:gus@example.test', NULL, 0);
INSERT INTO casewire.links VALUES ('s1', 1, '500000000000001AAA', 'contact:dana@example.test', 0);
INSERT INTO casewire.links VALUES ('s1', 2, '500000000000002AAA', 'contact:dana@example.test', 1767603600000);
INSERT INTO casewire.ledger VALUES ('reply:02s000000000001AAA', 's1', true, 1767603600000, 'digest', 'message-1');
INSERT INTO casewire.ledger VALUES ('reply:02s000000000002AAA', 's1', false, 1767603601000, 'digest', '');
INSERT INTO casewire.marks VALUES ('cursor:opencx', '2026-01-05T09:00:00.000Z', NULL);
INSERT INTO casewire.marks VALUES ('salesforce org', '00D000000000001AAA', NULL);
