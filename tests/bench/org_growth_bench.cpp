// A fake org that grows: does a create stay short, what does a Case weigh, and how long does it take to find one among all? No
// sockets, so that the org alone is measured.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/rng.hpp"
#include "sim/salesforce/org.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kCases = 1'000'000, kLookups = 20'000, kEvery = kCases / kLookups;

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  in >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::string microseconds_text(double microseconds) { return std::to_string(static_cast<long>(microseconds)) + " us"; }

class LargeOrg {
 public:
  Result<void, std::string> start() {
    const std::string file = std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/orgs/service-cloud/org.json";
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto json = parse_json(text.str(), file);
    if (!json) return fail(render(json.error()));
    (*json)["limits"]["dailyApiRequests"] = 1'000'000'000;
    auto org = sim::salesforce::Org::create(dump_json(*json), file, options_, {runtime_, journal_, rng_, transport_});
    if (!org) return fail(render(org.error()));
    org_ = std::move(*org);
    const auto answer = org_->handle({.method = "POST",
                                      .target = "/services/oauth2/token",
                                      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                      .body = "grant_type=refresh_token&client_id=" + options_.client_id + "&client_secret=" +
                                              options_.client_secret + "&refresh_token=" + options_.refresh_token});
    const auto body = parse_json(answer.response.body);
    token_ = body ? string_member(*body, "access_token") : std::string{};
    if (token_.empty()) return fail(std::string{"no token"});
    return {};
  }
  /// The answer, and how long it took.
  std::pair<http::Response, std::int64_t> ask(std::string method, std::string target, std::string body = {}) {
    const http::Request request{.method = std::move(method),
                                .target = std::move(target),
                                .headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + token_}},
                                .body = std::move(body)};
    const RealStopwatch stopwatch;
    auto reply = org_->handle(request);
    return {std::move(reply.response), stopwatch.elapsed_microseconds()};
  }

 private:
  ThreadRuntime runtime_;
  http::SocketTransport transport_;
  SeededRng rng_{43};
  sim::Journal journal_{[this] { return runtime_.now(); }, 1u << 20};
  sim::salesforce::OrgOptions options_{.instance_url = "http://salesforce.test"};
  std::unique_ptr<sim::salesforce::Org> org_;
  std::string token_;
};

std::string key_of(std::size_t at) { return "session-" + std::to_string(at) + "%231"; }

}  // namespace

void measure_org_growth() {
  heading("A fake org of " + std::to_string(kCases) + " Cases, without sockets");
  LargeOrg org;
  if (const auto started = org.start(); !started) return left_out("large org", started.error());
  std::vector<std::int32_t> times(kCases);  // of its own from the start: what grows from here on is the org
  std::vector<std::string> ids(kLookups, std::string(18, ' '));
  const auto before = resident_bytes();
  for (std::size_t at = 0; at < kCases; ++at) {
    const auto [answer, took] = org.ask(
        "POST", "/services/data/v66.0/sobjects/Case",
        R"({"Subject":"Order 1182","Origin":"Email","Description":"Refund needs a person","SuppliedEmail":"dana@example.test","OpenCX_Handoff__c":"session-)" +
            std::to_string(at) + "#1\"}");
    if (answer.status != 201) return left_out("large org", answer.body);
    times[at] = static_cast<std::int32_t>(took);
    if (at % kEvery == 0) ids[at / kEvery] = string_member(parse_json(answer.body).value(), "id");
  }
  const auto weight = (resident_bytes() - before) / kCases;
  std::sort(times.begin(), times.end());
  value("create, p50", microseconds_text(static_cast<double>(times[times.size() / 2])));
  value("create, p99 (goal under 5 ms)", microseconds_text(static_cast<double>(times[times.size() * 99 / 100])));
  value("create, the longest", microseconds_text(static_cast<double>(times.back())));
  value("memory (goal 1024 bytes a Case)", std::to_string(weight) + " bytes a Case");
  const auto mean = [&](const char* name, const auto& target_of) {
    std::int64_t all = 0;
    for (std::size_t at = 0; at < kLookups; ++at) {
      const auto [answer, took] = org.ask("GET", target_of(at * 7919 % kLookups));
      if (answer.status != 200) return left_out(name, answer.body);
      all += took;
    }
    value(name, microseconds_text(static_cast<double>(all) / static_cast<double>(kLookups)) + " (goal under 50 us)");
  };
  mean("row by id", [&](std::size_t at) { return "/services/data/v66.0/sobjects/Case/" + ids[at] + "?fields=Id,Subject"; });
  mean("row by external id", [&](std::size_t at) {
    return "/services/data/v66.0/sobjects/Case/OpenCX_Handoff__c/" + key_of(at * kEvery) + "?fields=Id,Subject";
  });
  mean("query by parent", [&](std::size_t at) {
    return "/services/data/v66.0/query?q=SELECT+Id+FROM+CaseComment+WHERE+ParentId='" + ids[at] + "'";
  });
}

}  // namespace casewire::bench
