#include "bridge/replay/remembered_vendors.hpp"

#include <algorithm>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/salesforce/client.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kOpenCxUrl = "https://opencx.invalid";
constexpr std::string_view kSalesforceUrl = "https://salesforce.invalid";
/// Of a store that has not met its org yet.
constexpr std::string_view kSomeOrg = "00D000000000000AAA";
constexpr std::string_view kOwnUser = "005000000000000AAA";
constexpr std::string_view kRep = "005000000000001AAA";
constexpr std::string_view kQueue = "00G000000000000AAA";

/// How the ids of rows begin that may be replies. Source: Object Reference, key prefixes of EmailMessage, CaseComment, FeedItem.
constexpr std::string_view kMail = "02s", kComment = "00a", kPost = "0D5";

constexpr std::size_t kFilesAMessage = 50;

http::Response remembered_answer(int status, const Json& body) {
  http::Response response{.status = status, .body = dump_json(body)};
  response.headers.add("Content-Type", "application/json");
  return response;
}

bool is_row_id(std::string_view id) {
  return (id.size() == 15 || id.size() == 18) && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

/// What stands in quotes, as it was before it was escaped.
std::vector<std::string> literals_in(std::string_view soql) {
  std::vector<std::string> found;
  bool is_inside = false;
  for (std::size_t i = 0; i < soql.size(); ++i) {
    if (soql[i] == '\'') {
      if (!is_inside) found.emplace_back();
      is_inside = !is_inside;
    } else if (is_inside) {
      if (soql[i] == '\\' && i + 1 < soql.size()) ++i;
      found.back() += soql[i];
    }
  }
  return found;
}

/// The word behind FROM, and what stands behind WHERE.
struct AskedRows {
  std::string_view object, condition;
};
AskedRows asked_rows_in(std::string_view soql) {
  constexpr std::string_view kFrom = " FROM ", kWhere = " WHERE ";
  const auto from = soql.find(kFrom);
  if (from == std::string_view::npos) return {};
  const auto rest = soql.substr(from + kFrom.size());
  const auto where = rest.find(kWhere);
  return {rest.substr(0, rest.find(' ')),
          where == std::string_view::npos ? std::string_view{} : rest.substr(where + kWhere.size())};
}

Json page_of(Json records) {
  const auto size = records.size();
  return {{"totalSize", size}, {"done", true}, {"records", std::move(records)}};
}

void append(Json& list, Json more) {
  for (auto& item : more) list.push_back(std::move(item));
}

/// "3 CaseComment, PATCH /sobjects/Case/500..."
std::string words_for(const Json& composite) {
  std::map<std::string, int> counts;
  for (const auto& part : member(composite, "compositeRequest")) {
    const auto method = string_member(part, "method");
    if (method == "GET") continue;
    auto path = string_member(part, "url");
    if (path.starts_with(salesforce::kApi)) path.erase(0, salesforce::kApi.size());
    const auto& records = member(member(part, "body"), "records");
    if (!records.is_array()) ++counts[method + " " + path];
    if (!records.is_array()) continue;
    for (const auto& record : records) ++counts[method + " " + string_member(member(record, "attributes"), "type", "row")];
  }
  std::string words;
  for (const auto& [what, count] : counts) {
    words += (words.empty() ? "" : ", ") + what + (count > 1 ? " (" + std::to_string(count) + ")" : "");
  }
  return words;
}

/// On which of its Cases a session's reply was, as far as the time tells.
const Link* home_of(const std::vector<Link>& links, WallTime when) {
  const Link* home = links.empty() ? nullptr : &links.front();
  for (const auto& link : links) {
    if (link.replies_since <= when) home = &link;
  }
  return home;
}

}  // namespace

RememberedVendors::RememberedVendors(Store& store, const std::vector<Link>& links) : store_(store) {
  for (const auto& link : links) {
    if (const auto address = address_of(link.conversation); !address.empty())
      cases_of_[std::string(address)].insert(link.case_id);
  }
}

Config RememberedVendors::config() const {
  Config config;
  config.salesforce.login_url = kSalesforceUrl;
  config.salesforce.client_id = "replay";
  config.salesforce.refresh_token = "replay";
  config.opencx.url = kOpenCxUrl;
  config.opencx.api_key = "replay";
  config.opencx.calls_a_minute = 0;
  // Rows that were none of the bridge's are not remembered as replies, so these say what was sent and nothing else.
  config.salesforce.public_comments_are_replies = true;
  config.salesforce.public_posts_are_replies = true;
  return config;
}

std::vector<std::string> RememberedVendors::take_writes() { return std::exchange(writes_, {}); }

Result<http::Response, http::TransportError> RememberedVendors::send(const http::Request& request, http::Deadline) {
  return request.origin() == kOpenCxUrl ? opencx(request) : salesforce(request);
}

Result<http::Response, http::TransportError> RememberedVendors::refuse(std::string what) {
  writes_.push_back(std::move(what));
  return fail(http::TransportError{.kind = http::TransportError::Kind::not_sent, .what = "a replay writes nothing"});
}

Result<http::Response, http::TransportError> RememberedVendors::opencx(const http::Request& request) {
  const auto path = request.path();
  if (request.method != "GET") return refuse("opencx: " + request.method + " " + std::string(path));
  constexpr std::string_view kSessions = "/chat/sessions/", kHistory = "/history";
  const bool asks_for_history = path.ends_with(kHistory);
  const auto end = asks_for_history ? path.size() - kHistory.size() : path.size();
  const auto id =
      path.starts_with(kSessions) ? percent_decoded(path.substr(kSessions.size(), end - kSessions.size())) : std::nullopt;
  const auto body = !id ? Json() : asks_for_history ? Json::object({{"items", history(*id)}}) : session(*id);
  if (body.is_null()) return remembered_answer(404, {{"message", "nothing of it is remembered"}});
  return remembered_answer(200, body);
}

Json RememberedVendors::session(const std::string& id) {
  const auto links = store_.links_of_session(id);
  const auto entries = store_.ledger_about(id);
  if (links.empty() && entries.empty()) return nullptr;
  const auto job = store_.job(session_subject(id));
  const auto conversation = !links.empty() ? links.back().conversation : job ? job->conversation : std::string();
  WallTime newest{};
  for (const auto& entry : entries) newest = std::max(newest, entry.begun_at);
  Json session = {{"id", id},
                  {"channel", {{"type", "email"}}},
                  {"status", "open"},
                  {"contact", {{"email", address_of(conversation)}}},
                  {"handoff", {{"summary", ""}}},
                  {"updated_at", iso8601(newest)}};
  if (!links.empty()) session["custom_data"] = {{"salesforce_case_id", links.back().case_id}};
  return session;
}

Json RememberedVendors::history(const std::string& session_id) {
  constexpr std::string_view kCommentKey = "comment:", kReplyKey = "reply:", kFileKey = "file:";
  Json items = Json::array();
  Json files = Json::array();
  const auto add = [&](std::string_view id, const char* sender, WallTime at) {
    items.push_back({{"id", id},
                     {"created_at", iso8601(at)},
                     {"event", {{"type", "message"}, {"sender", {{"type", sender}}}, {"content", {{"text", ""}}}}}});
  };
  for (const auto& entry : store_.ledger_about(session_id)) {
    if (!entry.done) continue;
    const std::string_view key = entry.key;
    if (key.starts_with(kCommentKey)) add(key.substr(kCommentKey.size()), "contact", entry.begun_at);
    if (key.starts_with(kReplyKey) && !entry.result.empty()) add(entry.result, "human_agent", entry.begun_at);
    if (key.starts_with(kFileKey)) files.push_back({{"id", key.substr(kFileKey.size())}, {"name", "file"}, {"size", 1}});
  }
  // Which message brought which file is not remembered, and nobody asks.
  std::size_t next = 0;
  for (auto& item : items) {
    if (string_member(member(member(item, "event"), "sender"), "type") != "contact") continue;
    auto& attachments = item["event"]["attachments"] = Json::array();
    for (; next < files.size() && attachments.size() < kFilesAMessage; ++next) attachments.push_back(std::move(files[next]));
  }
  return items;
}

Result<http::Response, http::TransportError> RememberedVendors::salesforce(const http::Request& request) {
  const auto path = request.path();
  if (path == "/services/oauth2/token") {
    const auto org = store_.mark("salesforce org").value_or(std::string(kSomeOrg));
    return remembered_answer(200, {{"access_token", "replay"},
                                   {"instance_url", kSalesforceUrl},
                                   {"id", std::string(kSalesforceUrl) + "/id/" + org + "/" + std::string(kOwnUser)}});
  }
  const auto soql_of = [](std::string_view query) {
    return query.starts_with("q=") ? percent_decoded(query.substr(2)).value_or("") : std::string();
  };
  if (request.method == "GET") {
    const auto soql = soql_of(request.query());
    if (soql.empty())
      return remembered_answer(404, Json::array({{{"errorCode", "NOT_FOUND"}, {"message", "nothing of it is remembered"}}}));
    return remembered_answer(200, page_of(rows(soql)));
  }
  const auto composite = parse_json(request.body);
  const auto& parts = composite ? member(*composite, "compositeRequest") : member(Json{}, "");
  if (!parts.is_array()) return refuse("salesforce: " + request.method + " " + std::string(path));
  if (const auto words = words_for(*composite); !words.empty()) return refuse("salesforce: " + words);
  Json answers = Json::array();
  for (const auto& part : parts) {
    const auto url = string_member(part, "url");
    const auto soql = soql_of(std::string_view(url).substr(std::min(url.find('?') + 1, url.size())));
    answers.push_back(
        {{"body", page_of(rows(soql))}, {"httpStatusCode", 200}, {"referenceId", string_member(part, "referenceId")}});
  }
  return remembered_answer(200, {{"compositeResponse", std::move(answers)}});
}

std::set<std::string> RememberedVendors::cases_named(std::string_view soql) {
  std::set<std::string> cases;
  for (const auto& literal : literals_in(soql)) {
    if (is_row_id(literal) && !store_.links_of_case(literal).empty()) cases.insert(literal);
    if (const auto number = literal.rfind('#'); number != std::string::npos) {
      for (const auto& link : store_.links_of_session(literal.substr(0, number))) cases.insert(link.case_id);
    }
    if (const auto found = cases_of_.find(lowercase(literal)); found != cases_of_.end())
      cases.insert(found->second.begin(), found->second.end());
  }
  return cases;
}

Json RememberedVendors::rows(std::string_view soql) {
  Json found = Json::array();
  const auto [object, condition] = asked_rows_in(soql);
  // Who was merged into whom is known from the links alone: they have moved.
  if (condition.find("MasterRecordId") != std::string_view::npos) return found;
  const bool is_of_published = condition.find("IsPublished = true") != std::string_view::npos;
  for (const auto& id : cases_named(condition)) {
    if (object == "Case") found.push_back(case_row(id));
    if (object == "CaseComment") append(found, is_of_published ? reply_rows(id, kComment) : marked_comments(id));
    if (object == "EmailMessage") append(found, reply_rows(id, kMail));
    if (object == "FeedItem") append(found, reply_rows(id, kPost));
  }
  return found;
}

Json RememberedVendors::case_row(const std::string& case_id) {
  const auto links = store_.links_of_case(case_id);
  std::string closed_at;
  for (const auto& entry : store_.ledger_about(case_id)) {
    for (const auto& link : links) {
      const auto closing = "close:" + case_id + ":" + link.session_id + ":";
      if (entry.key.starts_with(closing)) closed_at = std::max(closed_at, entry.key.substr(closing.size()));
    }
  }
  return {{"Id", case_id},
          {"IsClosed", !closed_at.empty()},
          {"ClosedDate", closed_at.empty() ? Json() : Json(closed_at)},
          {"Case_From__c", "opencx"},
          {"OpenCX_Handoff__c", links.front().session_id + "#" + std::to_string(links.front().number)},
          {"OwnerId", store_.mark("owner:" + case_id).value_or(std::string(kQueue))},
          {"CreatedDate", iso8601(links.front().replies_since)},
          {"SystemModstamp", iso8601(links.front().replies_since)},
          {"IsDeleted", false},
          {"MasterRecordId", nullptr}};
}

Json RememberedVendors::marked_comments(const std::string& case_id) {
  constexpr std::string_view kCommentKey = "comment:";
  Json comments = Json::array();
  std::set<std::string> sessions;
  for (const auto& link : store_.links_of_case(case_id)) sessions.insert(link.session_id);
  for (const auto& session : sessions) {
    for (const auto& entry : store_.ledger_about(session)) {
      if (!entry.done || !entry.key.starts_with(kCommentKey)) continue;
      comments.push_back({{"ParentId", case_id},
                          {"CommentBody", "[opencx " + entry.key.substr(kCommentKey.size()) + " 1/1]"},
                          {"CreatedById", kOwnUser},
                          {"CreatedDate", iso8601(entry.begun_at)}});
    }
  }
  return comments;
}

Json RememberedVendors::reply_rows(const std::string& case_id, std::string_view prefix) {
  constexpr std::string_view kReplyKey = "reply:";
  Json replies = Json::array();
  const auto add = [&](const LedgerEntry& entry, WallTime since, std::string_view address) {
    const std::string_view key = entry.key;
    if (!key.starts_with(kReplyKey)) return;
    const auto id = key.substr(kReplyKey.size());
    if (!is_row_id(id) || !id.starts_with(prefix)) return;
    // Written before it was begun, and not touched since it was sent.
    const auto written_at = iso8601(std::max(since, entry.begun_at - milliseconds{1'000}));
    replies.push_back({{"Id", id},
                       {"ParentId", case_id},
                       {"IsDeleted", false},
                       {"CreatedById", kRep},
                       {"CreatedBy", {{"Name", "a rep"}}},
                       {"CreatedDate", written_at},
                       {"SystemModstamp", written_at},
                       {"Incoming", false},
                       {"Status", "3"},
                       {"MessageIdentifier", nullptr},
                       {"HasAttachment", false},
                       {"ToAddress", address},
                       {"TextBody", "(not remembered)"},
                       {"CommentBody", "(not remembered)"},
                       {"Body", "(not remembered)"},
                       {"IsPublished", true},
                       {"Visibility", "AllUsers"}});
  };
  const auto on_case = store_.links_of_case(case_id);
  for (const auto& entry : store_.ledger_about(case_id))
    add(entry, on_case.front().replies_since, address_of(on_case.front().conversation));
  std::set<std::string> sessions;
  for (const auto& link : on_case) {
    if (!sessions.insert(link.session_id).second) continue;
    const auto links = store_.links_of_session(link.session_id);
    for (const auto& entry : store_.ledger_about(link.session_id)) {
      const auto* home = home_of(links, entry.begun_at);
      if (home != nullptr && home->case_id == case_id) add(entry, on_case.front().replies_since, address_of(link.conversation));
    }
  }
  return replies;
}

}  // namespace casewire::bridge
