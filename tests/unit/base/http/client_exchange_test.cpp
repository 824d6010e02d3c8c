#include "base/http/client_exchange.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/unit/base/http/raw_server.hpp"

namespace casewire::http {
namespace {

TEST(Exchange, KnowsThatNothingWasSentWhenThePeerHadResetTheConnection) {
  // The gap between looking at an idle connection and writing to it: the reset comes inside it.
  std::atomic<bool> is_open = false;
  std::atomic<bool> reset = false;
  RawServer server{[&](RawConnection& connection, int) {
    while (!is_open) {
      std::this_thread::yield();
    }
    connection.reset();
    reset = true;
  }};
  const auto origin = parse_origin(server.url());
  ASSERT_TRUE(origin);
  const Budget budget{milliseconds{2'000}};
  const auto connection = ClientConnection::open(*origin, nullptr, budget);
  is_open = true;
  ASSERT_TRUE(connection) << connection.error();
  while (!reset || (*connection)->is_fresh()) {
    std::this_thread::yield();
  }
  const auto outcome = exchange(**connection, {.method = "POST", .target = "/", .body = "body"}, budget, 1'000);
  ASSERT_TRUE(std::holds_alternative<TransportError>(outcome.answer));
  EXPECT_EQ(std::get<TransportError>(outcome.answer).kind, TransportError::Kind::not_sent);
  EXPECT_EQ((*connection)->bytes_sent(), 0u);
  EXPECT_FALSE(outcome.reusable);
}

TEST(Exchange, SendsNothingWhenTheTimeIsUp) {
  RawServer server{[](RawConnection& connection, int) { connection.await_end(); }};
  const auto connection = ClientConnection::open(*parse_origin(server.url()), nullptr, Budget{milliseconds{2'000}});
  ASSERT_TRUE(connection);
  const auto outcome = exchange(**connection, {.target = "/"}, Budget{milliseconds{0}}, 1'000);
  ASSERT_TRUE(std::holds_alternative<TransportError>(outcome.answer));
  EXPECT_EQ(std::get<TransportError>(outcome.answer).kind, TransportError::Kind::not_sent);
}

}  // namespace
}  // namespace casewire::http
