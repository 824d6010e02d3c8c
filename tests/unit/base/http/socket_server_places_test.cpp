// Who keeps a place when all are taken and somebody comes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "tests/unit/base/http/certificates.hpp"
#include "tests/unit/base/http/server_fixture.hpp"

namespace casewire::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Places : public ServerFixture {
 protected:
  void await_timer() {
    while (!runtime_.activity().next_timer) {
      std::this_thread::yield();
    }
  }
};

TEST_F(Places, ThreeHundredSilentConnectionsShutNobodyOut) {
  // All places stood empty-handed for a minute, and whoever came waited outside for as long.
  for (const std::size_t threads : {1u, 4u}) {
    serve(echo, {.threads = threads});
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 300; ++i) {
      silent.push_back(come(i % 3 == 0 ? "GET / HT" : ""));
    }
    const RealStopwatch stopwatch;
    for (int i = 0; i < 10; ++i) {
      EXPECT_THAT(answer_to_get(*come()), StartsWith("HTTP/1.1 200 OK"));
    }
    EXPECT_LT(stopwatch.elapsed(), milliseconds{5'000});
  }
}

TEST_F(Places, TheOldestSilentConnectionGoesFirst) {
  serve(echo, {.connections_max = 2, .idle_timeout_when_full = kAtOnce});
  const auto first = come();
  const auto second = come();
  const auto third = come();
  EXPECT_THAT(answer_to_get(*third), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(first->read_all(), "");
  EXPECT_TRUE(first->ended());
  EXPECT_THAT(answer_to_get(*second), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(Places, AnAnswerMakesAKeptConnectionYoungAgain) {
  serve(echo, {.connections_max = 3, .idle_timeout_when_full = kAtOnce});
  const auto first = come();
  const auto second = come();
  answer_to_get(*second);
  answer_to_get(*first);
  const auto third = come();
  EXPECT_THAT(answer_to_get(*come()), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(second->read_all(), "");
  EXPECT_TRUE(second->ended());
  EXPECT_THAT(answer_to_get(*first), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(Places, NoAnswerPromisesAPlaceWhileAllAreTaken) {
  // A kept connection that is closed for a newcomer's sake can swallow the client's next request.
  serve(echo, {.connections_max = 2, .idle_timeout_when_full = kAtOnce});
  const auto first = come();
  EXPECT_THAT(answer_to_get(*first), Not(HasSubstr("Connection")));
  const auto second = come();
  EXPECT_THAT(answer_to_get(*second), HasSubstr("Connection: close\r\n"));
}

TEST_F(Places, DropsOfAHeadKeepNoPlace) {
  serve(echo, {.connections_max = 2, .idle_timeout_when_full = kAtOnce});
  const auto dribbler = come("GET / HTTP/1.1\r\n");
  const auto second = come();
  dribbler->send("A: b\r\n");
  EXPECT_THAT(answer_to_get(*come()), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(dribbler->read_all(), "");
  EXPECT_TRUE(dribbler->ended());
}

TEST_F(Places, ARequestThatIsHandledKeepsItsPlace) {
  runtime_.drive(WallTime{});
  serve_reply({.response = {.body = "late"}, .delay = milliseconds{1}},
              {.connections_max = 1, .idle_timeout_when_full = kAtOnce});
  const auto busy = come(kGet);
  await_timer();
  const auto newcomer = come(kLastGet);
  EXPECT_FALSE(newcomer->is_readable(50));
  runtime_.advance_to(WallTime{milliseconds{10}});
  EXPECT_THAT(busy->read_through("late"), StartsWith("HTTP/1.1 200 OK"));
  busy->close();
  await_timer();
  runtime_.advance_to(WallTime{milliseconds{20}});
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(Places, ARequestWhoseBodyIsOnItsWayKeepsItsPlace) {
  serve(echo, {.connections_max = 1, .idle_timeout_when_full = kAtOnce});
  const auto sender = come("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  sender->read_through("100 Continue\r\n\r\n");
  const auto newcomer = come(kLastGet);
  EXPECT_FALSE(newcomer->is_readable(50));
  sender->send("body");
  EXPECT_THAT(sender->read_through("body"), StartsWith("HTTP/1.1 200 OK"));
  sender->close();
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(Places, ABodyThatDoesNotComeGivesWay) {
  serve(echo, {.connections_max = 2, .idle_timeout_when_full = kAtOnce, .body_timeout_when_full = milliseconds{100}});
  const auto owing = come("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
  const auto sending = come("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n");
  const auto newcomer = come(kLastGet);
  for (int i = 0; i < 8; ++i) {
    std::this_thread::sleep_for(milliseconds{40});
    sending->send(std::string(50, 'b'));
  }
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(owing->read_all(), "");
  EXPECT_THAT(sending->read_through("bbb"), HasSubstr("POST / 400"));
}

TEST_F(Places, AConnectionThatFallsSilentWhileSomebodyWaitsGivesWay) {
  // When the newcomer came there was nobody to ask, and the answer on its way had promised to keep the connection.
  const std::string long_body(30u << 20, 'b');
  serve([&](const Request& request) { return Reply{.response = {.body = request.target == "/long" ? long_body : "short"}}; },
        {.connections_max = 2, .idle_timeout_when_full = kAtOnce});
  const auto reader = come("GET /long HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(reader->read_through("\r\n\r\n"), Not(HasSubstr("Connection")));
  const auto sender = come("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  sender->read_through("100 Continue\r\n\r\n");
  const auto newcomer = come(kLastGet);
  EXPECT_FALSE(newcomer->is_readable(50));
  EXPECT_EQ(reader->read_bytes(long_body.size()), long_body);
  EXPECT_THAT(newcomer->read_all(), EndsWith("short"));
}

TEST_F(Places, AHandshakeThatDoesNotComeGivesWay) {
  const Certificates certificates;
  serve(echo, {.tls = certificates.server(), .connections_max = 2, .idle_timeout_when_full = kAtOnce});
  const auto first = come("\x16\x03\x01");
  const auto second = come();
  const auto third = come();
  const auto fourth = come();
  for (auto* gone : {first.get(), second.get()}) {
    EXPECT_EQ(gone->read_all(), "");
    EXPECT_TRUE(gone->ended());
  }
  SocketTransport transport{{.ca_file = certificates.ca_file()}};
  const auto answer = transport.send({.target = server_->url() + "/"}, {});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
}

TEST_F(Places, ASilentConnectionIsLeftAMomentToAsk) {
  serve(echo, {.connections_max = 1, .idle_timeout_when_full = milliseconds{100}});
  const RealStopwatch stopwatch;
  const auto silent = come();
  const auto newcomer = come(kLastGet);
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_GE(stopwatch.elapsed(), milliseconds{99});
  EXPECT_EQ(silent->read_all(), "");
  EXPECT_TRUE(silent->ended());
}

TEST_F(Places, MoreClientsThanPlacesAreAllAnswered) {
  // Without the moment each newcomer drove out one who had come just before it: of 400 clients on 256 places hardly any asked in
  // time.
  serve(echo, {.threads = 2, .connections_max = 3, .idle_timeout_when_full = milliseconds{30'000}});
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      SocketTransport transport;
      for (int n = 0; n < 50; ++n) {
        const auto answer = transport.send({.target = server_->url() + "/"}, {});
        answered += answer && answer->status == 200 ? 1 : 0;
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(answered, 400);
}

TEST_F(Places, StopsWhileANewcomerWaits) {
  runtime_.drive(WallTime{});
  serve_reply({.delay = milliseconds{1}}, {.connections_max = 1, .idle_timeout_when_full = kAtOnce});
  const auto busy = come(kGet);
  await_timer();
  const auto newcomer = come(kGet);
  server_->stop(milliseconds{10});
  EXPECT_EQ(busy->read_all() + newcomer->read_all(), "");
  EXPECT_TRUE(busy->ended() && newcomer->ended());
  runtime_.advance_to(WallTime{milliseconds{10}});
}

}  // namespace
}  // namespace casewire::http
