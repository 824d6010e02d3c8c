#pragma once
// The service-cloud org in a small simulated world: callouts go to a subscriber that the test writes.

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "base/text/encoding.hpp"
#include "sim/salesforce/org.hpp"

namespace casewire::sim::salesforce {

inline std::string service_cloud_text() {
  std::ifstream file{std::string{CASEWIRE_SOURCE_DIR} + "/fixtures/orgs/service-cloud/org.json"};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class ServiceCloud : public testing::Test {
 protected:
  ServiceCloud() { start(service_cloud_text()); }

  void start(const std::string& text) {
    auto org = Org::create(text, "org.json", options_, {*process_, journal_, rng_, transport_});
    if (!org) throw std::runtime_error(render(org.error(), text));
    org_ = std::move(*org);
    token_.clear();
  }

  http::Response send(std::string method, std::string target, const std::string& body = {}, http::Headers headers = {}) {
    if (!headers.find("Authorization")) headers.add("Authorization", "Bearer " + token());
    if (!body.empty() && !headers.find("Content-Type")) headers.add("Content-Type", "application/json");
    return org_->handle({.method = std::move(method), .target = std::move(target), .headers = std::move(headers), .body = body})
        .response;
  }
  Json call(std::string method, const std::string& path, const Json& body, int status) {
    const auto response = send(std::move(method), "/services/data/v66.0" + path, body.is_null() ? "" : dump_json(body));
    EXPECT_EQ(response.status, status) << path << " " << response.body;
    return response.body.empty() ? Json() : parse_json(response.body).value();
  }
  std::string create(const std::string& object, const Json& fields) {
    return string_member(call("POST", "/sobjects/" + object, fields, 201), "id");
  }
  std::vector<Json> query(std::string_view soql) {
    auto rows = org_->query(soql);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? *rows : std::vector<Json>{};
  }
  http::Response form_post(const std::string& target, const FormFields& fields) {
    return org_
        ->handle({.method = "POST",
                  .target = target,
                  .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                  .body = form(fields)})
        .response;
  }
  http::Response ask_token(const std::string& refresh_token) {
    return form_post("/services/oauth2/token", {{"grant_type", "refresh_token"},
                                                {"client_id", options_.client_id},
                                                {"client_secret", options_.client_secret},
                                                {"refresh_token", refresh_token}});
  }
  const std::string& token() {
    if (token_.empty()) token_ = string_member(parse_json(ask_token(options_.refresh_token).body).value(), "access_token");
    return token_;
  }
  /// What the subscriber received, after every job has run.
  const std::vector<http::Request>& callouts() {
    EXPECT_TRUE(world_.run_until_quiet());
    return callouts_;
  }

  FiberRuntime world_{WallTime{milliseconds{1'767'603'600'000}}, 1};
  std::unique_ptr<FiberProcess> process_ = world_.make_process("salesforce");
  Journal journal_{[this] { return world_.now(); }};
  SeededRng rng_{7};
  std::vector<http::Request> callouts_;
  http::Handler subscriber_ = [this](const http::Request& request) {
    callouts_.push_back(request);
    return http::Reply{};
  };
  http::InProcessTransport transport_{
      *process_, [this](std::string_view origin) { return origin == "http://bridge.test" ? &subscriber_ : nullptr; }};
  OrgOptions options_{.instance_url = "http://salesforce.test", .webhook_url = "http://bridge.test/hooks/salesforce/secret"};
  std::unique_ptr<Org> org_;
  std::string token_;
};

}  // namespace casewire::sim::salesforce
