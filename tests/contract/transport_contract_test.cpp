// What every Transport promises, asked of sockets on real time and of the simulated network on virtual time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/http/in_process_transport.hpp"
#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "base/runtime/thread_runtime.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;
using Outcome = Result<Response, TransportError>;
using testing::HasSubstr;
using testing::Not;

/// A handler and somebody who sends to it. The handler may run on another thread: the lock orders what it and the test touch.
class Ring {
 public:
  virtual ~Ring() = default;
  /// "http://host:port", where the handler answers.
  virtual std::string url() const = 0;

  void answer_with(Handler handler) {
    const std::lock_guard lock{mutex_};
    handler_ = std::move(handler);
  }
  Outcome send(const Request& request, Deadline deadline) {
    auto outcome = carry(request, deadline);
    const std::lock_guard lock{mutex_};
    return outcome;
  }

 protected:
  Reply answer(const Request& request) {
    const std::lock_guard lock{mutex_};
    return handler_(request);
  }

 private:
  virtual Outcome carry(const Request& request, Deadline deadline) = 0;
  std::mutex mutex_;
  Handler handler_;
};

class SocketRing final : public Ring {
 public:
  SocketRing() {
    auto started = SocketServer::start(runtime_, [this](const Request& request) { return answer(request); });
    EXPECT_TRUE(started.has_value());
    server_ = *std::move(started);
  }
  std::string url() const override { return server_->url(); }

 private:
  Outcome carry(const Request& request, Deadline deadline) override { return transport_.send(request, deadline); }

  ThreadRuntime runtime_;
  std::unique_ptr<SocketServer> server_;
  SocketTransport transport_;
};

class SimulatedRing final : public Ring {
 public:
  std::string url() const override { return "http://127.0.0.1:8080"; }

 private:
  Outcome carry(const Request& request, Deadline deadline) override {
    std::optional<Outcome> outcome;
    process_->spawn("sender", [&] { outcome = transport_.send(request, deadline); });
    runtime_.run_until_quiet();
    while (!outcome && runtime_.next_timer()) {
      runtime_.advance_to(*runtime_.next_timer());
      runtime_.run_until_quiet();
    }
    return *std::move(outcome);
  }

  FiberRuntime runtime_{WallTime{}, 1};
  std::unique_ptr<FiberProcess> process_ = runtime_.make_process("sender");
  const Handler entry_ = [this](const Request& request) { return answer(request); };
  InProcessTransport transport_{*process_, [this](std::string_view origin) { return origin == url() ? &entry_ : nullptr; }};
};

struct RingKind {
  const char* name;
  std::function<std::unique_ptr<Ring>()> make;
};
void PrintTo(const RingKind& row, std::ostream* out) { *out << row.name; }

class TransportContract : public testing::TestWithParam<RingKind> {
 protected:
  Outcome send_to(const Reply& reply, const std::string& method = "GET", milliseconds within = milliseconds{5'000}) {
    ring_->answer_with([reply](const Request&) { return reply; });
    return ring_->send({.method = method, .target = ring_->url() + "/"}, {within});
  }
  std::optional<Kind> kind_for(const Reply& reply, milliseconds within = milliseconds{5'000}) {
    const auto outcome = send_to(reply, "GET", within);
    return outcome ? std::nullopt : std::optional{outcome.error().kind};
  }
  const std::unique_ptr<Ring> ring_ = GetParam().make();
};

INSTANTIATE_TEST_SUITE_P(, TransportContract,
                         testing::Values(RingKind{"Sockets", [] { return std::make_unique<SocketRing>(); }},
                                         RingKind{"Simulated", [] { return std::make_unique<SimulatedRing>(); }}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_P(TransportContract, ShowsTheHandlerTheSameRequest) {
  Request seen;
  ring_->answer_with([&](const Request& request) {
    seen = request;
    return Reply{};
  });
  const std::string body{"\0\r\n\xff\x80 binary", 12};
  ASSERT_TRUE(ring_->send({.method = "POST",
                           .target = ring_->url() + "/a%2Fb//c?d=e%20f&g#h",
                           .headers = {{"Content-Type", "application/octet-stream"}, {"X-Two", "1"}, {"X-Two", "2"}},
                           .body = body},
                          {}));
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/a%2Fb//c?d=e%20f&g");
  EXPECT_EQ(seen.body, body);
  // Sockets sort headers by name (cpp-httplib keeps them so); values of one name stay in order.
  std::multimap<std::string, std::string> headers;
  for (const auto& [name, value] : seen.headers) {
    headers.emplace(name, value);
  }
  EXPECT_EQ(headers, (std::multimap<std::string, std::string>{{"Accept", "*/*"},
                                                              {"Content-Length", "12"},
                                                              {"Content-Type", "application/octet-stream"},
                                                              {"Host", ring_->url().substr(7)},
                                                              {"User-Agent", "casewire"},
                                                              {"X-Two", "1"},
                                                              {"X-Two", "2"}}));
}

TEST_P(TransportContract, ShowsTheHandlerThatAPostWithoutBodyIsEmpty) {
  std::optional<std::string> length;
  ring_->answer_with([&](const Request& request) {
    length = request.headers.find("Content-Length");
    return Reply{};
  });
  ASSERT_TRUE(ring_->send({.method = "POST", .target = ring_->url()}, {}));
  EXPECT_EQ(length, "0");
  ASSERT_TRUE(ring_->send({.method = "DELETE", .target = ring_->url()}, {}));
  EXPECT_EQ(length, std::nullopt);
}

TEST_P(TransportContract, GivesTheSenderTheSameAnswer) {
  const auto answer = send_to({.response = {.status = 418, .headers = {{"Z", "1"}, {"A", "%0a"}, {"z", "2"}}, .body = "tea"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->headers, (Headers{{"Z", "1"}, {"A", "%0a"}, {"z", "2"}, {"Content-Length", "3"}}));
  EXPECT_EQ(answer->body, "tea");
}

TEST_P(TransportContract, GivesNoBodyWhereHttpHasNone) {
  const Response full{.headers = {{"Content-Type", "text/plain"}}, .body = "text"};
  auto answer = send_to({.response = full}, "HEAD");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->headers, (Headers{{"Content-Type", "text/plain"}, {"Content-Length", "4"}}));
  EXPECT_EQ(answer->body, "");
  for (const int status : {204, 304}) {
    auto response = full;
    response.status = status;
    answer = send_to({.response = response});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->headers, Headers{});
    EXPECT_EQ(answer->body, "");
  }
}

TEST_P(TransportContract, FollowsNoRedirect) {
  const auto answer = send_to({.response = {.status = 307, .headers = {{"Location", "/elsewhere"}}}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 307);
}

TEST_P(TransportContract, TellsTheThreeErrorsApart) {
  ring_->answer_with([](const Request&) { return Reply{}; });
  const auto nobody = ring_->send({.target = "http://127.0.0.1:1/"}, {});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, Kind::not_sent);
  EXPECT_EQ(kind_for({.wire = Wire::reset_before_status}), Kind::sent_no_answer);
  EXPECT_EQ(kind_for({.wire = Wire::stall}, milliseconds{60}), Kind::sent_no_answer);
  EXPECT_EQ(kind_for({.delay = milliseconds{500}}, milliseconds{60}), Kind::sent_no_answer);
  EXPECT_EQ(kind_for({.response = {.body = "0123456789"}, .wire = Wire::cut_in_body}), Kind::cut_answer);
  EXPECT_EQ(kind_for({.response = {.status = 204}, .wire = Wire::cut_in_body}), Kind::cut_answer);
}

/// Lasts for so many looks.
class LooksLeft final : public Permit {
 public:
  explicit LooksLeft(int looks) : looks_(looks) {}
  bool lasts() const override { return looks_-- > 0; }

 private:
  mutable std::atomic<int> looks_;
};

TEST_P(TransportContract, SendsNothingAndNoWholeRequestOncePermitsEnd) {
  std::atomic<int> seen = 0;
  ring_->answer_with([&](const Request&) {
    ++seen;
    return Reply{};
  });
  const LooksLeft ended(0), lasting(1'000);
  const auto refused = ring_->send({.method = "POST", .target = ring_->url(), .body = "x"}, {.permit = &ended});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::not_sent);
  EXPECT_EQ(seen, 0);
  EXPECT_TRUE(ring_->send({.method = "POST", .target = ring_->url(), .body = "x"}, {.permit = &lasting}));
  EXPECT_EQ(seen, 1);
}

TEST_P(TransportContract, GetsACompleteAnswerHoweverItComes) {
  for (const auto wire : {Wire::dribble, Wire::answered_twice, Wire::intact}) {
    for (const auto* body : {"first", "second"}) {
      const auto answer = send_to({.response = {.body = body}, .delay = milliseconds{2}, .wire = wire});
      ASSERT_TRUE(answer) << answer.error().what;
      EXPECT_EQ(answer->body, body);
    }
  }
}

TEST_P(TransportContract, RefusesWhatCannotBeARequest) {
  ring_->answer_with([](const Request&) -> Reply {
    ADD_FAILURE() << "the handler was asked";
    return {};
  });
  const std::vector<Request> impossible{{.target = "/no/origin"},
                                        {.target = ring_->url() + "/a b"},
                                        {.method = "GET /x HTTP/1.1", .target = ring_->url()},
                                        {.target = ring_->url(), .headers = {{"A", "b\r\nC: secret"}}},
                                        {.target = ring_->url(), .headers = {{"A:", "b"}}}};
  for (const auto& request : impossible) {
    const auto outcome = ring_->send(request, {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, Kind::not_sent);
    EXPECT_THAT(outcome.error().what, Not(HasSubstr("secret")));
  }
}

TEST_P(TransportContract, AnswersAHandlersOwnMistakeWith500) {
  ring_->answer_with([](const Request&) -> Reply { throw std::runtime_error{"secret"}; });
  auto answer = ring_->send({.target = ring_->url()}, {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "");
  answer = send_to({.response = {.headers = {{"A", "b\r\nC: d"}}, .body = "secret"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "");
}

}  // namespace
}  // namespace casewire::http
