#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/rng.hpp"
#include "sim/salesforce/org.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/nginx.hpp"
#include "tests/bench/table.hpp"
#include "tests/bench/wrk.hpp"

namespace casewire::bench {
namespace {

constexpr const char* kQuery =
    "/services/data/v66.0/"
    "query?q=SELECT+Id,CaseNumber,Subject,Status,Origin,CreatedDate+FROM+Case+ORDER+BY+CaseNumber+LIMIT+20";
constexpr const char* kCreate = "/services/data/v66.0/sobjects/Case";
constexpr const char* kCase =
    R"({"Subject":"Order 1182","Origin":"Email","Description":"Refund needs a person","SuppliedEmail":"dana@example.test"})";

/// The org file, with more API requests a day than a real org has: wrk makes a day's worth in seconds.
Result<std::string, std::string> org_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  auto org = parse_json(text.str(), path);
  if (!org) return fail(render(org.error()));
  (*org)["limits"]["dailyApiRequests"] = 1'000'000'000;
  return dump_json(*org);
}

/// The fake org on a socket of its own, with 20 Cases, and a client's token.
class RunningOrg {
 public:
  RunningOrg() : rng_(41), journal_([this] { return runtime_.now(); }, 1u << 20) {}  // what is measured is the org, not its log

  Result<void, std::string> start() {
    auto server = http::SocketServer::start(runtime_, [this](const http::Request& request) { return org_->handle(request); });
    if (!server) return fail(server.error().problem);
    const std::string file = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/orgs/service-cloud/org.json";
    sim::salesforce::OrgOptions options{.instance_url = (*server)->url()};
    const auto text = org_text(file);
    if (!text) return fail(text.error());
    auto org = sim::salesforce::Org::create(*text, file, options, {runtime_, journal_, rng_, transport_});
    if (!org) return fail(render(org.error()));
    org_ = std::move(*org);
    server_ = std::move(*server);
    return log_in(options);
  }
  Result<http::Response, std::string> call(const std::string& method, const std::string& path, const std::string& body) {
    auto answer = transport_.send(request(method, server_->url() + path, body), {});
    if (!answer) return fail(answer.error().what);
    if (answer->status > 299)
      return fail(method + " " + path + " was answered " + std::to_string(answer->status) + " " + answer->body);
    return *answer;
  }
  /// Answers a second without the socket: what the simulated ring pays.
  double answers_per_second(const std::string& method, const std::string& path, const std::string& body) {
    constexpr int kBatch = 100;
    const auto same = request(method, path, body);
    const RealStopwatch stopwatch;
    double answers = 0;
    for (; stopwatch.elapsed() < std::chrono::seconds{1}; answers += kBatch)
      for (int i = 0; i < kBatch; ++i) org_->handle(same);
    return answers * 1e6 / static_cast<double>(stopwatch.elapsed_microseconds());
  }
  std::string url() const { return server_->url(); }
  const std::string& token() const { return token_; }

 private:
  http::Request request(const std::string& method, const std::string& target, const std::string& body) const {
    return {.method = method,
            .target = target,
            .headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token_}},
            .body = body};
  }
  Result<void, std::string> log_in(const sim::salesforce::OrgOptions& options) {
    http::Request request{.method = "POST", .target = server_->url() + "/services/oauth2/token"};
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = "grant_type=refresh_token&client_id=" + options.client_id + "&client_secret=" + options.client_secret +
                   "&refresh_token=" + options.refresh_token;
    const auto answer = transport_.send(request, {});
    if (!answer) return fail(answer.error().what);
    const auto body = parse_json(answer->body);
    token_ = body ? string_member(*body, "access_token") : std::string{};
    if (token_.empty()) return fail("the token request was answered " + std::to_string(answer->status));
    return {};
  }

  ThreadRuntime runtime_;
  http::SocketTransport transport_;
  SeededRng rng_;
  sim::Journal journal_;
  std::unique_ptr<sim::salesforce::Org> org_;
  std::unique_ptr<http::SocketServer> server_;
  std::string token_;
};

void compare(const char* name, const WrkPlan& fake, const WrkPlan& yardstick, std::string_view goal) {
  const auto slow = wrk(fake);
  const auto fast = wrk(yardstick);
  if (!slow || !fast) return left_out(name, !slow ? slow.error() : fast.error());
  const auto shown = [](const Throughput& result) {
    return rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " + milliseconds_text(result.p99_ms) +
           (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors");
  };
  value(std::string(name) + ", fake", shown(*slow));
  value(std::string(name) + ", nginx with the same bytes", shown(*fast));
  ratio("", slow->per_second, fast->per_second, goal);
}

}  // namespace

void measure_salesforce() {
  heading("Fake Salesforce over HTTP, 8 connections, one server thread and one nginx worker");
  RunningOrg org;
  if (const auto started = org.start(); !started) return left_out("fake org", started.error());
  std::string created;
  for (int at = 0; at < 20; ++at) {
    const auto answer = org.call("POST", kCreate, kCase);
    if (!answer) return left_out("fake org", answer.error());
    created = answer->body;
  }
  const auto rows = org.call("GET", kQuery, {});
  if (!rows) return left_out("query", rows.error());
  const auto nginx = Nginx::start(rows->body, created);
  if (!nginx) return left_out("nginx", nginx.error());

  const std::string header = "Authorization: Bearer " + org.token();
  compare("SOQL query, 20 rows", {.url = org.url() + kQuery, .header = header},
          {.url = (*nginx)->url() + kQuery, .header = header}, "under 1.7 (60 %)");
  value("SOQL query, 20 rows, in process", rate(org.answers_per_second("GET", kQuery, {})));

  const std::string script = std::filesystem::temp_directory_path() / ("casewire-bench-" + std::to_string(::getpid()) + ".lua");
  std::ofstream(script) << "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [==[" << kCase
                        << "]==]\n";
  compare("Case create", {.url = org.url() + kCreate, .script = script, .header = header},
          {.url = (*nginx)->url() + kCreate, .script = script, .header = header}, "under 2.5 (40 %), p99 under 5 ms");
  value("Case create, in process", rate(org.answers_per_second("POST", kCreate, kCase)));
  std::remove(script.c_str());
}

}  // namespace casewire::bench
