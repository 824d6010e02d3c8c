#include "bridge/reconcile/file_copy.hpp"

#include "base/text/encoding.hpp"
#include "base/text/utf8.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/case_reading.hpp"

namespace casewire::bridge {
namespace {

/// Names are the customer's: no path, no control character, at most the field's length.
std::string safe_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  auto clean = cleaned_utf8(name.substr(slash == std::string_view::npos ? 0 : slash + 1));
  std::erase_if(clean, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  const auto cut = std::string(prefix_of_characters(clean, 255));
  return cut.empty() ? "attachment" : cut;
}

Outcome<std::string> find_upload(const Context& context, const FileCopy& file, const std::string& case_id,
                                 const std::string& trace) {
  const auto soql =
      "SELECT Id, Description FROM ContentVersion WHERE FirstPublishLocationId = " + salesforce::soql_literal(case_id);
  const auto rows = context.salesforce.query_all_of({{"files", soql}}, trace);
  if (!rows) return fail(rows.error());
  for (const auto& row : salesforce::member_of(*rows, "files")) {
    if (string_member(row, "Description") == description_of_attachment(file.id)) return string_member(row, "Id");
  }
  return std::string{};
}

}  // namespace

Outcome<void> copy_file(const Context& context, FileCopy file, const std::string& trace) {
  LedgerEntry entry{
      .key = "file:" + file.id, .about = file.session_id, .begun_at = context.runtime.now(), .detail = file.case_id};
  if (const auto known = context.store.ledger_entry(entry.key)) {
    if (known->done) return {};
    auto found = find_upload(context, file, known->detail, trace);
    if (!found) return fail(found.error());
    entry.result = std::move(*found);
  }
  if (entry.result.empty()) {
    const Failure too_large{.kind = Failure::Kind::permanent, .system = "salesforce", .message = "the file is over 36 MB"};
    if (file.size > kFileBytesMax) return fail(too_large);
    if (!file.url.empty()) {
      auto bytes = context.opencx.download(file.url, file.size == 0 ? kFileBytesMax : file.size, trace);
      if (!bytes) return fail(bytes.error());
      // A gateway's page in place of the file. What is still of another size after a while is the file, and its size was told wrongly.
      const bool is_of_its_size = file.size == 0 || bytes->size() == file.size;
      if (!is_of_its_size && !is_gone_for_good(context, "size of file:" + file.id)) {
        return fail(
            Failure{.kind = Failure::Kind::transient,
                    .system = "opencx",
                    .message = "a file of " + std::to_string(file.size) + " bytes came with " + std::to_string(bytes->size())});
      }
      file.bytes = std::move(*bytes);
    }
    if (file.bytes.size() > kFileBytesMax) return fail(too_large);
    context.store.commit({.at = context.runtime.now(), .ledger = {entry}});
    const auto name = safe_name(file.name);
    const Json fields = {{"Title", name},
                         {"PathOnClient", name},
                         {"Description", description_of_attachment(file.id)},
                         {"FirstPublishLocationId", file.case_id},
                         {"VersionData", base64(file.bytes)}};
    auto id = context.salesforce.create("ContentVersion", fields, trace, context.permit);
    if (!id) return fail(id.error());
    entry.result = std::move(*id);
  }
  entry.done = true;
  context.store.commit({.at = context.runtime.now(), .ledger = {entry}});
  context.events.tell(happening::file_copied, {{"session", file.session_id}, {"case", file.case_id}, {"file", file.id}});
  return {};
}

}  // namespace casewire::bridge
