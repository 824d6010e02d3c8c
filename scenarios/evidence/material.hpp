#pragma once
// What can be read of each kind of material. A reader takes what it understands and lists the rest, entry by entry: one bad entry
// does not cost the good ones. Each stands in the file of its name in material/.

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/evidence/evidence.hpp"
#include "scenarios/evidence/material/local_times.hpp"
#include "scenarios/tape/addressee.hpp"

namespace casewire::scenarios {

/// A HAR of any tool: browsers, proxies, Playwright, our own, however long. `source.hosts` are who is who beside what the HAR says itself. False: it
/// has no list of entries.
bool read_recording(RecordingSource source, Evidence& evidence);
/// The answers that are saved in a collection of Postman, as a HAR; nullopt: it is none.
std::optional<std::string> har_of_postman(const Json& collection);
/// The body of what `curl -i` or `curl -v` printed; nullopt: it is none of that.
std::optional<std::string> body_shown_by_curl(std::string_view text);
/// One mail as RFC 5322 has it.
void read_mail(const std::string& file, const std::string& place, std::string_view mail, Evidence& evidence);
/// A mailbox of the mbox kinds (RFC 4155).
void read_mailbox(const std::string& file, std::string_view mailbox, Evidence& evidence);
/// Rows with a head line, as the Data Loader, the Data Export and reports write them. One whose times do not say their zone waits in
/// `evidence.local_tables`.
void read_table(const std::string& file, std::string_view csv, Evidence& evidence);
/// Its rows, whose times are moments.
void take_table(const Table& table, Evidence& evidence);
/// Those that wait, once everything else is read.
void read_local_tables(const TableTerms& terms, Evidence& evidence);
/// The bytes of a ContentVersion, as the Data Export puts them beside its tables: named by its id. False: it is not named so.
bool read_version_bytes(const std::string& file, std::string_view bytes, Evidence& evidence);
/// Records as the CLI (`sf data query --json`, `sf data export tree`) and the REST API write them: any array of objects with
/// `attributes.type`. How many could be used.
std::size_t read_records(const std::string& file, const Json& records, Evidence& evidence);
/// By what it says, or by its id; empty: neither tells.
std::string object_of_record(const Json& record);
/// Once everything else is read: where several programs changed one system. All of it is read as one bridge's.
void note_several_writers(Evidence& evidence);
/// Those that are in the material and in no order of events, once everything else is read: they are listed, and what they would have told is missed.
void note_undated_rows(Evidence& evidence);
/// A session of OpenCX and its history, as the API answers them. `session` may be known from elsewhere.
void read_session(const Origin& origin, const Json& session, Evidence& evidence);
void read_history(const Origin& origin, const std::string& session, const Json& items, Evidence& evidence);
/// Those that do not say whose they are, once everything else is read: where the material knows one session, they are guessed to be its.
void read_homeless_histories(Evidence& evidence);
/// What casewire-bridge wrote about itself.
bool looks_like_bridge_log(std::string_view text);
void read_bridge_log(const std::string& file, std::string_view text, Evidence& evidence);
/// Any other JSON that is material, whatever it calls itself. False when it is not.
bool read_json_material(const std::string& file, const Json& json, Evidence& evidence);

}  // namespace casewire::scenarios
