#include "bridge/reconcile/comparison.hpp"

#include <algorithm>

#include "base/text/json.hpp"
#include "bridge/cases/choice.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/ledger_reach.hpp"
#include "bridge/reconcile/reply_reading.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kSessionsAtOnce = 20;
constexpr int kRowsAtOnce = 200;
/// How much time one list of sessions is asked for: less where it is full, more where it is empty.
constexpr milliseconds kFirstLook{6 * 3'600'000};
constexpr milliseconds kShortestLook{60'000};
constexpr milliseconds kLongestLook{7 * 24 * 3'600'000LL};

/// Where a slice begins, as the one before wrote it.
struct Place {
  std::string part = "sessions";  ///< then "mails", "comments" and "posts" where they are replies, "cases"
  WallTime after{};
  std::string id{};  ///< of what was looked at last, among those of that instant
  milliseconds look = kFirstLook;
};

std::string written(const Place& place) {
  return dump_json({{"part", place.part}, {"after", iso8601(place.after)}, {"id", place.id}, {"look", place.look.count()}});
}

std::optional<Place> place_in(const std::string& text) {
  const auto json = parse_json(text);
  if (!json) return std::nullopt;
  const auto after = parse_iso8601(string_member(*json, "after"));
  const auto& look = member(*json, "look");
  if (!after || !look.is_number_integer()) return std::nullopt;
  return Place{.part = string_member(*json, "part"),
               .after = *after,
               .id = string_member(*json, "id"),
               .look = std::clamp(milliseconds{look.get<std::int64_t>()}, kShortestLook, kLongestLook)};
}

class Slicing {
 public:
  Slicing(const Context& context, WallTime since, Place place) : context_(context), since_(since), place_(std::move(place)) {}

  Outcome<ComparedSlice> cut() {
    Outcome<void> done;
    if (place_.part == "sessions") {
      done = sessions();
    } else if (place_.part == "mails") {
      done = replies(replies::Kind::mail);
    } else if (place_.part == "comments") {
      done = replies(replies::Kind::comment);
    } else if (place_.part == "posts") {
      done = replies(replies::Kind::post);
    } else if (place_.part == "cases") {
      done = cases();
    } else {
      return fail(Failure{.kind = Failure::Kind::permanent, .system = "bridge", .message = "no such place"});
    }
    if (!done) return fail(done.error());
    return std::move(slice_);
  }

 private:
  void go_on() { slice_.next = written(place_); }
  void begin_part(std::string part) {
    place_ = {.part = std::move(part), .after = since_};
    go_on();
  }

  Outcome<void> sessions() {
    const auto now = context_.runtime.now();
    const auto until = place_.after + place_.look;
    const bool is_last = until >= now;
    // The list's bounds may count or not: an instant too much costs nothing.
    auto listed =
        context_.opencx.email_sessions_changed(place_.after - milliseconds{1'000}, is_last ? std::nullopt : std::optional(until));
    if (!listed && opencx::asked_for_too_much(listed.error()) && listed.error().code != "429" && place_.look > kShortestLook) {
      place_.look = std::max(place_.look / 4, kShortestLook);
      go_on();
      return {};
    }
    if (!listed) return fail(listed.error());
    struct Changed {
      WallTime at;
      const opencx::Session* session;
    };
    std::vector<Changed> changed;
    for (const auto& session : *listed) {
      const auto at = parse_iso8601(session.updated_at).value_or(until);
      const bool is_new = at > place_.after || (at == place_.after && session.id > place_.id);
      if (is_new && is_of_interest(context_.store, session)) changed.push_back({at, &session});
    }
    std::sort(changed.begin(), changed.end(),
              [](const auto& a, const auto& b) { return std::tie(a.at, a.session->id) < std::tie(b.at, b.session->id); });
    std::size_t compared = 0;
    for (const auto& one : changed) {
      if (compared == kSessionsAtOnce) {
        place_.look = std::max(place_.look / 2, kShortestLook);
        go_on();
        return {};
      }
      if (auto done = compare_session(context_, *one.session, slice_); !done) return done;
      place_.after = one.at;
      place_.id = one.session->id;
      ++compared;
    }
    if (is_last) {
      begin_part("mails");
      return {};
    }
    place_ = {.part = place_.part, .after = until, .look = std::min(place_.look * 2, kLongestLook)};
    go_on();
    return {};
  }

  /// " AND CreatedDate ... ORDER BY ... LIMIT ...": behind the last row of the slice before.
  std::string page() const {
    const auto after = salesforce::soql_datetime(place_.after);
    const auto behind = place_.id.empty() ? "CreatedDate >= " + after
                                          : "(CreatedDate > " + after + " OR (CreatedDate = " + after + " AND Id > " +
                                                salesforce::soql_literal(place_.id) + "))";
    return " AND " + behind + " ORDER BY CreatedDate, Id LIMIT " + std::to_string(kRowsAtOnce);
  }
  /// Whether more may follow.
  bool pass(const Json& rows) {
    if (rows.size() < static_cast<std::size_t>(kRowsAtOnce)) return false;
    place_.after = parse_iso8601(string_member(rows.back(), "CreatedDate")).value_or(place_.after);
    place_.id = string_member(rows.back(), "Id");
    go_on();
    return true;
  }

  static std::string question(replies::Kind kind) {
    const std::string of_ours = "Parent.Case_From__c = 'opencx'";
    switch (kind) {
      case replies::Kind::mail:
        return "SELECT Id, IsDeleted, ParentId, CreatedById, CreatedDate, SystemModstamp, Incoming, Status, MessageIdentifier FROM "
               "EmailMessage WHERE Incoming = false AND " +
               of_ours;
      case replies::Kind::comment:
        return "SELECT Id, IsDeleted, ParentId, CreatedById, CreatedDate, SystemModstamp, IsPublished FROM CaseComment WHERE IsPublished = "
               "true AND " +
               of_ours;
      case replies::Kind::post:
        return "SELECT Id, ParentId, CreatedById, CreatedDate, SystemModstamp, Visibility FROM FeedItem WHERE " +
               std::string(kPublicPosts) + " AND " + std::string(kPostsOnOurCases);
    }
    return {};
  }

  std::string part_behind(replies::Kind kind) const {
    const auto& settings = context_.config.salesforce;
    if (kind == replies::Kind::mail && settings.public_comments_are_replies) return "comments";
    if (kind != replies::Kind::post && settings.public_posts_are_replies) return "posts";
    return "cases";
  }

  /// Rows that were to go to a customer.
  Outcome<void> replies(replies::Kind kind) {
    const auto soql = question(kind);
    const auto answer = context_.salesforce.query_all_of({{"rows", soql + page()}}, {});
    if (!answer) return fail(answer.error());
    const auto own_user = context_.salesforce.own_user_id({});
    if (!own_user) return fail(own_user.error());
    const auto reach = ledger_reach(context_.config, context_.runtime.now());
    const auto& rows = salesforce::member_of(*answer, "rows");
    for (const auto& json : rows) {
      const auto case_id = string_member(json, "ParentId");
      const auto links = context_.store.links_of_case(case_id);
      if (links.empty()) continue;  // said of the Case, if it is ours
      const auto row = reply_row(json, kind);
      const auto policy = reply_policy(context_.config.salesforce, *own_user, links);
      if (row.is_deleted || row.created_at < reach || replies::refusal_of(row, policy)) continue;
      ++slice_.compared.replies;
      const auto entry = context_.store.ledger_entry("reply:" + row.id);
      if (entry && entry->done) continue;
      note_difference(context_, {case_subject(case_id)}, context_.vendors.salesforce.time_here(row.created_at),
                      {.what = "reply",
                       .id = row.id,
                       .session_id = links.back().session_id,
                       .case_id = case_id,
                       .found = entry ? "it was begun, and is not known to have been sent" : "it was not sent"},
                      slice_);
    }
    if (pass(rows)) return {};
    begin_part(part_behind(kind));
    return {};
  }

  Outcome<void> cases() {
    const auto answer = context_.salesforce.query_all_of(
        {{"rows",
          "SELECT Id, OpenCX_Handoff__c, CreatedDate FROM Case WHERE Case_From__c = 'opencx' AND OpenCX_Handoff__c != null" +
              page()}},
        {});
    if (!answer) return fail(answer.error());
    const auto& rows = salesforce::member_of(*answer, "rows");
    for (const auto& row : rows) {
      const auto handoff = cases::handoff_in(string_member(row, "OpenCX_Handoff__c"));
      const auto id = string_member(row, "Id");
      if (!handoff) continue;
      ++slice_.compared.cases;
      if (!context_.store.links_of_case(id).empty()) continue;
      const auto made_at = parse_iso8601(string_member(row, "CreatedDate")).value_or(WallTime{});
      note_difference(context_, {case_subject(id), session_subject(handoff->session_id)},
                      context_.vendors.salesforce.time_here(made_at),
                      {.what = "case",
                       .id = id,
                       .session_id = handoff->session_id,
                       .case_id = id,
                       .found = "no conversation is linked to it"},
                      slice_);
    }
    if (!pass(rows)) slice_.next.clear();
    return {};
  }

  const Context& context_;
  WallTime since_;
  Place place_;
  ComparedSlice slice_{};
};

}  // namespace

Outcome<ComparedSlice> compare_slice(const Context& context, WallTime since, const std::string& at) {
  const auto place = at.empty() ? std::optional(Place{.after = since}) : place_in(at);
  if (!place) return fail(Failure{.kind = Failure::Kind::permanent, .system = "bridge", .message = "no such place"});
  return Slicing(context, since, *place).cut();
}

}  // namespace casewire::bridge
