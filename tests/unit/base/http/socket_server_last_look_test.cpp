// What lies unread in a socket when its connection is to be closed, and who looks at it. Each test holds up a loop of the server,
// so that what comes to its connections stays where it is until the test says so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>
#include <thread>
#include <utility>

#include "tests/unit/base/http/certificates.hpp"
#include "tests/unit/base/http/server_fixture.hpp"
#include "tests/unit/base/http/tls_client.hpp"

namespace casewire::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kGetHeld = "GET /held HTTP/1.1\r\nHost: x\r\n\r\n";

/// A request whose handler does not return before it is let go.
class Hold {
 public:
  void handle() {
    inside_.count_down();
    may_answer_.wait();
  }
  void await() { inside_.wait(); }
  void let_go() {
    if (!std::exchange(is_over_, true)) {
      may_answer_.count_down();
    }
  }

 private:
  std::latch inside_{1};
  std::latch may_answer_{1};
  bool is_over_ = false;
};

class LastLook : public ServerFixture {
 protected:
  void TearDown() override {
    hold_.let_go();
    second_hold_.let_go();
    server_.reset();  // its handler uses what is below
  }

  /// A request for /held occupies its loop, and one for /held/again too.
  void serve_holding(SocketServerOptions options = {}) {
    serve(
        [this](const Request& request) {
          if (request.target == "/held") hold_.handle();
          if (request.target == "/held/again") second_hold_.handle();
          if (request.target == "/late") came_late_ = true;
          return echo(request);
        },
        std::move(options));
  }

  Hold hold_;
  Hold second_hold_;
  std::atomic<bool> came_late_ = false;
};

// In the tests with two loops connections take them in turn: the first, third and fifth share the listener's, the second and
// fourth have the other, which is held up. A full server answers `probe` on the listener's loop only after it has seen whoever
// came before the question.

TEST_F(LastLook, ARequestThatLiesUnreadKeepsItsPlace) {
  // The loop of the oldest silent connection is busy when the connection is asked to give way, and a request comes before it
  // hears of it: closing then would lose a request that was complete in time.
  serve_holding({.threads = 2, .connections_max = 5, .idle_timeout_when_full = kAtOnce});
  const auto probe = come();
  answer_to_get(*probe);
  const auto oldest = come();
  const auto young = come();
  const auto holder = come(kGetHeld);
  hold_.await();
  answer_to_get(*probe);
  answer_to_get(*young);
  const auto youngest = come();
  const auto newcomer = come(kLastGet);
  EXPECT_THAT(answer_to_get(*probe), StartsWith("HTTP/1.1 200 OK"));
  oldest->send(kGet);
  hold_.let_go();
  EXPECT_THAT(oldest->read_through("0\n"), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(holder->read_through("0\n"), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(LastLook, AHeadThatIsCompleteAfterIts408IsNotHandled) {
  // The 408 was out and the connection lingered, but it seemed to await the head still: asked to give way it took the rest.
  serve_holding({.threads = 2, .connections_max = 5, .read_timeout = milliseconds{100}, .idle_timeout_when_full = kAtOnce});
  const auto probe = come();
  answer_to_get(*probe);
  const auto slow = come("GET /late HTTP/1.1\r\nHost: x\r\n");
  EXPECT_THAT(slow->read_through("\r\n\r\n"), StartsWith("HTTP/1.1 408 "));
  const auto young = come();
  const auto holder = come(kGetHeld);
  hold_.await();
  answer_to_get(*probe);
  const auto youngest = come();
  const auto newcomer = come(kLastGet);
  EXPECT_THAT(answer_to_get(*probe), StartsWith("HTTP/1.1 200 OK"));
  slow->send("\r\n");
  hold_.let_go();
  EXPECT_THAT(holder->read_through("0\n"), EndsWith("GET /held 0\n"));
  EXPECT_THAT(newcomer->read_all(), StartsWith("HTTP/1.1 200 OK"));
  server_->stop();
  EXPECT_FALSE(came_late_);
}

TEST_F(LastLook, ARequestOverTlsThatComesWhenTheIdleTimeIsOverIsReadToItsEnd) {
  // The last look had the TLS engine empty the socket, and took the head and a part of the body. The rest stayed in the engine:
  // the wait that was pending stood for the socket, where nothing more was to come.
  const Certificates certificates;
  serve_holding({.tls = certificates.server(), .idle_timeout = milliseconds{500}});
  TlsClient late{server_->port()};
  TlsClient second{server_->port()};
  TlsClient first{server_->port()};
  ASSERT_TRUE(late.connected() && second.connected() && first.connected());
  first.send(kGetHeld);
  hold_.await();
  second.send("GET /held/again HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(come()->is_readable(550));
  // The loop learns in one glance that `second` has asked and that the time of `late` is over, and is held up in between.
  hold_.let_go();
  second_hold_.await();
  late.send("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 8000\r\n\r\n" + std::string(8'000, 'b'));
  second_hold_.let_go();
  EXPECT_THAT(late.read_through("bbb"), HasSubstr("POST /body 8000\n"));
}

TEST_F(LastLook, ARequestThatLiesUnreadIsAnsweredWhenTheServerStops) {
  serve_holding();
  const auto silent = come();
  const auto holder = come(kGetHeld);
  hold_.await();
  std::thread stopper{[&] { server_->stop(); }};
  silent->send(kGet);
  hold_.let_go();
  EXPECT_THAT(holder->read_all(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(silent->read_all(), StartsWith("HTTP/1.1 200 OK"));
  stopper.join();
}

}  // namespace
}  // namespace casewire::http
