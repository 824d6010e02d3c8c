#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/orgs/orgs.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kBacklog = 100'000;
constexpr std::size_t kHandoffs = 400;
constexpr std::chrono::milliseconds kVendorTakes{20};
constexpr std::chrono::milliseconds kBetweenHandoffs{10};

/// Both vendors of both orgs. Each call takes its time, and each session is refused for good: a job is one call, and a write.
class SlowVendors final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    const std::string_view path = request.path();
    if (path.starts_with("/chat/sessions/")) {
      const std::lock_guard lock(mutex_);
      asked_.try_emplace(std::string(request.origin()) + std::string(path), watch_.elapsed_microseconds());
    }
    std::this_thread::sleep_for(kVendorTakes);
    if (path == "/services/oauth2/token") {
      return http::Response{.status = 200,
                            .body = R"({"access_token":"t","instance_url":")" + std::string(request.origin()) +
                                    R"(","id":"http://salesforce/id/00D00000000000)" +
                                    std::string(request.origin().substr(7, 1)) + R"(AAA/005000000000001AAA"})"};
    }
    if (path == "/chat/sessions") return http::Response{.status = 200, .body = R"({"items":[]})"};
    if (path.ends_with("/composite")) {
      return http::Response{.status = 200,
                            .body = R"({"compositeResponse":[{"httpStatusCode":200,"referenceId":"cases","body":{"records":[]}},
                                        {"httpStatusCode":200,"referenceId":"mails","body":{"records":[]}}]})"};
    }
    return http::Response{.status = 400, .body = R"({"message":"no such session"})"};
  }
  std::int64_t now() const { return watch_.elapsed_microseconds(); }
  std::optional<std::int64_t> asked_at(const std::string& url) {
    const std::lock_guard lock(mutex_);
    const auto found = asked_.find(url);
    return found == asked_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  RealStopwatch watch_;
  std::mutex mutex_;
  std::map<std::string, std::int64_t> asked_;
};

bridge::Configuration two_orgs(const std::string& folder) {
  const auto section = [](const std::string& name) {
    return "  " + name + ":\n    salesforce: {login_url: 'http://" + name + ".salesforce', webhook_secret: " + name +
           "-sf-secret, refresh_token: t}\n    opencx: {url: 'http://" + name + ".opencx', api_key: k, webhook_secret: " + name +
           "-cx-secret}\n";
  };
  return bridge::read_configuration("listen: 127.0.0.1:1\nstate_dir: " + folder +
                                        "\ncheck_every: never\nsalesforce: {client_id: c, client_secret: s}\norgs:\n" +
                                        section("acme") + section("globex"),
                                    "bench.yaml", {})
      .value();
}

int hand_off(bridge::Orgs& orgs, const std::string& org, const std::string& session) {
  return orgs
      .handle({.method = "POST",
               .target = "/hooks/opencx/" + org + "-cx-secret",
               .body = R"({"event":"conversation.handoff_to_human","data":[{"conversation_id":")" + session + R"("}]})"})
      .response.status;
}

/// From a webhook's arrival to the first call of its job: its way to the disk, and its wait for a worker. Milliseconds, sorted.
std::vector<double> pick_up_times(bridge::Orgs& orgs, SlowVendors& vendors, const std::string& batch) {
  std::vector<std::int64_t> sent;
  for (std::size_t i = 0; i < kHandoffs; ++i) {
    sent.push_back(vendors.now());
    hand_off(orgs, "globex", batch + std::to_string(i));
    std::this_thread::sleep_for(kBetweenHandoffs);
  }
  std::this_thread::sleep_for(std::chrono::seconds{1});
  std::vector<double> times;
  for (std::size_t i = 0; i < kHandoffs; ++i) {
    if (const auto asked = vendors.asked_at("http://globex.opencx/chat/sessions/" + batch + std::to_string(i))) {
      times.push_back(static_cast<double>(*asked - sent[i]) / 1'000);
    }
  }
  std::sort(times.begin(), times.end());
  return times;
}

void show_pick_up(const char* name, const std::vector<double>& times) {
  if (times.size() < kHandoffs) return left_out(name, std::to_string(kHandoffs - times.size()) + " were never picked up");
  value(name, "p50 " + milliseconds_text(times[times.size() / 2]) + ", p99 " + milliseconds_text(times[times.size() * 99 / 100]));
}

double mean(const std::vector<double>& times) {
  double sum = 0;
  for (const double time : times) sum += time;
  return times.empty() ? 0 : sum / static_cast<double>(times.size());
}

}  // namespace

void measure_orgs() {
  heading("A webhook's way to a worker, beside another org's backlog of 100,000 jobs (SQLite, calls of 20 ms)");
  const scenarios::TemporaryFolder folder("casewire-bench"), folder_of_one("casewire-bench");
  const auto configuration = two_orgs(folder.path());
  // Both before the clock starts: an open store is the bridge's alone.
  {
    const auto store = bridge::open_store(configuration.orgs.front());
    if (!store) return left_out("store", render(store.error()));
    for (std::size_t i = 0; i < kBacklog;) {
      bridge::Changes changes{.at = WallTime{}};
      for (const auto end = i + 1'000; i < end; ++i) changes.hints.push_back({.subject = "session:backlog-" + std::to_string(i)});
      (*store)->commit(changes);
    }
  }
  ThreadRuntime runtime;
  SlowVendors vendors;
  SystemRng rng;
  bridge::SilentLog log;
  const bridge::OrgWorld world{
      runtime, vendors, nullptr, rng, log, bridge::open_store, bridge::why_to_wait, [](const bridge::Store&) {
        return Result<std::string>("bridge");
      }};
  const auto measured = [&](const bridge::Configuration& orgs_there, const std::string& batch) {
    bridge::Orgs orgs(orgs_there, world);
    if (!orgs.start()) return std::vector<double>{};
    std::this_thread::sleep_for(std::chrono::seconds{1});
    auto times = pick_up_times(orgs, vendors, batch);
    const auto status = orgs.status();
    if (orgs_there.orgs.size() > 1) value("of the backlog were done meanwhile", std::to_string(kBacklog - status.jobs_due));
    orgs.stop();
    return times;
  };
  auto alone = two_orgs(folder_of_one.path());
  alone.orgs.erase(alone.orgs.begin());
  const auto before = measured(alone, "alone-");
  show_pick_up("globex alone", before);
  const auto beside = measured(configuration, "beside-");
  show_pick_up("globex beside acme's backlog", beside);
  if (!before.empty()) {
    char text[64];
    std::snprintf(text, sizeof text, "%.2f times as long (goal: under 2)", mean(beside) / mean(before));
    value("mean", text);
  }
}

}  // namespace casewire::bench
