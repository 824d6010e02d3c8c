#include "base/http/in_process_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "base/runtime/fiber_runtime.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;
using testing::HasSubstr;

const WallTime kStart{milliseconds{1'000'000}};

class InProcess : public testing::Test {
 protected:
  /// Sends on a fiber and lets virtual time pass until there is an outcome.
  Result<Response, TransportError> send(const Request& request, milliseconds within = milliseconds{10'000}) {
    std::optional<Result<Response, TransportError>> outcome;
    InProcessTransport transport{
        *process_, [this](std::string_view origin) { return origin == "http://salesforce.test" ? &handler_ : nullptr; }};
    process_->spawn("sender", [&] {
      outcome = transport.send(request, {within});
      took_ = process_->now() - kStart;
    });
    runtime_.run_until_quiet();
    while (!outcome && runtime_.next_timer()) {
      runtime_.advance_to(*runtime_.next_timer());
      runtime_.run_until_quiet();
    }
    return *std::move(outcome);
  }
  Result<Response, TransportError> send_to(Reply reply, milliseconds within = milliseconds{10'000}) {
    handler_ = [reply = std::move(reply)](const Request&) { return reply; };
    return send({.target = "http://salesforce.test/"}, within);
  }

  FiberRuntime runtime_{kStart, 1};
  std::unique_ptr<FiberProcess> process_ = runtime_.make_process("bridge");
  Handler handler_;
  milliseconds took_{-1};
};

TEST_F(InProcess, GivesTheHandlerWhatAServerWouldSee) {
  Request seen;
  handler_ = [&](const Request& request) {
    seen = request;
    return Reply{.response = {.body = "ok"}};
  };
  const auto answer = send({.method = "POST", .target = "http://salesforce.test/a?b#c", .headers = {{"X", "y"}}, .body = "12"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "ok");
  EXPECT_EQ(answer->headers.find("content-length"), "2");
  EXPECT_EQ(seen.target, "/a?b");
  EXPECT_EQ(seen.body, "12");
  EXPECT_EQ(seen.headers.find("Host"), "salesforce.test");
  EXPECT_EQ(seen.headers.find("Content-Length"), "2");
  EXPECT_EQ(seen.headers.find("X"), "y");
  EXPECT_EQ(took_, milliseconds{0});
}

TEST_F(InProcess, ADelayPassesInVirtualTime) {
  ASSERT_TRUE(send_to({.delay = milliseconds{5'000}}));
  EXPECT_EQ(took_, milliseconds{5'000});
}

TEST_F(InProcess, ADelayBeyondTheDeadlineEndsAtTheDeadline) {
  const auto answer = send_to({.delay = milliseconds{10'001}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::sent_no_answer);
  EXPECT_EQ(took_, milliseconds{10'000});
}

TEST_F(InProcess, AStallEndsAtTheDeadline) {
  const auto answer = send_to({.wire = Wire::stall}, milliseconds{700});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::sent_no_answer);
  EXPECT_THAT(answer.error().what, HasSubstr("within 700 ms"));
  EXPECT_EQ(took_, milliseconds{700});
}

TEST_F(InProcess, ADamageComesAfterTheDelay) {
  const auto answer = send_to({.delay = milliseconds{50}, .wire = Wire::cut_in_body});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::cut_answer);
  EXPECT_EQ(took_, milliseconds{50});
}

TEST_F(InProcess, AnUnknownOriginIsNotSent) {
  const auto answer = send({.target = "http://nobody.test/"});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::not_sent);
  EXPECT_THAT(answer.error().what, HasSubstr("http://nobody.test"));
}

TEST_F(InProcess, AnExceptionOfTheHandlerIsA500) {
  handler_ = [](const Request&) -> Reply { throw std::runtime_error{"secret"}; };
  const auto answer = send({.target = "http://salesforce.test/"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "");
}

}  // namespace
}  // namespace casewire::http
