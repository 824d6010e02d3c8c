#include "bridge/salesforce/token.hpp"

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "bridge/salesforce/errors.hpp"

namespace casewire::bridge::salesforce {
namespace {

Failure refused(const http::Response& response) {
  if (is_page(response)) return failure_of(response);
  const auto body = parse_json(response.body);
  // An exhausted org answers here in the form of the REST API.
  if (body && body->is_array()) {
    auto failure = failure_of(response);
    failure.kind = Failure::Kind::org_wide;
    return failure;
  }
  Failure failure{.kind = Failure::Kind::org_wide, .system = "salesforce", .code = std::to_string(response.status)};
  if (body) {
    failure.code = string_member(*body, "error", failure.code);
    failure.message = string_member(*body, "error_description");
  }
  failure.retry_after = retry_after_of(response);
  return failure;
}

/// ".../id/00D.../005..." -> "005..."
std::string last_segment(std::string_view url) {
  const auto slash = url.rfind('/');
  return slash == std::string_view::npos ? std::string{} : std::string(url.substr(slash + 1));
}

}  // namespace

AccessTokens::AccessTokens(http::Transport& transport, Runtime& runtime, const Config& config, Log& log)
    : transport_(transport),
      runtime_(runtime),
      log_(log),
      login_url_(config.salesforce.login_url),
      client_id_(config.salesforce.client_id),
      client_secret_(config.salesforce.client_secret),
      deadline_{config.call_timeout},
      refresh_token_(config.salesforce.refresh_token) {}

Outcome<Access> AccessTokens::access(std::string_view refused_token, std::string_view trace) {
  std::shared_ptr<Event> turn;
  {
    const std::lock_guard lock(mutex_);
    if (!access_.token.empty() && access_.token != refused_token) return access_;
    if (is_refreshing_) {
      turn = runtime_.make_event();
      waiters_.push_back(turn);
    } else {
      is_refreshing_ = true;
    }
  }
  if (turn) {
    turn->wait();
    const std::lock_guard lock(mutex_);
    return last_;
  }
  auto renewed = refresh(trace);
  std::vector<std::shared_ptr<Event>> waiters;
  {
    const std::lock_guard lock(mutex_);
    is_refreshing_ = false;
    if (renewed) access_ = *renewed;
    last_ = renewed;
    waiters.swap(waiters_);
  }
  for (const auto& waiter : waiters) waiter->notify();
  return renewed;
}

Outcome<Access> AccessTokens::refresh(std::string_view trace) {
  std::string refresh_token;
  {
    const std::lock_guard lock(mutex_);
    refresh_token = refresh_token_;
  }
  http::Request request{.method = "POST",
                        .target = login_url_ + "/services/oauth2/token",
                        .body = form({{"grant_type", "refresh_token"},
                                      {"client_id", client_id_},
                                      {"client_secret", client_secret_},
                                      {"refresh_token", refresh_token}})};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  if (!trace.empty()) request.headers.add("traceparent", std::string(trace));
  const auto response = transport_.send(request, deadline_);
  if (!response) return fail(casewire::bridge::failure_of("salesforce", response.error()));
  if (response->status != 200) return fail(refused(*response));
  const auto body = parse_json(response->body);
  if (!body) return fail(failure_of(*response));
  Access access{.token = string_member(*body, "access_token"),
                .instance_url = string_member(*body, "instance_url"),
                .user_id = last_segment(string_member(*body, "id"))};
  if (access.token.empty() || access.instance_url.empty() || access.user_id.size() < 15) {
    return fail(Failure{.kind = Failure::Kind::org_wide,
                        .system = "salesforce",
                        .message = "the token answer lacks access_token, instance_url or id"});
  }
  while (access.instance_url.ends_with('/')) access.instance_url.pop_back();
  if (auto rotated = string_member(*body, "refresh_token"); !rotated.empty() && rotated != refresh_token) {
    log_.warning("refresh token rotated", {{"kept", "in memory only"}});
    const std::lock_guard lock(mutex_);
    refresh_token_ = std::move(rotated);
  }
  log_.info("salesforce access renewed", {{"instance", access.instance_url}, {"user", access.user_id}});
  return access;
}

}  // namespace casewire::bridge::salesforce
