// Both sides over TLS.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"
#include "tests/unit/base/http/certificates.hpp"
#include "tests/unit/base/http/raw_server.hpp"
#include "tests/unit/base/http/server_fixture.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class Tls : public ServerFixture {
 protected:
  void serve_tls(Handler handler) { serve(std::move(handler), {.tls = certificates_.server()}); }
  Result<Response, TransportError> post(SocketTransport& transport, std::string body = "body") {
    return transport.send({.method = "POST", .target = server_->url() + "/x", .body = std::move(body)}, {});
  }
  Certificates certificates_;
};

TEST_F(Tls, CarriesExchangesWhenTheAuthorityIsKnown) {
  serve_tls([](const Request& request) { return Reply{.response = {.body = request.body}}; });
  EXPECT_THAT(server_->url(), StartsWith("https://127.0.0.1:"));
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  std::string body(3u << 20, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) {
    body[i] = static_cast<char>(i * 31 >> 4);
  }
  for (const auto& each : {std::string{"small"}, body, std::string{}, body}) {
    const auto answer = post(transport, each);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_TRUE(answer->body == each);
  }
}

TEST_F(Tls, RefusesAnAuthorityItDoesNotKnow) {
  bool asked = false;
  serve_tls([&](const Request&) {
    asked = true;
    return Reply{};
  });
  const Certificates others;
  for (const auto& ca_file : {others.ca_file(), std::string{}, std::string{"/nonexistent/ca.pem"}}) {
    SocketTransport transport{{.ca_file = ca_file}};
    const auto answer = post(transport);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Kind::not_sent);
    EXPECT_THAT(answer.error().what, HasSubstr("certificate"));
  }
  EXPECT_FALSE(asked);
}

TEST_F(Tls, RefusesACertificateForAnotherName) {
  const Certificates others{"DNS:other.test"};
  serve(echo, {.tls = others.server()});
  SocketTransport transport{{.ca_file = others.ca_file()}};
  const auto answer = post(transport);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::not_sent);
  EXPECT_THAT(answer.error().what, HasSubstr("mismatch"));
}

TEST_F(Tls, DoesNotTakeASecondAnswerForTheNextRequests) {
  int count = 0;
  serve_tls([&](const Request&) { return Reply{.response = {.body = std::to_string(++count)}, .wire = Wire::answered_twice}; });
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  for (int i = 1; i <= 3; ++i) {
    const auto answer = post(transport);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->body, std::to_string(i));
  }
}

TEST_F(Tls, DamagesTheWireUnderTls) {
  std::atomic<Wire> wire = Wire::intact;
  serve_tls([&](const Request&) { return Reply{.response = {.body = "0123456789"}, .wire = wire.load()}; });
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  for (const auto& [damage, kind] :
       {std::pair{Wire::reset_before_status, Kind::sent_no_answer}, std::pair{Wire::cut_in_body, Kind::cut_answer}}) {
    wire = damage;
    const auto answer = post(transport);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, kind);
  }
}

TEST_F(Tls, KeepsADeadlineThroughTheHandshake) {
  RawServer silent{[](RawConnection& connection, int) { connection.await_end(); }};
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  const RealStopwatch stopwatch;
  const auto answer = transport.send({.target = "https" + silent.url().substr(4)}, {milliseconds{100}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::not_sent);
  EXPECT_LT(stopwatch.elapsed(), milliseconds{1'000});
}

TEST_F(Tls, ASilentPeerHoldsUpNobody) {
  serve_tls(echo);
  const RawClient silent{server_->port()};
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  EXPECT_TRUE(post(transport));
}

TEST_F(Tls, StopsAlthoughAKeptConnectionIsOpen) {
  serve_tls(echo);
  SocketTransport transport{{.ca_file = certificates_.ca_file()}};
  ASSERT_TRUE(post(transport));
  const RealStopwatch stopwatch;
  server_->stop();
  EXPECT_LT(stopwatch.elapsed(), milliseconds{1'000});
  const auto answer = post(transport);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::not_sent);
}

TEST_F(Tls, NamesTheFileThatCannotBeUsed) {
  auto files = certificates_.server();
  files.private_key = "/nonexistent/server.key";
  const auto started = SocketServer::start(runtime_, echo, {.tls = files});
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().problem, AllOf(HasSubstr("private key"), HasSubstr("/nonexistent/server.key")));
}

}  // namespace
}  // namespace casewire::http
