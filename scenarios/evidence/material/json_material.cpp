// JSON that is material, whatever it calls itself: histories and sessions of OpenCX, records of Salesforce.

#include <algorithm>
#include <limits>

#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {
namespace {

/// The name that whoever saved an answer of OpenCX gave it may have the session's id.
std::string uuid_in(std::string_view file) {
  for (const Piece& piece : pieces_of(file.substr(file.rfind('/') + 1))) {
    if (piece.kind == Piece::Kind::id && piece.text.size() == 36 && piece.text[8] == '-') return std::string(piece.text);
  }
  return {};
}

/// A list of the API says whether it is all: the query's `done` and `totalSize`.
void note_whether_all(const std::string& file, const Json& answer, std::size_t here, const std::string& object,
                      Evidence& evidence) {
  if (!answer.is_object() || object.empty()) return;
  const Json& total = member(answer, "totalSize");
  const bool goes_on = member(answer, "done") == false || !string_member(answer, "nextRecordsUrl").empty();
  const std::size_t counted = total.is_number_unsigned() ? total.get<std::size_t>() : here;
  const std::size_t all = goes_on && counted <= here ? std::numeric_limits<std::size_t>::max() : counted;
  evidence.testimony.counts_rows(object, all, file + " says itself that there are more rows than it has");
}

/// `The query result is missing 8000 records due to a 2000 record limit.`
bool warns_of_missing_records(const Json& json) {
  const Json& warnings = member(json, "warnings");
  return warnings.is_array() && std::any_of(warnings.begin(), warnings.end(), [](const Json& one) {
           return one.is_string() && one.get_ref<const std::string&>().find("missing") != std::string::npos;
         });
}

bool read_history_file(const std::string& file, const Json& json, const Json& items, Evidence& evidence) {
  std::string session = string_member(json, "session_id");
  if (session.empty()) session = string_member(member(json, "session"), "id");
  if (member(json, "session").is_object()) read_session({file, ""}, json["session"], evidence);
  if (session.empty()) session = uuid_in(file);
  const Json& next = member(json, "next");
  const bool is_end = next.is_null() || next == "" || next == false;
  if (session.empty()) {
    evidence.homeless_histories.emplace(file, HomelessHistory{items, is_end});
  } else {
    evidence.testimony.gives_history(session, is_end, file);
    read_history({file, ""}, session, items, evidence);
  }
  evidence.read.push_back(file + ": a history of OpenCX, " + std::to_string(items.size()) + " items");
  return true;
}

bool is_record(const Json& json) { return json.is_object() && !string_member(member(json, "attributes"), "type").empty(); }

}  // namespace

bool read_json_material(const std::string& file, const Json& json, Evidence& evidence) {
  const auto is_history = [](const Json& list) {
    return list.is_array() && !list.empty() && member(list.front(), "event").is_object();
  };
  if (const Json& items = json.is_array() ? json : member(json, "items"); is_history(items))
    return read_history_file(file, json, items, evidence);
  if (member(json, "contact").is_object() && !string_member(json, "id").empty()) {
    read_session({file, ""}, json, evidence);
    evidence.read.push_back(file + ": a session of OpenCX");
    return true;
  }
  // The CLI wraps what the API answers.
  const Json& answer = member(json, "result").is_null() ? json : member(json, "result");
  Json records = member(answer, "records");
  if (!records.is_array() && is_record(answer)) records = Json::array({answer});
  if (!records.is_array() && answer.is_array() && !answer.empty() && answer.front().is_object()) records = answer;
  if (!records.is_array()) return false;
  const std::size_t taken = read_records(file, records, evidence);
  if (warns_of_missing_records(json) && !records.empty())
    evidence.testimony.lacks_rows(object_of_record(records.front()), file + " says itself that records are missing");
  if (!records.empty()) note_whether_all(file, answer, records.size(), object_of_record(records.front()), evidence);
  if (taken != 0 || records.empty()) {
    const std::string of_them = taken == records.size() ? "" : " of " + std::to_string(records.size());
    evidence.read.push_back(file + ": " + std::to_string(taken) + of_them + " records of Salesforce");
  }
  return true;
}

}  // namespace casewire::scenarios
