// One org, many threads: what the thread sanitizer watches.

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "base/runtime/thread_runtime.hpp"
#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

struct CountingTransport final : http::Transport {
  Result<http::Response, http::TransportError> send(const http::Request&, http::Deadline) override {
    ++calls;
    return http::Response{};
  }
  std::atomic<int> calls{0};
};

TEST(OrgOnThreads, KeepsEveryRowAndTellsEachChange) {
  constexpr int kThreads = 4, kEach = 25;
  CountingTransport transport;
  ThreadRuntime runtime;
  Journal journal{[&] { return runtime.now(); }};
  SeededRng rng{1};
  auto org =
      Org::create(service_cloud_text(), "org.json", {.instance_url = "http://sf.test", .webhook_url = "http://bridge.test/x"},
                  {runtime, journal, rng, transport});
  ASSERT_TRUE(org);
  const auto rep = (*org)->add_rep("Ruiz", "Support").value();
  const auto token = string_member(
      parse_json(
          (*org)
              ->handle(
                  {.method = "POST",
                   .target =
                       "/services/oauth2/token?grant_type=refresh_token&client_id=3MVG9casewire&client_secret=casewire-secret&refresh_token=5Aep861casewire"})
              .response.body)
          .value(),
      "access_token");
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        // Neighbouring threads race for the same external id: one creates, the other updates.
        const auto key = std::to_string(t / 2) + "-" + std::to_string(i);
        const auto response =
            (*org)
                ->handle({.method = "PATCH",
                          .target = "/services/data/v66.0/sobjects/Case/OpenCX_Handoff__c/" + key,
                          .headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                          .body = R"({"Subject":"x"})"})
                .response;
        const auto id = string_member(parse_json(response.body).value(), "id");
        (*org)->comment(rep, id, "x", false);
        (*org)->query("SELECT Id, (SELECT Id FROM CaseComments) FROM Case");
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ((*org)->query("SELECT Id FROM Case")->size(), static_cast<std::size_t>(kThreads / 2 * kEach));
  EXPECT_EQ((*org)->query("SELECT Id FROM CaseComment")->size(), static_cast<std::size_t>(kThreads * kEach));
  runtime.stop();
  EXPECT_EQ(transport.calls, kThreads * kEach);
}

}  // namespace
}  // namespace casewire::sim::salesforce
