#include "sim/world/network.hpp"

#include <gtest/gtest.h>

namespace casewire::sim {
namespace {

/// Answers 200 and remembers what it was asked.
struct Echo {
  int calls = 0;
  std::string traceparent_seen;
  http::Handler handler() {
    return [this](const http::Request& request) {
      ++calls;
      traceparent_seen = std::string(request.headers.find("traceparent").value_or(""));
      return http::Reply{.response = {.status = 200, .body = "ok"}};
    };
  }
};

class BridgeSide final : public http::Transport {
 public:
  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline) override {
    requests.push_back(request);
    return http::Response{.status = 202};
  }
  std::vector<http::Request> requests;
};

class NetworkTest : public testing::Test {
 protected:
  http::Handler serve() {
    return network.serve({"salesforce", echo.handler(), [](const http::Request&) { return std::vector<std::string>{"query"}; },
                          [](int status) { return http::Response{.status = status, .body = "refused"}; }});
  }
  Journal journal{[] { return WallTime{}; }};
  Faults faults;
  Network network{journal, faults};
  Echo echo;
};

TEST_F(NetworkTest, JournalsAnExchangeWithItsAnswer) {
  serve()({.method = "GET", .target = "/services/data?x=1"});
  const auto exchange = std::get<HttpExchange>(journal.entries().at(0).event);
  EXPECT_EQ(exchange.from, "bridge");
  EXPECT_EQ(exchange.target, "/services/data?x=1");
  EXPECT_EQ(exchange.operations, std::vector<std::string>{"query"});
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.response, "ok");
}

TEST_F(NetworkTest, LinksAnExchangeToItsCauseAndTheServiceToTheExchange) {
  journal.append("x", StepBegin{});
  serve()({.method = "GET", .target = "/a", .headers = {{"traceparent", traceparent(1)}}});
  EXPECT_EQ(journal.entries().at(1).cause, 1u);
  EXPECT_EQ(cause_of(echo.traceparent_seen), 2u);
}

TEST_F(NetworkTest, KeepsCredentialsOutOfTheJournal) {
  serve()({.method = "POST", .target = "/services/oauth2/token", .body = "refresh_token=hush"});
  EXPECT_EQ(journal.json_lines().find("hush"), std::string::npos);
}

TEST_F(NetworkTest, LosesTheAnswerOfACallThatTookEffect) {
  faults.arm({.kind = Fault::Kind::lose_answer, .sentence = "s", .system = "salesforce", .operation = "query"});
  const http::Reply reply = serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(echo.calls, 1);
  EXPECT_EQ(reply.wire, http::Wire::reset_before_status);
}

TEST_F(NetworkTest, RefusesWithoutEffectInTheVendorsShape) {
  faults.arm({.kind = Fault::Kind::refuse, .sentence = "s", .system = "salesforce", .status = 503});
  const http::Reply reply = serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(echo.calls, 0);
  EXPECT_EQ(reply.response.status, 503);
  EXPECT_EQ(reply.response.body, "refused");
}

TEST_F(NetworkTest, CrashesTheBridgeAfterOrBeforeTheCallTakesEffect) {
  int crashes = 0;
  network.on_crash([&](const Fault&) { ++crashes; });
  faults.arm({.kind = Fault::Kind::crash_after, .sentence = "after", .count = 1});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 1);
  EXPECT_EQ(echo.calls, 1);
  faults.arm({.kind = Fault::Kind::crash_before, .sentence = "before", .count = 1});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 2);
  EXPECT_EQ(echo.calls, 1);
}

TEST_F(NetworkTest, HidesTheSecretInAWebhooksPath) {
  BridgeSide wire;
  network.outgoing("opencx", wire)->send({.method = "POST", .target = "http://127.0.0.1:1/hooks/opencx/hush"}, {});
  EXPECT_EQ(journal.json_lines().find("hush"), std::string::npos);
  EXPECT_EQ(wire.requests.at(0).target, "http://127.0.0.1:1/hooks/opencx/hush");
}

TEST_F(NetworkTest, LosesAndRepeatsWebhooks) {
  BridgeSide wire;
  const auto out = network.outgoing("salesforce", wire);
  faults.arm({.kind = Fault::Kind::lose_webhook, .sentence = "lost", .system = "salesforce"});
  faults.arm({.kind = Fault::Kind::repeat_webhook, .sentence = "twice", .system = "salesforce"});
  EXPECT_FALSE(out->send({.method = "POST", .target = "http://b.test/hooks/salesforce/x"}, {}));
  EXPECT_EQ(wire.requests.size(), 0u);
  EXPECT_TRUE(out->send({.method = "POST", .target = "http://b.test/hooks/salesforce/x"}, {}));
  EXPECT_EQ(wire.requests.size(), 2u);
}

}  // namespace
}  // namespace casewire::sim
