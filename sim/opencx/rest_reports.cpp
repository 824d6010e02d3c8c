#include "sim/opencx/rest_reports.hpp"

#include <algorithm>
#include <cmath>

#include "sim/opencx/pages.hpp"
#include "sim/opencx/schema.hpp"
#include "sim/opencx/views.hpp"

namespace casewire::sim::opencx {
namespace {

/// True when the filter is not there, or is or holds the value.
bool is_among(const Json& filters, const char* name, const std::string& value) {
  const auto& wanted = member(filters, name);
  if (wanted.is_string()) return wanted.get_ref<const std::string&>() == value;
  if (!wanted.is_array()) return true;
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const Json& each) { return each.is_string() && each.get_ref<const std::string&>() == value; });
}

constexpr std::string_view kFilters[] = {"status",         "channels",      "sentiment",      "assignee_ids",
                                         "contact_ids",    "language",      "handed_off",     "created_after",
                                         "created_before", "updated_after", "updated_before", "custom_data"};

// A filter that is passed over finds what nobody asked for.
std::optional<std::string> unmodelled_filter(const Json& filters) {
  for (const auto& [name, value] : filters.items())
    if (std::find(std::begin(kFilters), std::end(kFilters), name) == std::end(kFilters)) return name;
  return std::nullopt;
}

bool is_reported_on(const Session& session, const Json& filters) {
  const auto& handed_off = member(filters, "handed_off");
  if (handed_off.is_boolean() && handed_off.get<bool>() != session.handoff.has_value()) return false;
  const auto& custom_data = member(filters, "custom_data");
  if (custom_data.is_object()) {
    for (const auto& [name, value] : custom_data.items()) {
      if (member(session.custom_data, name) != value) return false;
    }
  }
  const std::string sentiment = session.handoff ? "neutral" : "";
  return is_among(filters, "status", session.status) && is_among(filters, "channels", session.channel) &&
         is_among(filters, "contact_ids", session.contact) && is_among(filters, "assignee_ids", session.agent_id) &&
         is_among(filters, "sentiment", sentiment) && is_among(filters, "language", "en") &&
         lies_between(string_member(filters, "created_after"), string_member(filters, "created_before"), session.created_at) &&
         lies_between(string_member(filters, "updated_after"), string_member(filters, "updated_before"), session.updated_at);
}

/// A whole number from 1 to `max`; nullopt for anything else.
std::optional<std::size_t> whole(const Json& number, std::size_t otherwise, std::size_t max) {
  if (!number.is_number()) return otherwise;
  const double value = number.get<double>();
  if (!(value >= 1 && value <= static_cast<double>(max)) || std::floor(value) != value) return std::nullopt;
  return static_cast<std::size_t>(value);
}

}  // namespace

http::Response filter_sessions(Desk& desk, const Call& call) {
  const auto page = whole(member(call.body, "page"), 1, 1'000'000);
  const auto limit = whole(member(call.body, "limit"), 25, 100);
  if (!page) return error_response(400, "page must be a positive integer");
  if (!limit) return error_response(400, "limit must be an integer from 1 to 100");
  const auto& filters = member(call.body, "filters");
  if (const auto name = unmodelled_filter(filters)) return error_response(501, "Casewire does not model the filter " + *name);
  const bool by_creation = string_member(call.body, "sort_by") == "created_at";
  const bool ascending = string_member(call.body, "sort_order") == "asc";

  std::vector<const Session*> found;
  for (const auto& id : desk.in_order()) {
    const Session* session = desk.as_of(*desk.session(id), desk.behaviour().index_lag);
    if (session != nullptr && is_reported_on(*session, filters)) found.push_back(session);
  }
  const auto key = [&](const Session* session) { return by_creation ? session->created_at : session->last_message_at; };
  std::stable_sort(found.begin(), found.end(),
                   [&](const Session* a, const Session* b) { return ascending ? key(a) < key(b) : key(b) < key(a); });

  const auto begin = std::min((*page - 1) * *limit, found.size());
  const auto end = std::min(begin + *limit, found.size());
  Json data = Json::array();
  for (auto at = begin; at < end; ++at) {
    data.push_back(session_json(*found[at], desk.contact(found[at]->contact), desk.behaviour()));
  }
  return json_response(200, {{"data", std::move(data)},
                             {"page", *page},
                             {"limit", *limit},
                             {"has_next", end < found.size()},
                             {"has_previous", *page > 1}});
}

http::Response list_handoff_events(Desk& desk, const Call& call) {
  constexpr std::chrono::hours kDefaultSpan{24 * 30};
  constexpr const char* kReason = "user_requested_human_assistance";  // why the AI handed off is not modelled
  const auto start = day_or_instant(parameter(call.query, "start_date")).value_or(desk.now() - kDefaultSpan);
  const auto end = day_or_instant(parameter(call.query, "end_date")).value_or(desk.now());
  const std::string reason = parameter(call.query, "reason");

  std::vector<std::pair<const Session*, const HistoryItem*>> events;
  for (const auto& id : desk.in_order()) {
    const Session& session = *desk.session(id);
    for (const auto& item : session.history) {
      const bool is_handoff = item.type == "handoff" && item.at >= start && item.at <= end;
      if (is_handoff && (reason.empty() || reason == kReason)) events.emplace_back(&session, &item);
    }
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.second->at < b.second->at; });
  auto listed = page(call.query, events.size(), desk.behaviour().page_items, [&](std::size_t at) -> std::optional<Json> {
    const auto& [session, item] = events[at];
    return Json{{"session_id", session->id},
                {"summary", item->text},
                {"explanation", item->text},
                {"reasons", Json::array({kReason})},
                {"created_at", shown_time(item->at, desk.behaviour().times)}};
  });
  if (!listed) return error_response(400, "Invalid cursor");
  (*listed)["total"] = events.size();
  return json_response(200, *listed);
}

}  // namespace casewire::sim::opencx
