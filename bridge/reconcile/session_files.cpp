#include <algorithm>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/case_writing.hpp"
#include "bridge/reconcile/file_copy.hpp"
#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {
namespace {

std::vector<FileCopy> files_of(const SessionRun& run) {
  const auto& case_id = run.case_id.empty() ? run.links.back().case_id : run.case_id;
  std::vector<FileCopy> files;
  for (const auto* item : run.missing.with_files) {
    // A file belongs where its message stands, though the session has another Case by now.
    const auto message = run.context.store.ledger_entry("comment:" + item->id);
    const auto& place = message && message->done && !message->result.empty() ? message->result : case_id;
    const auto copied = std::min(item->attachments.size(), cases::kFilesPerMessageMax);
    for (std::size_t i = 0; i < copied; ++i) {
      const auto& attachment = item->attachments[i];
      files.push_back({.id = attachment.id,
                       .name = attachment.name,
                       .url = attachment.url,
                       .size = attachment.size,
                       .session_id = run.session_id,
                       .case_id = place});
    }
  }
  if (const auto draft = cases::draft_case(run.session, run.history); draft.is_description_cut) {
    files.push_back({.id = "summary-" + cases::text_of(cases::Handoff{run.session_id, run.links.back().number}),
                     .name = "summary.txt",
                     .bytes = run.session.summary,
                     .session_id = run.session_id,
                     .case_id = case_id});
  }
  return files;
}

Stopped tell_rep_of_lost_file(const SessionRun& run, const FileCopy& file, const Failure& failure) {
  const auto& context = run.context;
  context.events.tell(happening::file_not_copied,
                      {{"session", run.session_id}, {"file", file.id}, {"problem", text_of(failure)}});
  const auto note = cases::comments_of_note(
      "file-" + file.id, "The customer's file \"" + file.name + "\" could not be copied here. It is in the OpenCX session.");
  const cases::Choice choice{.kind = cases::Choice::Kind::append, .case_id = file.case_id};
  if (!run.comments_there.contains(note.front().mark)) {
    const CaseWriting writing{.choice = choice, .session_id = run.session_id, .comments = note};
    const auto written = write_case(context, writing, run.job.traceparent);
    if (!written) return failed(written.error());
  }
  context.store.commit({.at = context.runtime.now(),
                        .ledger = {{.key = "file:" + file.id,
                                    .about = run.session_id,
                                    .done = true,
                                    .begun_at = context.runtime.now(),
                                    .detail = "not copied"}}});
  return std::nullopt;
}

}  // namespace

Stopped copy_files(SessionRun& run) {
  for (const auto& file : files_of(run)) {
    if (run.context.runtime.steady_now() >= run.out_of_time) return again(kOneClockTick);
    auto copied = copy_file(run.context, file, run.job.traceparent);
    if (!copied && copied.error().code == kDeleted && file.case_id != run.links.back().case_id) {
      auto elsewhere = file;
      elsewhere.case_id = run.links.back().case_id;
      copied = copy_file(run.context, elsewhere, run.job.traceparent);
    }
    if (copied) continue;
    if (copied.error().code == kDeleted) return follow_lost_case(run);
    const auto failure = judged(run.context, "file:" + file.id, copied.error());
    if (failure.kind != Failure::Kind::permanent) return failed(failure);
    if (auto stopped = tell_rep_of_lost_file(run, file, failure)) return stopped;
  }
  return std::nullopt;
}

}  // namespace casewire::bridge
