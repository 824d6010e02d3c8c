#include "base/http/socket_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/runtime/stopwatch.hpp"
#include "tests/unit/base/http/server_fixture.hpp"

namespace casewire::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Server : public ServerFixture {};

TEST_F(Server, AnswersOverAFreePort) {
  serve(echo);
  EXPECT_NE(server_->port(), 0);
  EXPECT_EQ(server_->url(), "http://127.0.0.1:" + std::to_string(server_->port()));
  EXPECT_EQ(all_answers_to("GET /a?b=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\nConnection: close\r\n\r\nGET /a?b=1 0\n");
}

TEST_F(Server, GivesTheHandlerHeadersInTheirOrderWithRepetitions) {
  std::vector<Header> seen;
  serve([&](const Request& request) {
    seen.assign(request.headers.begin(), request.headers.end());
    return Reply{};
  });
  all_answers_to("GET / HTTP/1.1\r\nB: 1\r\nhost: x\r\nA:  2 \r\nb: 3\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(seen, testing::ElementsAre(Header{"B", "1"}, Header{"host", "x"}, Header{"A", "2"}, Header{"b", "3"},
                                         Header{"Connection", "close"}));
}

TEST_F(Server, KeepsAConnectionForTheNextRequest) {
  serve(echo);
  RawClient client{server_->port()};
  for (int i = 0; i < 3; ++i) {
    client.send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_through("0\n"), HasSubstr("GET /" + std::to_string(i)));
  }
}

TEST_F(Server, AHandlerThatTakesItsTimeKeepsNobodyFromConnecting) {
  std::promise<void> slow_began, other_came;
  auto other = other_came.get_future();
  bool is_held_up = false;
  serve(
      [&](const Request& request) {
        if (request.target == "/slow") {
          slow_began.set_value();
          is_held_up = other.wait_for(std::chrono::seconds(5)) != std::future_status::ready;
        } else {
          other_came.set_value();
        }
        return Reply{};
      },
      {.threads = 2});
  RawClient first{server_->port()};
  first.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  slow_began.get_future().wait();
  EXPECT_THAT(status_line_for(kGet), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(first.read_through("\r\n"), StartsWith("HTTP/1.1 200"));
  EXPECT_FALSE(is_held_up);
}

TEST_F(Server, AnswersPipelinedRequestsInTheirOrder) {
  serve(echo);
  const auto answers = all_answers_to(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
      "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nde\r\n1;a=b\r\nf\r\n0\r\nT: 1\r\n\r\n");
  const auto first = answers.find("POST /1 3\nabc");
  const auto second = answers.find("GET /2 0\n");
  const auto third = answers.find("POST /3 3\ndef");
  ASSERT_NE(third, std::string::npos) << answers;
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST_F(Server, SaysWhetherARequestIsOnItsWay) {
  serve(echo);
  EXPECT_FALSE(server_->is_receiving());
  for (int times = 0; times < 20; ++times) {
    RawClient client{server_->port()};
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\n"));
    EXPECT_TRUE(server_->is_receiving()) << "half a head";
    ASSERT_TRUE(client.send("Host: x\r\nContent-Length: 3\r\n\r\n"));
    EXPECT_TRUE(server_->is_receiving()) << "no body yet";
    ASSERT_TRUE(client.send("abc"));
    EXPECT_THAT(client.read_through("POST / 3\n"), HasSubstr("200 OK"));
    EXPECT_FALSE(server_->is_receiving()) << "answered, and the connection is kept";
  }
}

TEST_F(Server, UnderstandsARequestThatComesByteByByte) {
  serve(echo);
  RawClient client{server_->port()};
  for (const char c :
       std::string{"\r\nPOST /slow HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"}) {
    client.send({&c, 1});
  }
  EXPECT_THAT(client.read_through("abc"), HasSubstr("POST /slow 3\nabc"));
}

TEST_F(Server, AnswersHeadWithTheLengthButWithoutTheBody) {
  serve(echo);
  const auto answer = all_answers_to("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, AllOf(HasSubstr("Content-Length: 9\r\n"), EndsWith("\r\n\r\n")));
}

TEST_F(Server, SendsNothingAboutContentWith204And304) {
  for (const int status : {204, 304}) {
    serve_reply({.response = {.status = status,
                              .headers = {{"Content-Type", "text/plain"}, {"Content-Length", "4"}, {"ETag", "x"}},
                              .body = "body"}});
    EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                AllOf(Not(HasSubstr("Content-")), HasSubstr("ETag: x"), EndsWith("\r\n\r\n")));
  }
}

TEST_F(Server, CorrectsAWrongContentLengthOfTheHandler) {
  serve_reply({.response = {.headers = {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}}, .body = "four"}});
  EXPECT_EQ(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nConnection: close\r\n\r\nfour");
}

TEST_F(Server, SendsNoHeaderThatTheHandlerDidNotMean) {
  serve_reply({.response = {.headers = {{"X", "a\r\nSet-Cookie: stolen"}}}});
  EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 500 "), Not(HasSubstr("stolen"))));
}

TEST_F(Server, KeepsTheTextOfAnExceptionToItself) {
  serve([](const Request&) -> Reply { throw std::runtime_error{"the password is swordfish"}; });
  EXPECT_EQ(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST_F(Server, SaysContinueOnlyWhenAskedAndReady) {
  serve(echo, {.body_bytes_max = 10});
  RawClient client{server_->port()};
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_through("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_THAT(client.read_through("ok"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(all_answers_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(all_answers_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: miracles\r\n\r\n"),
              StartsWith("HTTP/1.1 417 "));
}

TEST_F(Server, ClosesAConnectionThatStaysSilent) {
  serve(echo, {.idle_timeout = milliseconds{50}});
  RawClient client{server_->port()};
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.ended());
}

TEST_F(Server, CutsOffASenderThatIsTooSlow) {
  serve(echo, {.read_timeout = milliseconds{100}});
  RawClient client{server_->port()};
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  const RealStopwatch stopwatch;
  // Steady progress does not help: the whole request has one deadline.
  while (!client.is_readable(5) && stopwatch.elapsed() < milliseconds{5'000}) {
    client.send("x");
  }
  EXPECT_THAT(client.read_through("\r\n"), StartsWith("HTTP/1.1 408 "));
  EXPECT_GE(stopwatch.elapsed(), milliseconds{80});
}

TEST_F(Server, CutsOffAHeadThatComesTooSlowly) {
  serve(echo, {.read_timeout = milliseconds{100}});
  RawClient client{server_->port()};
  client.send("GET / HTTP/1.1\r\nHost: x\r\nA: ");
  const RealStopwatch stopwatch;
  while (!client.is_readable(5) && stopwatch.elapsed() < milliseconds{5'000}) {
    client.send("x");
  }
  EXPECT_THAT(client.read_through("\r\n"), StartsWith("HTTP/1.1 408 "));
  EXPECT_GE(stopwatch.elapsed(), milliseconds{80});
}

TEST_F(Server, EmptyLinesBeforeARequestDoNotKeepAConnection) {
  serve(echo, {.idle_timeout = milliseconds{100}});
  RawClient client{server_->port()};
  const RealStopwatch stopwatch;
  while (!client.is_readable(5) && stopwatch.elapsed() < milliseconds{5'000}) {
    client.send("\r\n");
  }
  client.read_all();
  EXPECT_TRUE(client.ended());
}

TEST_F(Server, AnswersTheNextRequestWhile200ConnectionsIdle) {
  serve(echo);
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 200; ++i) {
    idle.push_back(std::make_unique<RawClient>(server_->port()));
    idle.back()->send(i % 2 == 0 ? "" : "GET / HTTP");
  }
  const RealStopwatch stopwatch;
  EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_LT(stopwatch.elapsed(), milliseconds{2'000});
}

TEST_F(Server, RunsHandlersOfSeveralThreadsAtOnce) {
  std::mutex mutex;
  std::condition_variable both;
  int inside = 0;
  serve(
      [&](const Request&) {
        std::unique_lock lock{mutex};
        ++inside;
        both.notify_all();
        const bool met = both.wait_for(lock, std::chrono::seconds{5}, [&] { return inside == 2; });
        return Reply{.response = {.status = met ? 200 : 500}};
      },
      {.threads = 2});
  RawClient one{server_->port()};
  RawClient other{server_->port()};
  one.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(one.read_through("\r\n"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(other.read_through("\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Server, NamesTheAddressItCannotHave) {
  serve(echo);
  const auto second = SocketServer::start(runtime_, echo, {.port = server_->port()});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().problem,
              AllOf(StartsWith("cannot listen on 127.0.0.1:" + std::to_string(server_->port())), HasSubstr("in use")));
}

TEST_F(Server, FinishesAnExchangeThatHasBegunWhenItStops) {
  std::atomic<bool> inside = false;
  std::atomic<bool> may_answer = false;
  serve([&](const Request& request) {
    inside = true;
    while (!may_answer) {
      std::this_thread::yield();
    }
    return echo(request);
  });
  RawClient idle{server_->port()};
  RawClient busy{server_->port()};
  busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!inside) {
    std::this_thread::yield();
  }
  std::thread stopper{[&] { server_->stop(); }};
  may_answer = true;
  EXPECT_THAT(busy.read_all(), AllOf(StartsWith("HTTP/1.1 200 OK"), EndsWith("GET / 0\n")));
  stopper.join();
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_FALSE(RawClient{server_->port()}.connected());
}

TEST_F(Server, FinishesReadingARequestThatHasBegunWhenItStops) {
  serve(echo);
  RawClient client{server_->port()};
  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  client.read_through("\r\n\r\n");
  std::thread stopper{[&] { server_->stop(); }};
  while (RawClient{server_->port()}.connected()) {
    std::this_thread::yield();  // until it is stopping
  }
  client.send("half");
  EXPECT_THAT(client.read_all(), AllOf(HasSubstr("Connection: close"), EndsWith("POST / 4\nhalf")));
  stopper.join();
}

TEST_F(Server, StopsAfterTheGraceThoughAnExchangeHangs) {
  runtime_.drive(WallTime{});
  serve_reply({.delay = milliseconds{1}});
  RawClient client{server_->port()};
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!runtime_.activity().next_timer) {
    std::this_thread::yield();
  }
  const RealStopwatch stopwatch;
  server_->stop(milliseconds{50});
  EXPECT_LT(stopwatch.elapsed(), milliseconds{2'000});
  EXPECT_EQ(client.read_all(), "");
  runtime_.advance_to(WallTime{milliseconds{10}});  // the delay ends when nobody waits for it any more
}

}  // namespace
}  // namespace casewire::http
