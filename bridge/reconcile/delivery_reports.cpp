#include "bridge/reconcile/delivery_reports.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "bridge/cases/delivery_report.hpp"
#include "bridge/reconcile/case_note.hpp"
#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kAddressDigest = 12;

/// Empty: none is open.
Outcome<std::string> open_case_of(const SessionRun& run, const std::string& address) {
  const auto reading = read_cases(run.context, {.session_id = run.session_id, .contact_email = address}, run.job.traceparent);
  if (!reading) return fail(reading.error());
  const auto& known = reading->marked.cases;
  const auto open = std::find_if(known.begin(), known.end(), [](const auto& one) { return !one.is_closed; });
  return open == known.end() ? std::string{} : open->id;
}

}  // namespace

Stopped tell_of_undelivered(const SessionRun& run) {
  for (const auto& item : run.history) {
    if (!item.is_from_contact() || !cases::is_delivery_report(item)) continue;
    for (const auto& address : cases::addresses_named_in(item.text)) {
      if (!had_a_case(run.context.store, address)) continue;
      const auto id = "report-" + item.id + "-" + hex(sha256(address)).substr(0, kAddressDigest);
      if (is_note_written(run.context.store, id)) continue;
      const auto case_id = open_case_of(run, address);
      if (!case_id) return failed(case_id.error());
      if (case_id->empty()) continue;
      if (auto stopped = write_note(run.context, {*case_id, id, cases::text_of_report(item, address)}, run.job.traceparent)) {
        return stopped;
      }
    }
  }
  return std::nullopt;
}

}  // namespace casewire::bridge
