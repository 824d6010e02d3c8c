// Each damage of a Reply as a client sees it, and the delay on the runtime's clock.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/base/http/server_fixture.hpp"

namespace casewire::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class WireDamage : public ServerFixture {
 protected:
  void serve_damaged(Wire wire, std::string body = "0123456789", int status = 200) {
    serve_reply({.response = {.status = status, .body = std::move(body)}, .wire = wire});
  }
  void await_quiet() {
    while (runtime_.activity().busy != 0) {
      std::this_thread::yield();
    }
  }
};

TEST_F(WireDamage, ResetSendsRstBeforeTheStatusLine) {
  serve_damaged(Wire::reset_before_status);
  RawClient client{server_->port()};
  client.send(kGet);
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.reset());
}

TEST_F(WireDamage, CutEndsAfterHalfOfTheBody) {
  serve_damaged(Wire::cut_in_body);
  RawClient client{server_->port()};
  client.send(kGet);
  EXPECT_EQ(client.read_all(), "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
  EXPECT_TRUE(client.ended());
  EXPECT_FALSE(client.reset());
}

TEST_F(WireDamage, CutOfAnAnswerWithoutBodyEndsInsideTheHead) {
  serve_damaged(Wire::cut_in_body, "", 204);
  EXPECT_EQ(all_answers_to(kGet), "HTTP/1.1 204 No Content\r\n");
}

TEST_F(WireDamage, DribbleIsCompleteInTheEnd) {
  std::string body(200'000, 'b');
  serve_damaged(Wire::dribble, body);
  RawClient client{server_->port()};
  client.send(kGet);
  const auto head = client.read_through("\r\n\r\n");
  EXPECT_EQ(head, "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n");
  EXPECT_EQ(client.read_bytes(body.size()), body);
  client.send(kGet);
  EXPECT_EQ(client.read_through("\r\n\r\n"), head);  // the connection is as good as before
}

TEST_F(WireDamage, StallLastsUntilTheServerStops) {
  serve_damaged(Wire::stall);
  RawClient client{server_->port()};
  client.send(kGet);
  EXPECT_FALSE(client.is_readable(50));
  await_quiet();  // a stalled answer holds nobody's time
  server_->stop();
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.ended());
}

TEST_F(WireDamage, StallEndsWhenThePeerGivesUp) {
  std::atomic<int> requests = 0;
  serve([&](const Request&) { return Reply{.wire = ++requests == 1 ? Wire::stall : Wire::intact}; }, {.connections_max = 1});
  {
    RawClient client{server_->port()};
    client.send(kGet);
    EXPECT_FALSE(client.is_readable(30));
  }
  EXPECT_THAT(status_line_for(kGet), StartsWith("HTTP/1.1 200 "));  // its place is free again
}

TEST_F(WireDamage, AnsweredTwiceSendsTheWholeAnswerTwice) {
  serve_damaged(Wire::answered_twice, "ab");
  RawClient client{server_->port()};
  client.send(kGet);
  const std::string once = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
  EXPECT_EQ(client.read_bytes(2 * once.size()), once + once);
  EXPECT_FALSE(client.is_readable(20));
}

TEST_F(WireDamage, DelayPassesOnTheRuntimesClockAndHoldsNobodysTime) {
  const WallTime start{milliseconds{1'000'000}};
  runtime_.drive(start);
  serve_reply({.response = {.body = "late"}, .delay = milliseconds{86'400'000}});
  RawClient client{server_->port()};
  client.send(kGet);
  while (!runtime_.activity().next_timer) {
    std::this_thread::yield();
  }
  await_quiet();
  EXPECT_EQ(runtime_.wall_time_of(*runtime_.activity().next_timer), start + milliseconds{86'400'000});
  runtime_.advance_to(start + milliseconds{86'399'999});
  EXPECT_FALSE(client.is_readable(20));
  runtime_.advance_to(start + milliseconds{86'400'000});
  await_quiet();
  EXPECT_TRUE(client.is_readable(0));  // from the instant on, the world was busy until the answer was written
  EXPECT_THAT(client.read_through("late"), EndsWith("\r\n\r\nlate"));
}

TEST_F(WireDamage, AnExchangeIsBusyFromItsRequestToItsAnswer) {
  std::size_t busy_inside = 0;
  serve([&](const Request& request) {
    busy_inside = runtime_.activity().busy;
    return echo(request);
  });
  const auto before = runtime_.activity().changes;
  RawClient client{server_->port()};
  client.send("GET / HTTP/1.1\r\nHost: x\r\n");
  EXPECT_FALSE(client.is_readable(20));
  EXPECT_EQ(runtime_.activity().changes, before);  // half a request holds nobody's time
  client.send("\r\n");
  client.read_through("0\n");
  EXPECT_EQ(busy_inside, 1u);
  await_quiet();
}

TEST_F(WireDamage, ARuntimeThatStopsEndsDelayedExchanges) {
  serve_reply({.delay = milliseconds{60'000}});
  RawClient client{server_->port()};
  client.send(kGet);
  while (!runtime_.activity().next_timer) {
    std::this_thread::yield();
  }
  runtime_.stop();
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace casewire::http
