#include "bridge/operation/trace.hpp"

#include <algorithm>
#include <set>

#include "base/text/counted.hpp"
#include "bridge/intake/hooks.hpp"
#include "bridge/operation/given_up.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kEntriesShown = 500;

std::string without(std::string_view prefix, std::string_view text) {
  return std::string(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}

void append_once(std::vector<std::string>& list, const std::string& value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// Written, sent or copied: `ID` in the ledger's key, `result` what it became.
std::string told_of(const LedgerEntry& entry) {
  const auto colon = entry.key.find(':');
  const auto kind = entry.key.substr(0, colon);
  const auto id = entry.key.substr(colon + 1);
  const auto done = [&](const std::string& yes, const std::string& begun) { return entry.done ? yes : begun; };
  const std::string unknown = ", and whether it happened is not known yet: it is looked for before it is repeated";
  if (kind == "case")
    return done("handoff " + id + " opened Case " + entry.result, "opening a Case for handoff " + id + " was begun" + unknown);
  if (kind == "comment") return "message " + id + " stands on Case " + entry.result;
  if (kind == "file") {
    if (entry.done && entry.result.empty()) return "file " + id + " could not be copied; a comment on the Case says so";
    return done("file " + id + " was copied as ContentVersion " + entry.result, "copying file " + id + " was begun" + unknown);
  }
  if (kind == "reply") {
    if (entry.done && entry.result.empty()) return "reply " + id + " said nothing and was not sent";
    return done("reply " + id + " went out as message " + entry.result, "sending reply " + id + " was begun" + unknown);
  }
  if (kind == "refused") return "reply " + id + " does not go to the customer: " + entry.detail;
  if (kind == "late files")
    return done("no file of reply " + id + " is awaited any more", "files of reply " + id + " are awaited");
  if (kind == "close")
    return entry.result.empty() ? "the closed Case closed the session" : "closing the session: " + entry.result;
  if (kind == "unfenced") return "the AI may still speak in another session of the Case";
  return entry.key;
}

struct Found {
  std::string kind = "unknown";  ///< "session", "case", "message"
  std::vector<std::string> sessions{};
  std::vector<std::string> cases{};
  std::optional<LedgerEntry> message{};

  /// Of which there may be jobs.
  std::vector<std::string> subjects() const {
    std::vector<std::string> subjects;
    for (const auto& id : sessions) subjects.push_back(session_subject(id));
    for (const auto& id : cases) subjects.push_back(case_subject(id));
    return subjects;
  }
};

class Search {
 public:
  explicit Search(Store& store) : store_(store) {}

  Found find(const std::string& asked) {
    const auto session = without("session:", asked);
    const auto case_id = id_of_18(without("case:", asked));
    // By its form first: the ledger lists entries about Cases too, of which none is a session's.
    if (is_id_of_case(case_id) && is_case(case_id)) {
      found_ = {.kind = "case", .cases = {case_id}};
    } else if (is_session(session)) {
      found_ = {.kind = "session", .sessions = {session}};
    } else {
      find_message(asked);
    }
    complete();
    return std::move(found_);
  }

 private:
  /// Empty where it is no record's id at all.
  static bool is_id_of_case(std::string_view id_of_18) { return id_of_18.starts_with("500"); }
  bool is_session(const std::string& id) {
    return store_.job(session_subject(id)) || !store_.links_of_session(id).empty() || !store_.ledger_about(id).empty() ||
           store_.mark("seen:" + session_subject(id)) || given_up(store_, session_subject(id));
  }
  bool is_case(const std::string& id) {
    return store_.job(case_subject(id)) || !store_.links_of_case(id).empty() || !store_.ledger_about(id).empty() ||
           store_.mark("seen:" + case_subject(id)) || given_up(store_, case_subject(id));
  }

  void find_message(const std::string& asked) {
    for (const auto& id : {asked, id_of_18(asked)}) {
      for (const auto* kind : {"reply:", "refused:", "comment:", "file:"}) {
        if (id.empty() || found_.message) continue;
        found_.message = store_.ledger_entry(kind + id);
      }
    }
    if (!found_.message) return;
    found_.kind = "message";
    const auto& about = found_.message->about;
    const auto as_case = id_of_18(about);
    (is_id_of_case(as_case) ? found_.cases : found_.sessions).push_back(is_id_of_case(as_case) ? as_case : about);
  }

  /// The sessions of its Cases, and the Cases of its sessions.
  void complete() {
    for (const auto& id : found_.cases) {
      for (const auto& link : store_.links_of_case(id)) append_once(found_.sessions, link.session_id);
    }
    for (const auto& id : found_.sessions) {
      for (const auto& link : store_.links_of_session(id)) append_once(found_.cases, link.case_id);
    }
  }

  Store& store_;
  Found found_;
};

std::string next_of_job(const Insight& insight, const Job& job) {
  const auto now = insight.runtime.now();
  const auto name = "the job " + job.subject;
  if (job.parked) {
    return name + " waits for a person, since " + iso8601(job.due) + " (" + job.problem +
           "). When the cause is gone: casewire-bridge parked retry " + job.subject;
  }
  for (const auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) {
    const auto rest = vendor->rest();
    if (!rest) continue;
    return name + " waits until " + vendor->name() + " takes calls again" +
           (rest->probe_at ? ", which is asked at " + iso8601(*rest->probe_at) : std::string{});
  }
  if (!job.problem.empty() && job.failing_since) {
    const auto given_up_at = std::max(job.due, *job.failing_since + insight.config.give_up_after);
    return name + " is tried again at " + iso8601(job.due) + " (failed " +
           counted(static_cast<std::size_t>(job.attempts), "time") + " since " + iso8601(*job.failing_since) + ": " +
           job.problem + "), and parked when it still fails at " + iso8601(given_up_at);
  }
  return name + (job.due > now ? " runs at " + iso8601(job.due) : std::string(" runs now, or within moments"));
}

/// What happened, by the store.
struct Deed {
  WallTime at{};
  std::string what{};
  bool was_given_up = false;
};

std::vector<std::string> next_of(const Insight& insight, const Found& found, const std::vector<Deed>& deeds) {
  std::vector<std::string> next;
  for (const auto& subject : found.subjects()) {
    if (const auto job = insight.store.job(subject)) next.push_back(next_of_job(insight, *job));
  }
  if (!next.empty()) return next;
  const auto sweep = "whatever no webhook tells is found by the sweep, every " +
                     std::to_string(insight.config.sweep_every / std::chrono::seconds{1}) + " s";
  if (found.kind == "unknown") {
    return {
        "the bridge has never heard of it: no webhook named it, and no sweep found it. Is it an email conversation that was handed off, "
        "or a Case of one, of this org and this OpenCX? Of a message of a conversation that was given up (parked drop) nothing is known: "
        "trace its session or Case",
        sweep};
  }
  // A job that did something since took up what the one before it left.
  if (!deeds.empty() && deeds.back().was_given_up) {
    return {
        "what was written until " + iso8601(deeds.back().at) +
            " was given up by a person (parked drop). What is written later makes a new job, and that does all that is missing",
        sweep};
  }
  return {"nothing waits: all that the bridge knew of is done", sweep};
}

/// Oldest first.
std::vector<Deed> happened_to(const Insight& insight, const Found& found) {
  std::vector<LedgerEntry> entries;
  const auto add = [&](const std::string& about) {
    for (auto& entry : insight.store.ledger_about(about)) entries.push_back(std::move(entry));
  };
  for (const auto& id : found.sessions) add(id);
  for (const auto& id : found.cases) add(id);
  std::set<std::string> conversations;
  for (const auto& id : found.sessions) {
    for (const auto& link : insight.store.links_of_session(id)) conversations.insert(link.conversation);
  }
  // While its first Case is being opened nothing is linked yet: the job knows whose conversation it is.
  for (const auto& subject : found.subjects()) {
    if (const auto job = insight.store.job(subject)) conversations.insert(job->conversation);
  }
  // A Case's own entry is listed under the contact, who may have had others.
  for (const auto& conversation : conversations) {
    for (auto& entry : insight.store.ledger_about(conversation)) {
      const bool is_asked_for = std::find(found.cases.begin(), found.cases.end(), entry.result) != found.cases.end();
      if (is_asked_for || !entry.done) entries.push_back(std::move(entry));
    }
  }
  std::vector<Deed> deeds;
  for (const auto& entry : entries) deeds.push_back({entry.begun_at, told_of(entry)});
  for (const auto& subject : found.subjects()) {
    if (const auto dropped = given_up(insight.store, subject)) {
      deeds.push_back(
          {dropped->at, "what waited for " + subject + " was given up by a person (parked drop): " + dropped->problem, true});
    }
  }
  std::stable_sort(deeds.begin(), deeds.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return deeds;
}

Json deeds_json(const std::vector<Deed>& deeds) {
  Json list = Json::array();
  const auto skipped = deeds.size() > kEntriesShown ? deeds.size() - kEntriesShown : 0;
  if (skipped > 0) list.push_back({{"at", ""}, {"what", std::to_string(skipped) + " older ones are not shown"}});
  for (std::size_t i = skipped; i < deeds.size(); ++i) {
    list.push_back({{"at", iso8601(deeds[i].at)}, {"what", deeds[i].what}});
  }
  return list;
}

Json lately_json(const Insight& insight, const Found& found, const std::string& asked) {
  std::vector<std::string> ids{asked};
  for (const auto& id : found.sessions) append_once(ids, id);
  for (const auto& id : found.cases) append_once(ids, id);
  Json list = Json::array();
  for (const auto& told : insight.events.about(ids)) {
    Json line = {{"at", iso8601(told.at)}, {"event", told.what->name}};
    for (const auto& [name, value] : told.facts) line["facts"][name] = value;
    list.push_back(std::move(line));
  }
  return list;
}

}  // namespace

Json job_json(const Insight& insight, const std::string& subject) {
  const auto job = insight.store.job(subject);
  if (!job) return nullptr;
  return {{"subject", job->subject},
          {"parked", job->parked},
          {job->parked ? "parked_at" : "due", iso8601(job->due)},
          {"attempts", job->attempts},
          {"failing_since", job->failing_since ? Json(iso8601(*job->failing_since)) : Json(nullptr)},
          {"problem", job->problem}};
}

Json links_json(const Insight& insight, const std::string& id) {
  const auto found = Search(insight.store).find(id);
  Json list = Json::array();
  for (const auto& session : found.sessions) {
    for (const auto& link : insight.store.links_of_session(session)) {
      list.push_back({{"session", link.session_id}, {"number", link.number}, {"case", link.case_id}});
    }
  }
  return {{"asked", id}, {"is", found.kind}, {"links", std::move(list)}};
}

Json trace_json(const Insight& insight, const std::string& id) {
  const auto found = Search(insight.store).find(id);
  const auto deeds = happened_to(insight, found);
  Json json = {{"asked", id},
               {"is", found.kind},
               {"where", found.message ? Json(told_of(*found.message)) : Json(nullptr)},
               {"links", links_json(insight, id)["links"]},
               {"jobs", Json::array()},
               {"happened", deeds_json(deeds)},
               {"lately", lately_json(insight, found, id)},
               {"remembered_since", insight.has_started() ? Json(iso8601(insight.started_at)) : Json(nullptr)},
               {"next", next_of(insight, found, deeds)}};
  for (const auto& subject : found.subjects()) {
    if (auto job = job_json(insight, subject); !job.is_null()) json["jobs"].push_back(std::move(job));
  }
  return json;
}

}  // namespace casewire::bridge
