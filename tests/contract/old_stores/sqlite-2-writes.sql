-- What a program of schema version 2 (revision 0) writes in the life of a job, statement by statement as it was released, with values in the
-- place of parameters. What is newer must take them and understand what they leave.
BEGIN IMMEDIATE;
INSERT INTO jobs (subject, conversation, revision, due, attempts, parked, problem, traceparent, lease_owner, lease_until) VALUES ('session:old', CASE '' WHEN '' THEN 'session:old' ELSE '' END, 1, 1767607200000, 0, 0, '', '00-old', '', 0) ON CONFLICT (subject) DO UPDATE SET revision = revision + 1, conversation = CASE '' WHEN '' THEN conversation ELSE '' END, traceparent = CASE '00-old' WHEN '' THEN traceparent ELSE '00-old' END, due = CASE WHEN parked = 1 OR attempts = 0 THEN min(due, 1767607200000) ELSE due END, attempts = CASE parked WHEN 1 THEN 0 ELSE attempts END, failing_since = CASE parked WHEN 1 THEN NULL ELSE failing_since END, parked = 0;
COMMIT;
BEGIN IMMEDIATE;
UPDATE fences SET last = last + 1;
UPDATE jobs SET lease_owner = 'bridge', lease_until = 1767607230000, fence = 1001 WHERE subject = 'session:old';
COMMIT;
BEGIN IMMEDIATE;
INSERT OR REPLACE INTO ledger (key, about, done, begun_at, detail, result) VALUES ('reply:old', 'old', 0, 1767607201000, 'digest', '');
INSERT OR REPLACE INTO ledger (key, about, done, begun_at, detail, result) VALUES ('reply:begun', 'old', 0, 1767607201000, 'digest', '');
COMMIT;
BEGIN IMMEDIATE;
INSERT OR REPLACE INTO ledger (key, about, done, begun_at, detail, result) VALUES ('reply:old', 'old', 1, 1767607201000, 'digest', 'message-9');
INSERT OR REPLACE INTO ledger (key, about, done, begun_at, detail, result) VALUES ('comment:new', 'new', 1, 1767607202000, 'said again', 'comment-2');
INSERT OR REPLACE INTO links (session_id, number, case_id, conversation, replies_since) VALUES ('old', 1, '500000000000009AAA', 'contact:dana@example.test', 0);
INSERT OR REPLACE INTO marks (name, value, at) VALUES ('seen:session:old', '1', 1767607201000);
DELETE FROM marks WHERE at < 1;
UPDATE jobs SET lease_until = max(lease_until, 1767607240000) WHERE subject = 'session:old' AND fence = 1001 AND lease_until > 1767607203000;
UPDATE jobs SET conversation = 'contact:dana@example.test', due = 1767607300000, attempts = 1, failing_since = 1767607204000, parked = 0, problem = 'SERVER_UNAVAILABLE', lease_owner = '', lease_until = 0, fence = 0 WHERE subject = 'session:old';
COMMIT;
