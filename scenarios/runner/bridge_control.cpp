#include "scenarios/runner/bridge_control.hpp"

#include "base/text/json.hpp"

namespace casewire::scenarios {
namespace {

std::uint64_t number(const Json& object, std::string_view name) {
  const Json& value = member(object, name);
  return value.is_number_integer() && value.get<std::int64_t>() >= 0 ? value.get<std::uint64_t>() : 0;
}

}  // namespace

Result<BridgeStatus, std::string> BridgeControl::status() { return ask({.method = "GET", .target = url_ + "/status"}); }

Result<BridgeStatus, std::string> BridgeControl::set_clock(WallTime now) {
  return ask({.method = "PUT",
              .target = url_ + "/clock",
              .headers = {{"Content-Type", "application/json"}},
              .body = dump_json({{"now", iso8601(now)}})});
}

Result<BridgeStatus, std::string> BridgeControl::ask(const http::Request& request) {
  const auto response = transport_.send(request, {std::chrono::seconds(5)});
  if (!response) return fail("the control connection gave no answer: " + response.error().what);
  if (response->status != 200) return fail("the control connection answered " + std::to_string(response->status));
  const auto body = parse_json(response->body, "control connection");
  if (!body) return fail("the control connection: " + body.error().problem);
  BridgeStatus status;
  status.ready = member(*body, "ready") == Json(true);
  status.busy = number(*body, "busy");
  status.changes = number(*body, "changes");
  status.calls = number(*body, "calls");
  const Json& jobs = member(*body, "jobs");
  status.jobs_due = number(jobs, "due");
  status.jobs_waiting = number(jobs, "waiting");
  status.jobs_parked = number(jobs, "parked");
  status.next_timer = parse_iso8601(string_member(*body, "next_timer"));
  for (const Json& task : member(*body, "busy_tasks")) {
    if (!task.is_string()) continue;
    if (!status.busy_tasks.empty()) status.busy_tasks += ", ";
    status.busy_tasks += task.get<std::string>();
  }
  return status;
}

}  // namespace casewire::scenarios
