#include "bridge/reconcile/reply_delivery.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text/strings.hpp"
#include "bridge/cases/missing.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/afterthoughts.hpp"
#include "bridge/reconcile/fencing.hpp"
#include "bridge/reconcile/former_sends.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/reply_reading.hpp"

namespace casewire::bridge {
namespace {

/// A file may be linked to its mail a little after the mail is there (F53): the reply waits this long for it, and the files that are
/// missing then are looked for this long.
constexpr milliseconds kFileSettles{30'000};
constexpr milliseconds kFileLook{5'000};
/// Several files may be linked one by one: nobody looks for them before the mail is this old.
constexpr milliseconds kFilesGather{5'000};
constexpr milliseconds kLateFilesWithin{10 * 60'000};
/// OpenCX mails each conversation by itself: of two replies that go into different ones at the same moment the second may arrive first.
constexpr milliseconds kOtherThreadAfter{2'000};

std::string reply_key(const replies::Row& row) { return "reply:" + row.id; }
std::string late_key(const replies::Row& row) { return "late files:" + row.id; }

}  // namespace

bool ReplyDelivery::Parcel::says_something() const { return !trimmed(text).empty() || !files.empty(); }

ReplyDelivery::ReplyDelivery(const Context& context, const Job& job, std::vector<Link> links)
    : context_(context), job_(job), links_(std::move(links)) {}

Stopped ReplyDelivery::deliver(const replies::Row& row) {
  const bool is_known = context_.store.ledger_entry(reply_key(row)).has_value();
  if (!is_known && may_be_of_a_former_self(context_, context_.vendors.salesforce, row.created_at)) {
    const cases::UnknownReply reply{row.id, replies::reply_text(row.text, row.html),
                                    context_.vendors.opencx_time(row.created_at)};
    const auto was_sent = was_sent_formerly(context_, job_, reply, links_);
    if (!was_sent) return failed(was_sent.error());
    if (*was_sent) return std::nullopt;
  }
  return send_once(reply_key(row), row, {}, [&](Parcel& parcel) { return fill(row, parcel); });
}

Stopped ReplyDelivery::deliver_late_files(const replies::Row& row) {
  auto awaited = context_.store.ledger_entry(late_key(row));
  if (!awaited || awaited->done) return std::nullopt;
  const auto files = read_files(context_.salesforce, row.id, job_.traceparent);
  if (!files) return failed(files.error());
  if (files->empty() && context_.runtime.now() < awaited->begun_at + kLateFilesWithin) {
    is_waiting_for_files_ = true;
    return std::nullopt;
  }
  if (files->empty()) {
    context_.events.tell(happening::file_missing, {{"reply", row.id}, {"session", awaited->about}});
  } else {
    const auto stopped = send_once(reply_key(row) + ":files", row, awaited->about, [&](Parcel& parcel) {
      parcel.text = replies::text_of_late_files();
      return pack(*files, {}, parcel);
    });
    if (stopped) return stopped;
  }
  awaited->done = true;
  context_.store.commit({.at = context_.runtime.now(), .ledger = {*awaited}});
  return std::nullopt;
}

Stopped ReplyDelivery::send_once(const std::string& key, const replies::Row& row, const std::string& session_id,
                                 const Fill& fill) {
  const auto known = context_.store.ledger_entry(key);
  if (known && known->done) return std::nullopt;
  if (known) {
    const auto settled_at = known->begun_at + kLostAnswerSettles;
    if (context_.runtime.now() < settled_at) return again(settled_at - context_.runtime.now());
    const auto sent = was_sent(*known);
    if (!sent) return failed(sent.error());
    if (*sent) return std::nullopt;
  }
  Parcel parcel;
  if (auto stopped = fill(parcel)) return stopped;
  if (!parcel.says_something()) {
    end_unsent(key, row);
    return std::nullopt;
  }
  auto receiver = known ? known->about : session_id;
  if (receiver.empty()) {
    auto chosen = receiving_session(row);
    if (!chosen) return failed(chosen.error());
    receiver = std::move(*chosen);
  }
  return send(key, row, receiver, std::move(parcel));
}

/// The answer was lost: the message may have arrived.
Outcome<bool> ReplyDelivery::was_sent(const LedgerEntry& begun) {
  const auto history = context_.opencx.history(begun.about, job_.traceparent);
  if (!history) return fail(judged(context_, session_subject(begun.about), history.error()));
  const auto ahead = context_.vendors.opencx.difference();
  for (const auto& own : cases::own_sends(context_.store.ledger_about(begun.about), *history, ahead)) {
    if (own.ledger_key != begun.key || own.item_id.empty()) continue;
    auto done = begun;
    done.done = true;
    done.result = own.item_id;
    context_.store.commit({.at = context_.runtime.now(), .ledger = {done}});
    return true;
  }
  return false;
}

Stopped ReplyDelivery::send(const std::string& key, const replies::Row& row, const std::string& session_id, Parcel parcel) {
  if (!spoken_in_.empty() && spoken_in_ != session_id) return again(kOtherThreadAfter);
  const auto now = context_.runtime.now();
  LedgerEntry entry{.key = key, .about = session_id, .begun_at = now, .detail = cases::text_digest(parcel.text)};
  Changes begun{.at = now, .ledger = {entry}};
  // Files that are in this parcel need not follow, though an earlier try that did not get through announced them.
  const bool was_announced = key == reply_key(row) && context_.store.ledger_entry(late_key(row));
  if (parcel.announces_files || was_announced) {
    begun.ledger.push_back({.key = late_key(row), .about = session_id, .done = !parcel.announces_files, .begun_at = now});
  }
  // Notes of the bridge's own stand in what is sent: what the row said is remembered apart.
  const auto said = cases::text_digest(replies::reply_text(row.text, row.html));
  if (key == reply_key(row) && said != entry.detail) begun.ledger.push_back(said_entry(row, session_id, said, now));
  context_.store.commit(begun);
  const opencx::AgentMessage message{.text = std::move(parcel.text),
                                     .agent_name = row.created_by_name,
                                     .agent_id = replies::agent_number(row.created_by_id),
                                     .files = std::move(parcel.files)};
  const auto sent = context_.opencx.send(session_id, message, job_.traceparent, context_.permit);
  if (!sent) return failed(judged(context_, session_subject(session_id), sent.error()));
  spoken_in_ = session_id;
  entry.done = true;
  entry.result = *sent;
  context_.store.commit({.at = context_.runtime.now(), .ledger = {entry}});
  context_.events.tell(happening::reply_sent, {{"case", links_.front().case_id}, {"reply", row.id}, {"session", session_id}});
  std::erase(kept_by_the_ai_, session_id);  // it was the AI's until this message
  tell_where_the_ai_may_speak(context_, links_.front().case_id, kept_by_the_ai_, row.created_by_id);
  return std::nullopt;
}

/// An empty mail: OpenCX takes no empty message, and the replies behind it wait.
void ReplyDelivery::end_unsent(const std::string& key, const replies::Row& row) {
  const auto now = context_.runtime.now();
  const auto& case_id = links_.front().case_id;
  context_.events.tell(happening::reply_empty, {{"case", case_id}, {"reply", row.id}, {"session", links_.back().session_id}});
  context_.store.commit(
      {.at = now, .ledger = {{.key = key, .about = case_id, .done = true, .begun_at = now, .detail = "says nothing"}}});
}

Stopped ReplyDelivery::fill(const replies::Row& row, Parcel& parcel) {
  parcel.text = replies::reply_text(row.text, row.html);
  const auto pictures = replies::pictures_in(row.html);
  replies::Lacking lacking{.pictures = pictures.out_of_reach};
  std::vector<replies::FileOnCase> files;
  if (!row.file_version.empty()) {
    auto shown = read_shown_file(context_.salesforce, row.file_version, job_.traceparent);
    if (!shown) return failed(shown.error());
    files = std::move(*shown);
  }
  if (row.has_attachment || pictures.names_files()) {
    const auto age = org_now(context_) - row.created_at;
    if (age < kFilesGather) return again(kFilesGather - age);
    auto linked = read_files(context_.salesforce, row.id, job_.traceparent);
    if (!linked) return failed(linked.error());
    const bool has_files = !linked->empty();
    std::move(linked->begin(), linked->end(), std::back_inserter(files));
    if (auto stopped = read_shown(pictures, files)) return stopped;
    const auto unseen = static_cast<std::size_t>(std::count_if(pictures.shown.begin(), pictures.shown.end(), [&](const auto& id) {
      return std::none_of(files.begin(), files.end(), [&](const auto& file) { return replies::is_shown(file, {id}); });
    }));
    const bool lacks_files = !has_files && (row.has_attachment || pictures.is_by_content_id);
    if ((lacks_files || unseen > 0) && age < kFileSettles) return again(kFileLook);
    lacking.pictures += unseen;
    lacking.a_file_may_follow = lacks_files;
    parcel.announces_files = lacks_files;
  }
  files.insert(files.end(), pictures.pasted.begin(), pictures.pasted.end());
  return pack(files, std::move(lacking), parcel);
}

/// A picture that the composer put on the Case, and not on the mail. What is linked to neither is never fetched, whatever a text names: a
/// reply that quotes a stranger's HTML would hand out the org's files.
Stopped ReplyDelivery::read_shown(const replies::Pictures& pictures, std::vector<replies::FileOnCase>& files) const {
  const bool are_all_linked = std::all_of(pictures.shown.begin(), pictures.shown.end(), [&](const auto& id) {
    return std::any_of(files.begin(), files.end(), [&](const auto& file) { return replies::is_shown(file, {id}); });
  });
  if (are_all_linked) return std::nullopt;
  auto on_case = read_files(context_.salesforce, links_.front().case_id, job_.traceparent);
  if (!on_case) return failed(on_case.error());
  const auto is_there = [&](const replies::FileOnCase& file) {
    return std::any_of(files.begin(), files.end(), [&](const auto& other) { return other.version_id == file.version_id; });
  };
  for (auto& file : *on_case) {
    if (replies::is_shown(file, pictures.shown) && !is_there(file)) files.push_back(std::move(file));
  }
  return std::nullopt;
}

Stopped ReplyDelivery::pack(const std::vector<replies::FileOnCase>& files, replies::Lacking lacking, Parcel& parcel) {
  auto packed = replies::pack(files, context_.config.reply_attachment_bytes_max);
  for (auto& file : packed.sent) {
    if (file.content.empty()) {
      const auto path = "/sobjects/ContentVersion/" + file.version_id + "/VersionData";
      auto bytes = context_.salesforce.download(path, file.bytes, job_.traceparent);
      if (!bytes) return failed(bytes.error());
      file.content = std::move(*bytes);
    }
    parcel.files.push_back({file.name, std::string(replies::media_type_of(file.name)), std::move(file.content)});
  }
  lacking.too_large = std::move(packed.left_out);
  parcel.text = replies::with_notes(std::move(parcel.text), lacking);
  return std::nullopt;
}

/// Of several sessions on one Case: the one that the contact wrote to last. After Cases of two customers were merged, of the one whom the
/// rep wrote to.
Outcome<std::string> ReplyDelivery::receiving_session(const replies::Row& row) {
  std::set<std::string> sessions, of_the_addressee;
  for (const auto& link : links_) {
    sessions.insert(link.session_id);
    if (replies::is_addressed_to(row.to, address_of(link.conversation))) of_the_addressee.insert(link.session_id);
  }
  if (!of_the_addressee.empty()) sessions = std::move(of_the_addressee);
  if (sessions.size() == 1) return *sessions.begin();
  std::string& receiver = receivers_[sessions];
  if (!receiver.empty()) return receiver;
  WallTime newest{};
  const auto newest_link =
      std::find_if(links_.rbegin(), links_.rend(), [&](const Link& link) { return sessions.contains(link.session_id); });
  std::string last = newest_link->session_id;
  kept_by_the_ai_.clear();
  for (const auto& session : sessions) {
    const auto history = context_.opencx.history(session, job_.traceparent);
    if (!history) {
      auto failure = judged(context_, session_subject(session), history.error());
      if (failure.code == "404" && failure.kind == Failure::Kind::permanent) continue;
      return fail(std::move(failure));
    }
    if (!cases::is_with_people({}, *history)) kept_by_the_ai_.push_back(session);
    for (const auto& item : *history) {
      if (!item.is_from_contact() || item.at < newest) continue;
      newest = item.at;
      last = session;
    }
  }
  receiver = last;
  return last;
}

}  // namespace casewire::bridge
