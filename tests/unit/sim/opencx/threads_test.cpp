// The platform under real threads: many callers, mails and checks at once. Worth most under ThreadSanitizer.

#include <atomic>
#include <set>
#include <thread>

#include "base/runtime/thread_runtime.hpp"
#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

class Accepting final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request&, http::Deadline) override {
    ++hooks;
    return http::Response{};
  }
  std::atomic<int> hooks = 0;
};

TEST(OpenCxOnThreads, LosesNoMessageOfManyCallersAtOnce) {
  ThreadRuntime runtime;
  Journal journal{[&] { return runtime.now(); }};
  SeededRng rng{1};
  Accepting receiver;
  mail::Exchange exchange{journal, [&] { return runtime.now(); }};
  auto& inbox = exchange.mailbox("dana@example.test");
  mail::DirectMailTransport outgoing{runtime, [&](const mail::Envelope& mail) { return exchange.receive(mail); }};
  Platform platform{
      {.base_url = "http://opencx.test", .webhook_url = "http://bridge.test/"}, {runtime, journal, rng, receiver}, outgoing};

  mail::Message first{.from = {"Dana", "dana@example.test"}};
  first.to = {{"", "help@acme.test"}};
  first.text = "Hello";
  first.message_id = "m1@example.test";
  platform.receive({"dana@example.test", {"in@mail.opencx.test"}, mail::compose(first)});
  const std::string id = platform.sessions().at(0).id;

  constexpr int kCallers = 4;
  constexpr int kMessages = 25;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int at = 0; at < kMessages; ++at) {
        http::Request request{.method = "POST", .target = "/chat/sessions/" + id + "/send"};
        request.headers = {{"Authorization", "Bearer ocx_live_casewire"}, {"Content-Type", "application/json"}};
        request.body =
            dump_json({{"sender", "agent"}, {"message", {{"type", "text"}, {"text", std::to_string(caller * 1000 + at)}}}});
        EXPECT_EQ(platform.handle(request).response.status, 201);
        platform.answer("AI");
        platform.sessions();
      }
    });
  }
  for (auto& caller : callers) caller.join();
  while (runtime.activity().busy > 0) runtime.wait_for_change(runtime.activity().changes, 10ms);
  const auto session = platform.sessions().at(0);
  std::set<std::string> said;
  for (const auto& event : session.history) {
    if (event.sender_type == "human_agent") said.insert(event.text);
  }
  EXPECT_EQ(said.size(), std::size_t{kCallers * kMessages});
  const auto mails = inbox.received();
  EXPECT_EQ(mails.size(), session.history.size() - 1);
  for (const auto& mail : mails) EXPECT_EQ(mail.thread, "m1@example.test");
  EXPECT_EQ(receiver.hooks, static_cast<int>(session.history.size()));
  runtime.stop();
}

}  // namespace
}  // namespace casewire::sim::opencx
