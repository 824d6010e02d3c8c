-- What a program of schema version 1 (revision 0) writes in the life of a job, statement by statement as it was released, with values in the
-- place of parameters. What is newer must take them and understand what they leave.
BEGIN ISOLATION LEVEL READ COMMITTED;
INSERT INTO casewire.jobs (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until, fence) SELECT name, name, 0, 9223372036854775807, 0, false, '', '', '', 0, 0 FROM unnest(ARRAY['session:old']::bytea[]) AS hinted (name) ORDER BY name ON CONFLICT DO NOTHING;
SELECT FROM casewire.jobs WHERE subject = ANY (ARRAY['session:old']::bytea[]) ORDER BY subject FOR UPDATE;
INSERT INTO casewire.conversations (conversation, lease_until) SELECT home, 0 FROM (SELECT unnest(ARRAY[]::bytea[]) UNION SELECT conversation FROM casewire.jobs WHERE subject = ANY (ARRAY['session:old']::bytea[])) AS homes (home) ORDER BY home ON CONFLICT DO NOTHING;
SELECT FROM casewire.conversations WHERE conversation = ANY (ARRAY(SELECT unnest(ARRAY[]::bytea[]) UNION SELECT conversation FROM casewire.jobs WHERE subject = ANY (ARRAY['session:old']::bytea[]))) ORDER BY conversation FOR UPDATE;
SELECT casewire.hint('session:old', '', '00-old', 1700000000000);
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT subject, conversation, revision, due, attempts, failing_since, parked, problem, traceparent, fence FROM casewire.claim(1700000000000, 'bridge', 1767607230000);
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT casewire.check_lease('session:old', (SELECT fence FROM casewire.jobs WHERE subject = 'session:old'), 1767607201000);
INSERT INTO casewire.ledger (key, about, done, begun_at, detail, result) VALUES ('reply:old', 'old', false, 1767607201000, 'digest', '') ON CONFLICT (key) DO UPDATE SET about = excluded.about, done = excluded.done, begun_at = excluded.begun_at, detail = excluded.detail, result = excluded.result;
INSERT INTO casewire.ledger (key, about, done, begun_at, detail, result) VALUES ('reply:begun', 'old', false, 1767607201000, 'digest', '') ON CONFLICT (key) DO UPDATE SET about = excluded.about, done = excluded.done, begun_at = excluded.begun_at, detail = excluded.detail, result = excluded.result;
COMMIT;
BEGIN ISOLATION LEVEL READ COMMITTED;
SELECT casewire.check_lease('session:old', (SELECT fence FROM casewire.jobs WHERE subject = 'session:old'), 1767607202000);
INSERT INTO casewire.ledger (key, about, done, begun_at, detail, result) VALUES ('reply:old', 'old', true, 1767607201000, 'digest', 'message-9') ON CONFLICT (key) DO UPDATE SET about = excluded.about, done = excluded.done, begun_at = excluded.begun_at, detail = excluded.detail, result = excluded.result;
INSERT INTO casewire.ledger (key, about, done, begun_at, detail, result) VALUES ('comment:new', 'new', true, 1767607202000, 'said again', 'comment-2') ON CONFLICT (key) DO UPDATE SET about = excluded.about, done = excluded.done, begun_at = excluded.begun_at, detail = excluded.detail, result = excluded.result;
INSERT INTO casewire.links (session_id, number, case_id, conversation, replies_since) VALUES ('old', 1, '500000000000009AAA', 'contact:dana@example.test', 0) ON CONFLICT (session_id, number) DO UPDATE SET case_id = excluded.case_id, conversation = excluded.conversation, replies_since = excluded.replies_since;
INSERT INTO casewire.marks (name, value, at) VALUES ('seen:session:old', '1', 1767607201000) ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at;
DELETE FROM casewire.marks WHERE at < 1;
SELECT casewire.renew('session:old', (SELECT fence FROM casewire.jobs WHERE subject = 'session:old'), 1767607203000, 1767607240000);
SELECT casewire.settle('session:old', 1, 'failed', 1767607204000, 1767607300000, 1, 1767607204000, 'SERVER_UNAVAILABLE', 'contact:dana@example.test', NULL);
COMMIT;
