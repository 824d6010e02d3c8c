#include <algorithm>
#include <map>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/adoption.hpp"
#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/comparison.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

/// Salesforce refuses a query of over 100,000 characters.
constexpr std::size_t kIdsAtOnce = 400;

/// A webhook that was lost is made good by the next sweep at the latest; what is younger says nothing.
constexpr milliseconds kYoung{2 * 60'000};

class SessionComparison {
 public:
  SessionComparison(const Context& context, const opencx::Session& session, ComparedSlice& slice)
      : context_(context),
        slice_(slice),
        job_{.subject = session_subject(session.id), .conversation = {}},
        run_{.context = context, .job = job_, .out_of_time = {}, .session_id = session.id, .session = session} {}

  Outcome<void> compare() {
    run_.links = context_.store.links_of_session(run_.session_id);
    job_.conversation = run_.links.empty() ? conversation_of(run_.session) : run_.links.back().conversation;
    auto history = context_.opencx.history(run_.session_id, {});
    if (!history) {
      if (history.error().code != "404") return fail(history.error());
      note("conversation", run_.session_id, {}, "OpenCX does not show it");
      return {};
    }
    run_.history = std::move(*history);
    ledger_ = context_.store.ledger_about(run_.session_id);
    own_ = cases::own_sends(ledger_, run_.history, context_.vendors.opencx.difference());
    run_.missing = cases::missing_of(run_.history, ledger_, own_);
    const auto reading = read_cases(context_, question_of(run_), {});
    if (!reading) return fail(reading.error());
    const bool is_with_people = cases::is_with_people(run_.session, run_.history);
    if (run_.links.empty() && !is_with_people) return {};  // the AI has it
    ++slice_.compared.conversations;
    compare_case(reading->marked);
    compare_messages(reading->marked, is_with_people);
    if (auto compared = compare_files(); !compared) return compared;
    return compare_replies();
  }

 private:
  void note(std::string what, std::string id, WallTime at, std::string found) {
    const auto case_id = run_.links.empty() ? std::string() : run_.links.back().case_id;
    std::vector<std::string> subjects{job_.subject};
    for (const auto& link : run_.links) subjects.push_back(case_subject(link.case_id));
    note_difference(context_, subjects, context_.vendors.opencx.time_here(at),
                    {.what = std::move(what),
                     .id = std::move(id),
                     .session_id = run_.session_id,
                     .case_id = case_id,
                     .found = std::move(found)},
                    slice_);
  }
  WallTime newest() const { return run_.history.empty() ? WallTime{} : run_.history.back().at; }

  void compare_case(const cases::Marked& marked) {
    if (run_.links.empty()) return note("conversation", run_.session_id, newest(), "people have it, and it has no Case");
    const auto& linked = run_.links.back().case_id;
    const bool is_there = std::any_of(marked.cases.begin(), marked.cases.end(),
                                      [&](const auto& one) { return salesforce::is_same_id(one.id, linked); });
    if (!is_there) note("case", linked, {}, "the org does not show it");
  }

  /// Each comment by the mark it bears: which parts of it stand, on which Case.
  void compare_messages(const cases::Marked& marked, bool is_with_people) {
    std::map<std::string, std::map<std::string, std::vector<const cases::CommentMark*>>> standing;  // by item and Case
    for (const auto& [case_id, comments] : marked.comments) {
      for (const auto& comment : comments) standing[comment.mark.item_id][case_id].push_back(&comment.mark);
    }
    std::map<std::string_view, const LedgerEntry*> remembered;
    for (const auto& entry : ledger_) {
      if (entry.done && entry.key.starts_with("comment:")) remembered[entry.key] = &entry;
    }
    for (const auto& item : run_.history) {
      const bool is_own = std::any_of(own_.begin(), own_.end(), [&](const auto& send) { return send.item_id == item.id; });
      if (is_own || (!item.is_from_contact() && !item.is_from_ai() && !item.is_from_agent())) continue;
      const auto places = standing.find(item.id);
      if (places == standing.end()) {
        const bool is_remembered = remembered.contains("comment:" + item.id);
        if (!is_remembered && stays_with_the_ai(item, marked, is_with_people)) continue;
        ++slice_.compared.messages;
        note("message", item.id, is_remembered ? WallTime{} : item.at,
             is_remembered ? "it was put on the Case, and is not there any more" : "it stands on no Case");
        continue;
      }
      ++slice_.compared.messages;
      if (places->second.size() > 1) note("message", item.id, item.at, "it stands on several Cases");
      for (const auto& [case_id, marks] : places->second) {
        const auto parts = static_cast<std::size_t>(std::max(marks.front()->parts, 1));
        std::set<int> different;
        for (const auto* mark : marks) different.insert(mark->part);
        if (different.size() < parts) note("message", item.id, item.at, "a part of it is missing on Case " + case_id);
        if (marks.size() > different.size())
          note("message", item.id, item.at, "it stands on Case " + case_id + " more than once");
      }
    }
  }

  bool stays_with_the_ai(const opencx::HistoryItem& item, const cases::Marked& marked, bool is_with_people) const {
    const auto choice = cases::choose_case({.session_id = run_.session_id,
                                            .links = run_.links,
                                            .cases = marked.cases,
                                            .needs_an_open_case = item.is_from_contact(),
                                            .is_with_people = is_with_people,
                                            .written_at = {item.at}});
    return choice.kind == cases::Choice::Kind::none || (choice.until && item.at >= *choice.until);
  }

  Outcome<void> compare_files() {
    std::map<std::string, std::string> versions;  // by attachment
    for (const auto& item : run_.history) {
      const auto message = context_.store.ledger_entry("comment:" + item.id);
      if (!item.is_from_contact() || !message || !message->done) continue;  // said of the message
      for (std::size_t i = 0; i < std::min(item.attachments.size(), cases::kFilesPerMessageMax); ++i) {
        const auto& file = item.attachments[i];
        const auto entry = context_.store.ledger_entry("file:" + file.id);
        ++slice_.compared.files;
        if (!entry || !entry->done) {
          note("file", file.id, item.at, "it was not copied to the Case");
        } else if (!entry->result.empty()) {
          versions[file.id] = entry->result;
        }
      }
    }
    std::vector<std::string> ids;
    for (const auto& [file, version] : versions) ids.push_back(version);
    const auto there = ids_there("ContentVersion", ids);
    if (!there) return fail(there.error());
    for (const auto& [file, version] : versions) {
      if (!there->contains(version.substr(0, 15))) note("file", file, {}, "it was copied to the Case, and is not there any more");
    }
    return {};
  }

  /// What the ledger says was sent into this conversation.
  Outcome<void> compare_replies() {
    std::map<std::string, std::string> rows;  // the ledger's keys, by row
    for (const auto& send : own_) {
      auto row = send.ledger_key.substr(std::string_view("reply:").size());
      row = row.substr(0, row.find(':'));
      const auto entry = context_.store.ledger_entry(send.ledger_key);
      if (!entry || !entry->done) continue;  // said of the row
      if (send.item_id.empty()) note("reply", row, entry->begun_at, "it was sent, and is not in the conversation");
      rows[row] = send.ledger_key;
    }
    for (const auto* prefix : {"02s", "00a"}) {
      std::vector<std::string> ids;
      for (const auto& [row, key] : rows) {
        if (row.starts_with(prefix)) ids.push_back(row);
      }
      const auto there = ids_there(prefix == std::string_view("02s") ? "EmailMessage" : "CaseComment", ids);
      if (!there) return fail(there.error());
      for (const auto& id : ids) {
        if (!there->contains(id.substr(0, 15))) note("reply", id, {}, "it was sent, and the org does not have it any more");
      }
    }
    return {};
  }

  /// Of the ids those of which there is a row, in 15 characters.
  Outcome<std::set<std::string>> ids_there(const std::string& type, const std::vector<std::string>& ids) const {
    std::set<std::string> there;
    for (std::size_t begin = 0; begin < ids.size(); begin += kIdsAtOnce) {
      const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                          ids.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kIdsAtOnce, ids.size())));
      const bool counts_deleted =
          type == "EmailMessage" || type == "CaseComment";  // what a rep deletes after sending is her affair
      const auto rows = context_.salesforce.query_all_of(
          {{"rows", "SELECT Id FROM " + type + " WHERE Id IN " + salesforce::soql_list(some), counts_deleted}}, {});
      if (!rows) return fail(rows.error());
      for (const auto& row : salesforce::member_of(*rows, "rows")) there.insert(string_member(row, "Id").substr(0, 15));
    }
    return there;
  }

  const Context& context_;
  ComparedSlice& slice_;
  Job job_;
  SessionRun run_;
  std::vector<LedgerEntry> ledger_{};
  std::vector<cases::OwnSend> own_{};
};

}  // namespace

Outcome<void> compare_session(const Context& context, const opencx::Session& session, ComparedSlice& slice) {
  return SessionComparison(context, session, slice).compare();
}

void note_difference(const Context& context, const std::vector<std::string>& subjects, WallTime at, Difference difference,
                     ComparedSlice& slice) {
  bool is_under_way = at + kYoung > context.runtime.now(), is_parked = false;
  for (const auto& subject : subjects) {
    const auto job = context.store.job(subject);
    if (job && job->parked) difference.found += "; the job " + subject + " is parked";
    is_parked = is_parked || (job && job->parked);
    is_under_way = is_under_way || (job && !job->parked);
  }
  if (is_under_way && !is_parked) {
    ++slice.under_way;
  } else {
    slice.differences.push_back(std::move(difference));
  }
}

}  // namespace casewire::bridge
