#pragma once
// The measurements. Each prints its own lines and says so when something is missing; none is a
// test.

namespace casewire::bench {

/// The lone fake: its start, its 20-row SOQL query and its Case create beside nginx answering the same bytes, its memory. wrk drives both.
void measure_salesforce();
/// A fake org of a million Cases in process: create, memory, look-ups.
void measure_org_growth();
/// The bridge's durable intake over HTTP beside bare commits of its store, and beside a million jobs; of SQLite and PostgreSQL.
void measure_intake();
/// Handoffs and replies through the real bridge, beside the same calls put to the fakes alone, and bare commits of its store.
void measure_deeds();
/// Three bridges on one PostgreSQL beside one.
void measure_fleet();
/// How long a webhook waits for a worker while another org of the process has 100,000 jobs to do.
void measure_orgs();
/// `casewire record` before a system, beside the system alone; a bridge that records itself, beside one that does not.
void measure_recorder();
/// A customer's bundle until its scenario stands there.
void measure_importer();
/// The whole suite in both rings.
void measure_suite();

}  // namespace casewire::bench
