#include "base/http/socket_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "tests/unit/base/http/raw_server.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

Result<Response, TransportError> post(SocketTransport& transport, const std::string& url,
                                      milliseconds within = milliseconds{5'000}) {
  return transport.send({.method = "POST", .target = url + "/path", .body = "body"}, {within});
}

/// The error of a POST to a server that reads the request, sends `answer` and closes.
Kind kind_after(std::string_view answer) {
  RawServer server{[&](RawConnection& connection, int) {
    connection.read_request();
    connection.send(answer);
  }};
  SocketTransport transport;
  const auto result = post(transport, server.url());
  EXPECT_FALSE(result.has_value());
  EXPECT_EQ(server.connections(), 1);
  return result ? Kind{} : result.error().kind;
}

std::string unused_url() {
  RawServer server{[](RawConnection&, int) {}};
  return server.url();
}

TEST(Transport, WritesAPlainRequest) {
  std::string request;
  RawServer server{[&](RawConnection& connection, int) {
    request = connection.read_request();
    connection.send(kOk);
  }};
  SocketTransport transport;
  const std::string body{"b\0\r\n\xff", 5};
  const auto answer =
      transport.send({.method = "PATCH", .target = server.url() + "/a%20b?c=d#e", .headers = {{"X-A", "1"}}, .body = body}, {});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "ok");
  EXPECT_THAT(request, AllOf(StartsWith("PATCH /a%20b?c=d HTTP/1.1\r\n"), HasSubstr("Host: " + server.url().substr(7) + "\r\n"),
                             HasSubstr("X-A: 1\r\n"), HasSubstr("Content-Length: 5\r\n"), EndsWith("\r\n\r\n" + body)));
  EXPECT_THAT(request, AllOf(Not(HasSubstr("Accept-Encoding")), Not(HasSubstr("httplib")), Not(HasSubstr("Content-Type"))));
}

TEST(Transport, SaysThatAPostHasNoBody) {
  std::string request;
  RawServer server{[&](RawConnection& connection, int) {
    request = connection.read_request();
    connection.send(kOk);
  }};
  SocketTransport transport;
  ASSERT_TRUE(transport.send({.method = "POST", .target = server.url()}, {}));
  const auto at = request.find("Content-Length: 0\r\n");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(request.find("Content-Length", at + 1), std::string::npos);
}

TEST(Transport, GivesHeadersInTheirOrderAndAsTheyCame) {
  RawServer server{[&](RawConnection& connection, int) {
    connection.read_request();
    connection.send("HTTP/1.1 302 Found\r\nZ: 1\r\nLocation: /a%2Fb%0d%0ac\r\na:2\r\nz: \t3 \r\nContent-Length: 0\r\n\r\n");
  }};
  SocketTransport transport;
  const auto answer = post(transport, server.url());
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 302);  // not followed
  EXPECT_THAT(std::vector<Header>(answer->headers.begin(), answer->headers.end()),
              ElementsAre(Header{"Z", "1"}, Header{"Location", "/a%2Fb%0d%0ac"}, Header{"a", "2"}, Header{"z", "3"},
                          Header{"Content-Length", "0"}));
}

TEST(Transport, ReadsBodiesByEachFraming) {
  const std::vector<std::string> answers{
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00;x=y\r\nTrailer: a\r\nOther: b\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\r\nhello",
      "HTTP/1.0 200\r\n\r\nhello",
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  };
  RawServer server{[&](RawConnection& connection, int number) {
    connection.read_request();
    connection.send(answers[static_cast<std::size_t>(number - 1)]);
  }};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    SocketTransport transport;
    const auto answer = post(transport, server.url());
    ASSERT_TRUE(answer) << answers[i] << answer.error().what;
    EXPECT_EQ(answer->body, "hello") << answers[i];
  }
}

TEST(Transport, AwaitsNoBodyWhereThereIsNone) {
  const std::vector<std::string> answers{"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
                                         "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"};
  RawServer server{[&](RawConnection& connection, int) {
    for (const auto& answer : answers) {
      connection.read_request();
      connection.send(answer);
    }
    connection.await_end();
  }};
  SocketTransport transport;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto answer = transport.send({.method = i == 2 ? "HEAD" : "GET", .target = server.url()}, {milliseconds{2'000}});
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->body, "");
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, UsesAConnectionAgain) {
  RawServer server{[](RawConnection& connection, int) {
    while (!connection.read_request().empty()) {
      connection.send(kOk);
    }
  }};
  SocketTransport transport;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(post(transport, server.url()));
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, LeavesAConnectionThatTheServerWantsClosed) {
  RawServer server{[](RawConnection& connection, int) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nok");
    connection.await_end();
  }};
  SocketTransport transport;
  ASSERT_TRUE(post(transport, server.url()));
  ASSERT_TRUE(post(transport, server.url()));
  EXPECT_EQ(server.connections(), 2);
}

TEST(Transport, TakesANewConnectionWhenTheServerClosedAnIdleOne) {
  std::atomic<int> closed = 0;
  RawServer server{[&](RawConnection& connection, int) {
    connection.read_request();
    connection.send(kOk);
    connection.close();
    ++closed;
  }};
  SocketTransport transport;
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE(post(transport, server.url()));
    while (closed < i) {
      std::this_thread::yield();
    }
  }
  EXPECT_EQ(server.connections(), 20);
}

TEST(Transport, NeverSendsAPostTwice) {
  // The server reads the second request on the kept connection and closes without an answer: it may have acted.
  std::atomic<int> requests = 0;
  RawServer server{[&](RawConnection& connection, int) {
    connection.read_request();
    connection.send(kOk);
    requests += connection.read_request().empty() ? 0 : 1;
    connection.reset();
  }};
  SocketTransport transport;
  ASSERT_TRUE(post(transport, server.url()));
  const auto second = post(transport, server.url());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::sent_no_answer);
  EXPECT_EQ(requests, 1);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Transport, DoesNotTakeASecondAnswerForTheNextRequests) {
  RawServer server{[](RawConnection& connection, int number) {
    int request = 0;
    while (!connection.read_request().empty()) {
      const auto answer =
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + std::to_string(number) + "." + std::to_string(++request);
      connection.send(answer + answer);
    }
  }};
  SocketTransport transport;
  for (int i = 1; i <= 5; ++i) {
    const auto answer = post(transport, server.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, std::to_string(i) + ".1");
  }
}

TEST(TransportErrors, NotSentWhenNobodyListens) {
  SocketTransport transport;
  const auto url = unused_url();
  const auto result = post(transport, url);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Kind::not_sent);
  EXPECT_THAT(result.error().what, AllOf(HasSubstr(url), HasSubstr("refused"), Not(HasSubstr("path"))));
}

TEST(TransportErrors, NotSentWhenTheUrlOrAHeaderIsImpossible) {
  SocketTransport transport;
  for (const auto* target : {"", "/path", "ftp://x/", "http://", "http://x:0/", "http://x:99999/", "http://u:p@x/",
                             "http://127.0.0.1:1/a b", "http://127.0.0.1:1/\r\nX: y", "http://[::1/"}) {
    const auto result = transport.send({.target = target}, {});
    ASSERT_FALSE(result) << target;
    EXPECT_EQ(result.error().kind, Kind::not_sent) << target;
  }
  const auto smuggled = transport.send({.target = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}}, {});
  ASSERT_FALSE(smuggled);
  EXPECT_THAT(smuggled.error().what, AllOf(HasSubstr("header"), Not(HasSubstr("C: d"))));
}

TEST(TransportErrors, SentNoAnswerBeforeTheStatusLineIsComplete) {
  EXPECT_EQ(kind_after(""), Kind::sent_no_answer);
  EXPECT_EQ(kind_after("HTTP/1.1 2"), Kind::sent_no_answer);
  EXPECT_EQ(kind_after("HTTP/1.1 200 OK"), Kind::sent_no_answer);
  EXPECT_EQ(kind_after("220 smtp.example.test\r\n\r\n"), Kind::sent_no_answer);
  EXPECT_EQ(kind_after("HTTP/1.1 100 Continue\r\n\r\n"), Kind::sent_no_answer);
}

TEST(TransportErrors, CutAnswerBehindTheStatusLine) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  EXPECT_EQ(kind_after(head), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "A: b\r\n"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Content-Length: 5\r\n\r\nhell"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Content-Length: five\r\n\r\nhello"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"), Kind::cut_answer);
  // What the body holds is no end of it.
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n0\r\n\r\n"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n4\r\n0\r\n\r\n"), Kind::cut_answer);
  for (const std::string size : {"", "-5", "+5", "0x5", "5x", "5 x", " 5", "fffffffffffffffff"}) {
    EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n"), Kind::cut_answer)
        << size;
  }
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: chunked\r\n\r\n0;" + std::string(20'000, 'x') + "\r\n\r\n"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + "Transfer-Encoding: gzip\r\n\r\nhello"), Kind::cut_answer);
  EXPECT_EQ(kind_after(head + " folded: line\r\nContent-Length: 0\r\n\r\n"), Kind::cut_answer);
}

TEST(TransportErrors, SentNoAnswerWhenTheConnectionIsReset) {
  RawServer server{[](RawConnection& connection, int) {
    connection.read_request();
    connection.reset();
  }};
  SocketTransport transport;
  const auto result = post(transport, server.url());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, Kind::sent_no_answer);
}

TEST(TransportErrors, TheDeadlineHoldsThoughTheAnswerTrickles) {
  RawServer server{[](RawConnection& connection, int number) {
    connection.read_request();
    if (number == 1) {
      connection.await_end();
      return;
    }
    // Each byte comes well within a read time-out; the whole does not come to its end on the fastest machine.
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
    const RealStopwatch stopwatch;
    while (stopwatch.elapsed() < milliseconds{400}) {
      connection.send("x");
      std::this_thread::yield();
    }
  }};
  SocketTransport transport;
  for (const auto kind : {Kind::sent_no_answer, Kind::cut_answer}) {
    const RealStopwatch stopwatch;
    const auto result = post(transport, server.url(), milliseconds{150});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, kind);
    EXPECT_THAT(result.error().what, HasSubstr("within 150 ms"));
    EXPECT_GE(stopwatch.elapsed(), milliseconds{149});
    EXPECT_LT(stopwatch.elapsed(), milliseconds{350});
  }
}

TEST(TransportErrors, AnAnswerBeyondTheLimitIsCut) {
  const std::string body(2'000, 'x');
  const std::vector<std::string> answers{"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + body,
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + body + "\r\n0\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\n\r\n" + body};
  RawServer server{[&](RawConnection& connection, int number) {
    connection.read_request();
    connection.send(answers[static_cast<std::size_t>(number - 1)]);
  }};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    SocketTransport transport{{.response_bytes_max = 1'999}};
    const auto result = post(transport, server.url());
    ASSERT_FALSE(result) << i;
    EXPECT_EQ(result.error().kind, Kind::cut_answer);
    EXPECT_THAT(result.error().what, HasSubstr("longer than allowed"));
  }
}

TEST(TransportErrors, AnEarlyRefusalIsReadThoughTheBodyCouldNotBeSent) {
  RawServer server{[](RawConnection& connection, int) {
    connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    connection.read_request();
  }};
  SocketTransport transport;
  const auto answer = transport.send({.method = "POST", .target = server.url(), .body = std::string(1u << 20, 'x')}, {});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 413);
}

/// A slow server and its client, by a clock that stands still until it is moved.
class DrivenCall : public testing::Test {
 protected:
  DrivenCall() { runtime_.drive(parse_iso8601("2026-01-05T09:00:00.000Z").value()); }
  ~DrivenCall() override {
    if (caller_.joinable()) caller_.join();
    server_->stop();
    runtime_.stop();
  }

  void call(milliseconds answered_after) {
    const auto handler = [answered_after](const Request&) { return Reply{.response = {.body = "ok"}, .delay = answered_after}; };
    server_ = SocketServer::start(runtime_, handler).value();
    caller_ = std::thread([this] { answer_ = transport_.send({.method = "GET", .target = server_->url() + "/"}, {kDeadline}); });
    while (server_->exchanges_held() == 0) std::this_thread::yield();
    EXPECT_EQ(transport_.open_calls().count, 1u);
    EXPECT_EQ(transport_.open_calls().next_deadline, runtime_.steady_now() + kDeadline);
  }
  const Result<Response, TransportError>& answer_once_moved_by(milliseconds time) {
    runtime_.advance_to(runtime_.now() + time);
    caller_.join();
    EXPECT_EQ(transport_.open_calls().count, 0u);
    EXPECT_EQ(server_->exchanges_held(), 0u);
    return *answer_;
  }

  static constexpr milliseconds kDeadline{10'000};
  ThreadRuntime runtime_;
  SocketTransport transport_{{.clock = &runtime_}};
  std::unique_ptr<SocketServer> server_;
  std::optional<Result<Response, TransportError>> answer_;
  std::thread caller_;
};

TEST_F(DrivenCall, IsAnsweredWhenTheClockHasMovedThatFar) {
  call(milliseconds{9'000});
  const auto& answer = answer_once_moved_by(milliseconds{9'000});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "ok");
}

TEST_F(DrivenCall, EndsAtItsDeadlineAndIsHeldNoLonger) {
  call(milliseconds{40'000});
  const auto& answer = answer_once_moved_by(kDeadline);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::sent_no_answer);
}

}  // namespace
}  // namespace casewire::http
