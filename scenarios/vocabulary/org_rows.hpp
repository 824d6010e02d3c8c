#pragma once
// What sentences ask the org, and how it answers a rep.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

/// Throws HarnessFault when the org does not understand: a check that cannot look has found nothing out.
std::vector<Json> rows_of(Stage& stage, const std::string& soql, bool with_deleted = false);
/// As a string literal of SOQL, whatever stands in it.
std::string soql_text(std::string_view text);
/// One field of a Case; empty when it has no value, and when there is no such Case.
std::string case_field(Stage& stage, const std::string& case_name, const std::string& field);
/// The newest outgoing mail of a Case; nullopt when it has none.
std::optional<std::string> last_reply_on(Stage& stage, const std::string& case_name);
/// The documents that are linked to a record, with ContentDocument.Title, FileExtension and LatestPublishedVersionId.
std::vector<Json> files_linked_to(Stage& stage, const std::string& record_id);
/// `label.pdf`, of a row of files_linked_to.
std::string file_name_in(const Json& row);
/// `00001026 (New) "Refund needs a person"`
std::string case_line(const Json& row);
/// What the org calls a closed Case: "Closed" if that is one of its words for it, else the first.
std::string closed_status(Stage& stage);
/// The fields of a Case that a rep opens by hand for somebody, with the mark of our channel.
Json case_by_hand(const std::string& address, const std::string& subject, const std::string& text);
/// What came of a rep's deed: done, or what the org refused it with.
template <class T>
Played let(const std::string& rep, const Result<T, std::string>& result) {
  return result ? Played{} : Played::failed("Salesforce lets " + rep + " do this", result.error());
}

}  // namespace casewire::scenarios
