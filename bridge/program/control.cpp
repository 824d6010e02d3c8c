#include "bridge/program/control.hpp"

#include <algorithm>
#include <charconv>

#include "bridge/json_reply.hpp"

namespace casewire::bridge {
namespace {

http::Reply complaint(int status, std::string_view why) { return json_reply(status, {{"error", why}}); }

}  // namespace

std::optional<std::uint16_t> control_port(std::string_view url) {
  for (const std::string_view prefix : {"http://127.0.0.1:", "http://localhost:"}) {
    if (!url.starts_with(prefix)) continue;
    auto digits = url.substr(prefix.size());
    if (digits.ends_with('/')) digits.remove_suffix(1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return port;
  }
  return std::nullopt;
}

Control::Control(ThreadRuntime& driven, std::function<Status()> bridge, std::function<void()> begin,
                 std::function<http::OpenCalls()> calls)
    : driven_(driven), bridge_(std::move(bridge)), begin_(std::move(begin)), calls_(std::move(calls)) {}

Control::~Control() { stop(); }

Result<void> Control::listen(const std::string& url) {
  const auto port = control_port(url);
  if (!port) {
    return fail(Diagnostic{.where = {"--control", {}}, .problem = "expected http://127.0.0.1:PORT, found \"" + url + "\""});
  }
  auto server = http::SocketServer::start(own_runtime_, [this](const http::Request& request) { return handle(request); },
                                          {.host = "127.0.0.1", .port = *port});
  if (!server) return fail(server.error());
  server_ = std::move(*server);
  return {};
}

void Control::stop() {
  if (server_) server_->stop();
}

http::Reply Control::handle(const http::Request& request) {
  if (request.path() == "/status") return request.method == "GET" ? status() : complaint(405, "only GET");
  if (request.path() == "/clock") return request.method == "PUT" ? put_clock(request.body) : complaint(405, "only PUT");
  return complaint(404, "not found");
}

http::Reply Control::put_clock(const std::string& body) {
  const auto json = parse_json(body);
  const auto now = json ? parse_iso8601(string_member(*json, "now")) : std::nullopt;
  if (!now) return complaint(400, "expected {\"now\": \"2026-01-05T09:00:00.000Z\"}");
  const std::lock_guard lock(mutex_);
  if (driven_.driven()) {
    driven_.advance_to(*now);
  } else {
    driven_.drive(*now);
    begin_();
  }
  return status();
}

http::Reply Control::status() const {
  // Calls first: one that ends between the two readings is then no task that is busy and waits for nobody.
  const auto calls = calls_();
  // Activity before jobs: what a job does between the two readings shows in `changes` of the next.
  const auto activity = driven_.activity();
  auto next_timer = activity.next_timer;
  if (calls.next_deadline) next_timer = std::min(next_timer.value_or(*calls.next_deadline), *calls.next_deadline);
  const auto bridge = bridge_();
  Json tasks = Json::array();
  for (const auto& name : driven_.busy_tasks()) tasks.push_back(name);
  return json_reply(200, {{"ready", bridge.ready},
                          {"busy", activity.busy},
                          {"changes", activity.changes},
                          {"calls", calls.count},
                          {"next_timer", next_timer ? Json(iso8601(driven_.wall_time_of(*next_timer))) : Json(nullptr)},
                          {"now", iso8601(driven_.now())},
                          {"jobs", {{"due", bridge.jobs_due}, {"waiting", bridge.jobs_waiting}, {"parked", bridge.jobs_parked}}},
                          {"busy_tasks", std::move(tasks)}});
}

}  // namespace casewire::bridge
