#include "sim/world/network.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/runtime/fiber_runtime.hpp"

namespace casewire::sim {
namespace {

/// Answers 200 and remembers what it was asked.
struct Echo {
  int calls = 0;
  std::string traceparent_seen;
  http::Response answer{.status = 200, .body = "ok"};
  http::Handler handler() {
    return [this](const http::Request& request) {
      ++calls;
      traceparent_seen = std::string(request.headers.find("traceparent").value_or(""));
      return http::Reply{.response = answer};
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
                          [](std::string_view code) -> std::optional<http::Response> {
                            return http::Response{.status = 503, .body = "refused: " + std::string(code)};
                          },
                          [this](const std::string& operation, const std::string& code, std::size_t rows_before) {
                            row_refused = operation + " " + code + " behind " + std::to_string(rows_before);
                            return true;
                          }});
  }
  std::unique_ptr<http::Transport> outgoing() { return network.outgoing("salesforce", wire, *process); }
  void arm(Place place, Damage damage) { faults.arm({"the fault", std::move(place), std::move(damage)}); }
  HttpExchange exchange(std::size_t entry) const { return std::get<HttpExchange>(journal.entries().at(entry - 1).event); }
  static Place query() { return {.system = "salesforce", .operation = "query"}; }
  static Place webhook() { return {.of = Place::Of::webhook, .system = "salesforce"}; }
  static http::Request hook(const char* body = "1") {
    return {.method = "POST", .target = "http://b.test/hooks/salesforce/x", .body = body};
  }

  FiberRuntime fibers{WallTime{}, 1};
  std::unique_ptr<FiberProcess> process = fibers.make_process("salesforce");
  Journal journal{[this] { return fibers.now(); }};
  Faults faults;
  Network network{journal, faults, [this] { return fibers.now(); }};
  Echo echo;
  BridgeSide wire;
  std::string row_refused;
};

TEST_F(NetworkTest, CallsWaitAtTheDoorWhileTheClocksMove) {
  std::vector<std::string> order;
  const auto call = network.at_the_door([&](const http::Request&) {
    order.push_back("call");
    return http::Reply{};
  });
  std::thread caller;
  {
    const auto held = network.hold_calls();
    caller = std::thread([&] { call({}); });
    order.push_back("clocks");
  }
  caller.join();
  EXPECT_EQ(order, (std::vector<std::string>{"clocks", "call"}));
}

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

TEST_F(NetworkTest, KeepsHeadersWithoutCredentialsAndWithoutWhatIsTheConnectionsOwn) {
  serve()(
      {.method = "GET",
       .target = "/a",
       .headers = {{"Host", "127.0.0.1:4711"}, {"Authorization", "Bearer hush"}, {"Cookie", "hush"}, {"Accept", "text/html"}}});
  EXPECT_EQ(exchange(1).request_headers, "Authorization: Bearer (left out)\nCookie: (left out)\nAccept: text/html\n");
  EXPECT_EQ(journal.json_lines().find("hush"), std::string::npos);
}

TEST_F(NetworkTest, KeepsOfABodyWhatIsText) {
  serve()({.method = "POST", .target = "/a", .body = std::string("--cut\r\n\r\n\x89PNG\0", 15)});
  EXPECT_EQ(exchange(1).request, "--cut\r\n\r\n(6 bytes that are no text)");
}

TEST_F(NetworkTest, TellsHowLongTheAnswerTook) {
  arm(query(), Delay{std::chrono::milliseconds(1500), Side::after});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(exchange(1).took, std::chrono::milliseconds(1500));
}

TEST_F(NetworkTest, LosesTheAnswerOfACallThatTookEffect) {
  arm(query(), Lose{Side::after});
  const http::Reply reply = serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(echo.calls, 1);
  EXPECT_EQ(reply.wire, http::Wire::reset_before_status);
  EXPECT_EQ(exchange(1).wire, http::Wire::reset_before_status);
  EXPECT_EQ(exchange(1).status, 200);
}

TEST_F(NetworkTest, LosesACallBeforeItTakesEffect) {
  arm(query(), Lose{Side::before});
  EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).wire, http::Wire::reset_before_status);
  EXPECT_EQ(echo.calls, 0);
  EXPECT_TRUE(exchange(1).lost);
}

// The journal said "reset" whatever the damage was.
TEST_F(NetworkTest, DamagesTheAnswerInEachWayAndWritesDownWhich) {
  std::uint64_t entry = 1;
  for (const auto& [damage, name] : http::kWireNames) {
    arm(query(), Cross{damage});
    EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).wire, damage) << name;
    EXPECT_EQ(exchange(entry).wire, damage) << name;
    entry += 2;  // the fault has an entry too
  }
}

TEST_F(NetworkTest, RefusesWithoutEffectInTheVendorsWords) {
  arm(query(), Refuse{.code = "UNABLE_TO_LOCK_ROW", .retry_after_s = 30});
  const http::Reply reply = serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(echo.calls, 0);
  EXPECT_EQ(reply.response.body, "refused: UNABLE_TO_LOCK_ROW");
  EXPECT_EQ(reply.response.headers.find("Retry-After"), "30");
  EXPECT_EQ(exchange(1).retry_after_s, 30);
}

TEST_F(NetworkTest, LeavesTheRefusalOfOneRowToTheFake) {
  arm(query(), Refuse{.code = "STRING_TOO_LONG", .one_row = true, .rows_before = 1});
  EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).response.status, 200);
  EXPECT_EQ(echo.calls, 1);
  EXPECT_EQ(row_refused, "query STRING_TOO_LONG behind 1");
}

TEST_F(NetworkTest, AnswersInAnothersPlaceBeforeOrAfterTheCallTookEffect) {
  arm(query(), AnswerWith{html_page(502), Side::before});
  EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).response.status, 502);
  EXPECT_EQ(echo.calls, 0);
  arm(query(), AnswerWith{garbage(), Side::after});
  EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).response.body, garbage().body);
  EXPECT_EQ(echo.calls, 1);
}

TEST_F(NetworkTest, DelaysAnAnswerAndRepeatsACall) {
  arm(query(), Delay{milliseconds{250}, Side::after});
  EXPECT_EQ(serve()({.method = "GET", .target = "/a"}).delay, milliseconds{250});
  arm(query(), Repeat{.more = 2});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(echo.calls, 1 + 3);
}

TEST_F(NetworkTest, CrashesTheBridgeAfterOrBeforeTheCallTakesEffect) {
  int crashes = 0;
  network.on_crash([&](const Strike&) { ++crashes; });
  arm({}, Crash{Side::after});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 1);
  EXPECT_EQ(echo.calls, 1);
  arm({}, Crash{Side::before});
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 2);
  EXPECT_EQ(echo.calls, 1);
}

TEST_F(NetworkTest, CountsOnlyWhatWasCarriedOutWhereThePlaceSaysSo) {
  int crashes = 0;
  network.on_crash([&](const Strike&) { ++crashes; });
  Place done = query();
  done.done = true;
  arm(done, Crash{Side::after});
  echo.answer = {.status = 400};
  serve()({.method = "GET", .target = "/a"});
  echo.answer = {.status = 200, .body = R"({"compositeResponse":[{"body":[{"errorCode":"X"}]}]})"};
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 0);
  echo.answer = {.status = 200};
  serve()({.method = "GET", .target = "/a"});
  EXPECT_EQ(crashes, 1);
}

TEST_F(NetworkTest, CrashesTheBridgeAtACommitOrATimer) {
  std::string told;
  network.on_crash([&](const Strike&) { told += "crash "; });
  const auto write = [&](bool must_fail) { told += must_fail ? "failed " : "written "; };
  arm({.of = Place::Of::commit, .first = 2}, Crash{Side::after});
  arm({.of = Place::Of::commit, .first = 3}, Crash{Side::before});
  arm({.of = Place::Of::commit, .first = 4}, FailWrite{});
  arm({.of = Place::Of::timer}, Crash{});
  for (int commit = 0; commit < 5; ++commit) network.commit(write);
  network.pass_timer();
  EXPECT_EQ(told, "written written crash crash failed failed written crash ");
}

TEST_F(NetworkTest, HidesTheSecretInAWebhooksPath) {
  network.outgoing("opencx", wire, *process)->send({.method = "POST", .target = "http://127.0.0.1:1/hooks/opencx/hush"}, {});
  EXPECT_EQ(journal.json_lines().find("hush"), std::string::npos);
  EXPECT_EQ(wire.requests.at(0).target, "http://127.0.0.1:1/hooks/opencx/hush");
}

TEST_F(NetworkTest, LosesAndRepeatsWebhooks) {
  const auto out = outgoing();
  arm(webhook(), Lose{Side::before});
  arm(webhook(), Repeat{});
  arm(webhook(), Lose{Side::after});
  EXPECT_FALSE(out->send(hook(), {}));
  EXPECT_EQ(wire.requests.size(), 0u);
  EXPECT_TRUE(exchange(1).lost);
  EXPECT_TRUE(out->send(hook(), {}));
  EXPECT_EQ(wire.requests.size(), 2u);
  EXPECT_FALSE(out->send(hook(), {})) << "it arrived, and its sender does not know";
  EXPECT_EQ(wire.requests.size(), 3u);
}

TEST_F(NetworkTest, HoldsAWebhookUpAndLetsTheNextOvertakeAnother) {
  const auto out = outgoing();
  arm(webhook(), Delay{milliseconds{20'000}, Side::before});
  process->spawn("late", [&] { (void)out->send(hook("late"), {}); });
  fibers.run_until_quiet();
  EXPECT_EQ(wire.requests.size(), 0u);
  fibers.advance_to(*fibers.next_timer());
  fibers.run_until_quiet();
  EXPECT_EQ(fibers.now(), WallTime{milliseconds{20'000}});
  EXPECT_EQ(wire.requests.size(), 1u);

  arm(webhook(), Overtake{});
  process->spawn("both", [&] {
    EXPECT_EQ(out->send(hook("first"), {})->status, 202);
    (void)out->send(hook("second"), {});
  });
  fibers.run_until_quiet();
  ASSERT_EQ(wire.requests.size(), 3u);
  EXPECT_EQ(wire.requests[1].body, "second");
  EXPECT_EQ(wire.requests[2].body, "first");
}

TEST_F(NetworkTest, TakesTheSignatureOffAWebhookOrSignsItWrongly) {
  const auto out = outgoing();
  http::Request signed_hook = hook();
  signed_hook.headers.set("webhook-signature", "v1,right");
  arm(webhook(), Tamper{Tamper::How::unsigned_});
  arm(webhook(), Tamper{Tamper::How::signed_wrongly});
  for (int times = 0; times < 3; ++times) (void)out->send(signed_hook, {});
  EXPECT_EQ(wire.requests[0].headers.find("webhook-signature"), std::nullopt);
  EXPECT_NE(wire.requests[1].headers.find("webhook-signature"), "v1,right");
  EXPECT_EQ(wire.requests[2].headers.find("webhook-signature"), "v1,right");
}

}  // namespace
}  // namespace casewire::sim
