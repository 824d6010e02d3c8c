-- A store as schema version 2 left it: one job in each state, links, ledger, marks. What has been released is never changed, only added to.
PRAGMA application_id = 1129792082;
PRAGMA user_version = 2;

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

ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
CREATE TABLE fences (last INTEGER NOT NULL) STRICT;
INSERT INTO fences VALUES (7);

INSERT INTO jobs VALUES ('session:due', 'contact:dana@example.test', 3, 1767603600000, 0, NULL, 0, '', '00-trace', '', 0, 0);
INSERT INTO jobs VALUES ('session:leased', 'contact:eli@example.test', 1, 1767603600000, 0, NULL, 0, '', '', 'bridge', 1799139600000, 7);
INSERT INTO jobs VALUES ('case:failing', 'contact:fay@example.test', 2, 1767603900000, 4, 1767600000000, 0, 'UNABLE_TO_LOCK_ROW', '', '', 0, 0);
INSERT INTO jobs VALUES ('case:parked', 'contact:gus@example.test', 2, 1767603600000, 9, 1767600000000, 1, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', '', '', 0, 0);
INSERT INTO links VALUES ('s1', 1, '500000000000001AAA', 'contact:dana@example.test', 0);
INSERT INTO links VALUES ('s1', 2, '500000000000002AAA', 'contact:dana@example.test', 1767603600000);
INSERT INTO ledger VALUES ('reply:02s000000000001AAA', 's1', 1, 1767603600000, 'digest', 'message-1');
INSERT INTO ledger VALUES ('reply:02s000000000002AAA', 's1', 0, 1767603601000, 'digest', '');
INSERT INTO marks VALUES ('cursor:opencx', '2026-01-05T09:00:00.000Z', NULL);
INSERT INTO marks VALUES ('salesforce org', '00D000000000001AAA', NULL);
