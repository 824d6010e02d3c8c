#include "bridge/opencx/client.hpp"

#include <algorithm>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "bridge/delivery/time_for.hpp"
#include "bridge/opencx/wire.hpp"

namespace casewire::bridge::opencx {
namespace {

constexpr int kHistoryPagesMax = 200;
constexpr std::string_view kTooManyPages = "over 200 pages";

Failure refusal(const http::Response& response) {
  Failure failure{.kind = Failure::Kind::permanent,
                  .system = "opencx",
                  .code = std::to_string(response.status),
                  .message = {},
                  .retry_after = retry_after_of(response)};
  const auto body = parse_json(response.body);
  const bool is_the_apis_own = body && body->is_object();
  if (is_the_apis_own) failure.message = string_member(*body, "message");
  // 401: the key is wrong or was withdrawn. 429 counts per organisation (assumed): waiting alone would not help the others.
  if (response.status == 401 || response.status == 429) failure.kind = Failure::Kind::org_wide;
  // A redirect and a gateway's page say nothing about the call, and one "not there" is not believed (reconcile/absence.hpp).
  const bool is_about_size = response.status == 413 || response.status == 414 || response.status == 431;
  const bool is_a_gateways = !is_the_apis_own && !is_about_size && failure.kind == Failure::Kind::permanent;
  if (response.status < 400 || response.status == 404 || is_a_gateways) failure.kind = Failure::Kind::transient;
  if (response.status == 408 || response.status == 409 || response.status >= 500) failure.kind = Failure::Kind::transient;
  failure.may_have_acted = response.status >= 500;
  failure.status = response.status;
  return failure;
}

Failure unreadable(const http::Response& response, std::string what) {
  return {.kind = Failure::Kind::transient,
          .system = "opencx",
          .code = std::to_string(response.status),
          .message = std::move(what),
          .may_have_acted = true};
}

/// Taken for empty, it would be believed: a handoff that is none, a history without a word.
Failure not_understood(std::string what) {
  return {.kind = Failure::Kind::transient, .system = "opencx", .code = {}, .message = std::move(what)};
}

Failure not_fetched(std::string why) {
  return {.kind = Failure::Kind::permanent, .system = "opencx", .code = {}, .message = std::move(why)};
}

Outcome<Json> object_of(const Outcome<http::Response>& response) {
  if (!response) return fail(response.error());
  auto body = parse_json(response->body);
  if (!body || !body->is_object()) return fail(unreadable(*response, "the answer is no JSON object"));
  return std::move(*body);
}

/// The bridges together have made as many calls as OpenCX allows. It is no job's fault, and no refusal.
Failure all_spent(milliseconds wait) {
  return {.kind = Failure::Kind::org_wide,
          .system = "opencx",
          .code = std::string(Vendor::kPaused),
          .message = "the calls of this minute are made",
          .retry_after = wait};
}

}  // namespace

bool asked_for_too_much(const Failure& failure) { return failure.code == kTooManyPages || failure.code == "429"; }

Client::Client(Transports transports, Vendor& vendor, CallShare& share, const Config& config)
    : transports_(transports),
      vendor_(vendor),
      share_(share),
      url_(config.opencx.url),
      api_key_(config.opencx.api_key),
      call_timeout_(config.call_timeout) {}

bool Client::take_up_key(std::string api_key) {
  const std::lock_guard lock(mutex_);
  return std::exchange(api_key_, api_key) != api_key;
}

std::string Client::api_key() const {
  const std::lock_guard lock(mutex_);
  return api_key_;
}

std::string Client::session_url(std::string_view id) const { return url_ + "/chat/sessions/" + percent_encoded(id); }

Outcome<http::Response> Client::call(std::string method, std::string url, std::string body, std::string_view trace,
                                     std::size_t bytes_expected, const http::Permit* permit) const {
  http::Request request{.method = std::move(method), .target = std::move(url), .body = std::move(body)};
  request.headers.add("Accept", "application/json");
  if (!request.body.empty()) request.headers.add("Content-Type", "application/json");
  const bool is_to_opencx = request.origin() == http::Request{.target = url_}.origin();
  if (is_to_opencx) {
    if (auto pause = vendor_.pause()) return fail(std::move(*pause));
    if (const auto wait = share_.wait_of_call()) return fail(all_spent(*wait));
    request.headers.add("Authorization", "Bearer " + api_key());
    if (!trace.empty()) request.headers.add("traceparent", std::string(trace));
  }
  if (!is_to_opencx && !request.target.starts_with("https://")) return fail(not_fetched("a foreign address that is not https"));
  auto& transport = is_to_opencx ? transports_.to_opencx : transports_.to_strangers;
  const auto began = vendor_.steady_now();
  auto response = transport.send(request, time_for(call_timeout_, request.body.size() + bytes_expected, permit));
  // Without the query, which may name a customer, and without the name of her file.
  const auto path = bytes_expected > 0 ? std::string("(a file)") : std::string(request.path());
  if (is_to_opencx) vendor_.note_exchange(request.method, path, response, began);
  if (response && response->status < 300) {
    if (is_to_opencx) vendor_.answered();
    return std::move(*response);
  }
  if (was_not_permitted(response, permit)) return fail(not_permitted("opencx"));
  auto failure = response ? refusal(*response) : failure_of("opencx", response.error());
  if (!response && !is_to_opencx && response.error().what.ends_with("no public address"))
    failure = not_fetched("no public address");
  if (is_to_opencx) vendor_.failed(failure);
  return fail(std::move(failure));
}

Outcome<Session> Client::session(std::string_view id, std::string_view trace) const {
  const auto body = object_of(call("GET", session_url(id), {}, trace));
  if (!body) return fail(body.error());
  auto session = session_from(*body);
  if (session.id.empty()) return fail(not_understood("an answer that is no session"));
  return session;
}

Outcome<void> Client::read_list(const std::string& url, std::string_view trace,
                                const std::function<void(const Json&)>& take) const {
  std::string cursor;
  for (int page = 0; page < kHistoryPagesMax; ++page) {
    const auto* separator = url.find('?') == std::string::npos ? "?" : "&";
    const auto more = cursor.empty() ? std::string{} : separator + ("cursor=" + percent_encoded(cursor));
    const auto body = object_of(call("GET", url + more, {}, trace));
    if (!body) return fail(body.error());
    const auto& items = member(*body, "items");
    if (!items.is_array()) return fail(not_understood("a list without items"));
    for (const auto& item : items) take(item);
    cursor = string_member(*body, "next");
    if (cursor.empty()) return {};
  }
  // Half a list would look like a whole one, and what it lacks would never be missed.
  return fail(Failure{.kind = Failure::Kind::permanent,
                      .system = "opencx",
                      .code = std::string(kTooManyPages),
                      .message = "the list was not read to its end"});
}

Outcome<std::vector<HistoryItem>> Client::history(std::string_view id, std::string_view trace) const {
  std::vector<HistoryItem> items;
  const auto read =
      read_list(session_url(id) + "/history", trace, [&](const Json& json) { items.push_back(history_item_from(json)); });
  if (!read) return fail(read.error());
  // An item without an id (older editions of the API) could never be recognised again.
  const auto has_no_id = [](const HistoryItem& item) { return item.id.empty(); };
  if (std::any_of(items.begin(), items.end(), has_no_id)) {
    return fail(Failure{.kind = Failure::Kind::permanent, .system = "opencx", .message = "history items have no id"});
  }
  std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return items;
}

Outcome<std::vector<Session>> Client::email_sessions_changed(WallTime after, std::optional<WallTime> before) const {
  auto url = url_ + "/chat/sessions?channel_type=email&updated_after=" + percent_encoded(iso8601(after));
  if (before) url += "&updated_before=" + percent_encoded(iso8601(*before));
  std::vector<Session> sessions;
  const auto read = read_list(url, {}, [&](const Json& json) { sessions.push_back(session_from(json)); });
  if (!read) return fail(read.error());
  return sessions;
}

Outcome<std::vector<HandoffEvent>> Client::handoffs(WallTime from, WallTime until, std::string_view trace) const {
  const auto url = url_ + "/handoff-analytics/events?start_date=" + percent_encoded(iso8601(from)) +
                   "&end_date=" + percent_encoded(iso8601(until));
  std::vector<HandoffEvent> events;
  const auto read = read_list(url, trace, [&](const Json& json) { events.push_back(handoff_event_from(json)); });
  if (!read) return fail(read.error());
  return events;
}

Outcome<std::string> Client::send(std::string_view id, const AgentMessage& message, std::string_view trace,
                                  const http::Permit* permit) const {
  const auto response = call("POST", session_url(id) + "/send", dump_json(request_of(message)), trace, 0, permit);
  const auto body = object_of(response);
  if (!body) return fail(body.error());
  auto message_id = string_member(member(member(*body, "data"), "message"), "id");
  if (message_id.empty()) return fail(unreadable(*response, "the answer names no message"));
  return message_id;
}

/// How an update is answered is not documented. A gateway's page is no answer of OpenCX's, so nobody knows whether it was done.
Outcome<void> Client::update(std::string_view id, const Json& members, std::string_view trace) const {
  const auto response = call("PATCH", session_url(id), dump_json(members), trace);
  if (!response) return fail(response.error());
  if (trimmed(response->body).empty() || parse_json(response->body)) return {};
  return fail(unreadable(*response, "the answer to an update is no JSON"));
}

Outcome<void> Client::write_case_id(std::string_view id, std::string_view case_id, std::string_view trace) const {
  return update(id, {{"custom_data", {{"salesforce_case_id", case_id}}}}, trace);
}

Outcome<void> Client::close(std::string_view id, std::string_view trace) const {
  return update(id, {{"status", "closed_resolved"}}, trace);
}

Outcome<std::string> Client::download(std::string_view url, std::size_t bytes, std::string_view trace) const {
  auto response = call("GET", std::string(url), {}, trace, bytes);
  if (!response) return fail(response.error());
  return std::move(response->body);
}

}  // namespace casewire::bridge::opencx
