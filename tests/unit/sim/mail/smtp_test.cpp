#include "sim/mail/smtp.hpp"

#include <gmock/gmock.h>

#include <boost/asio.hpp>
#include <mutex>
#include <thread>

#include "base/runtime/thread_runtime.hpp"

namespace casewire::sim::mail {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;

struct AServer : testing::Test {
  ThreadRuntime runtime;
  std::mutex mutex;
  std::vector<Envelope> taken_;
  Reply reply;
  SmtpServerOptions options;
  std::unique_ptr<SmtpServer> server;

  void start() {
    auto started = SmtpServer::start(
        runtime,
        [this](const Envelope& mail) {
          const std::scoped_lock lock{mutex};
          taken_.push_back(mail);
          return reply;
        },
        options);
    ASSERT_TRUE(started) << started.error().problem;
    server = std::move(*started);
  }
  std::vector<Envelope> taken() {
    const std::scoped_lock lock{mutex};
    return taken_;
  }
  Delivery send(const Envelope& envelope, milliseconds within = 5s) {
    return SmtpTransport{"127.0.0.1", server->port(), within}.send(envelope);
  }
  Envelope mail() { return {"a@x.test", {"b@x.test", "c@x.test"}, "Subject: s\r\n\r\n.\r\n..two\r\n\r\nlast\r\n"}; }
};

/// A socket that reads and writes bytes as a person with telnet would.
class Telnet {
 public:
  explicit Telnet(std::uint16_t port) { socket_.connect({boost::asio::ip::make_address("127.0.0.1"), port}); }
  void write(std::string_view bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }
  std::string line() {
    boost::system::error_code problem;
    const auto count = boost::asio::read_until(socket_, boost::asio::dynamic_buffer(buffer_), "\r\n", problem);
    if (problem)
      return problem == boost::asio::error::eof                ? "(closed)"
             : problem == boost::asio::error::connection_reset ? "(reset)"
                                                               : "(error)";
    const std::string text = buffer_.substr(0, count - 2);
    buffer_.erase(0, count);
    return text;
  }
  void up_to_end_of_data() {
    line();
    write("HELO x\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\nhello\r\n.\r\n");
    for (int at = 0; at < 4; ++at) line();
  }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_{io_};
  std::string buffer_;
};

TEST_F(AServer, TakesTheMailByteForByte) {
  start();
  const auto delivery = send(mail());
  EXPECT_EQ(delivery.code, 250) << delivery.text;
  ASSERT_EQ(taken().size(), 1u);
  EXPECT_EQ(taken().at(0).sender, mail().sender);
  EXPECT_EQ(taken().at(0).recipients, mail().recipients);
  EXPECT_EQ(taken().at(0).message, mail().message);
}

TEST_F(AServer, TakesMailFromTheNullSender) {
  start();
  EXPECT_TRUE(send({"", {"b@x.test"}, "Subject: bounce\r\n\r\n"}).accepted());
  EXPECT_EQ(taken().at(0).sender, "");
}

TEST_F(AServer, GivesTheHandlersRefusalToTheSender) {
  reply = {550, "5.1.1 no such mailbox"};
  start();
  const auto delivery = send(mail());
  EXPECT_EQ(delivery.code, 550);
  EXPECT_EQ(delivery.text, "5.1.1 no such mailbox");
}

TEST_F(AServer, RefusesABadRecipientBeforeTheMail) {
  start();
  EXPECT_EQ(send({"a@x.test", {"no address"}, "Subject: s\r\n\r\n"}).code / 100, 5);
  EXPECT_TRUE(taken().empty());
}

TEST_F(AServer, RefusesAMailThatAnnouncesToBeTooBig) {
  options.message_bytes_max = 100;
  start();
  EXPECT_EQ(send({"a@x.test", {"b@x.test"}, std::string(200, 'x') + "\r\n"}).code, 552);
}

TEST_F(AServer, LosesTheAnswerAfterDataWithAPlainClose) {
  reply.damage = Damage::dropped_after_data;
  start();
  Telnet telnet{server->port()};
  telnet.up_to_end_of_data();
  EXPECT_EQ(telnet.line(), "(closed)");
  EXPECT_EQ(send(mail()).code, 0);
  EXPECT_EQ(taken().size(), 2u);
}

TEST_F(AServer, BreaksTheConnectionWithAReset) {
  reply.damage = Damage::dropped_before_data;
  start();
  Telnet telnet{server->port()};
  telnet.up_to_end_of_data();
  EXPECT_EQ(telnet.line(), "(reset)");
}

TEST_F(AServer, RefusesABareLineFeedOnTheWire) {
  start();
  Telnet telnet{server->port()};
  telnet.line();
  telnet.write("HELO x\n");
  EXPECT_THAT(telnet.line(), StartsWith("500"));
  EXPECT_EQ(telnet.line(), "(closed)");
}

TEST_F(AServer, TurnsAwayConnectionsOverItsLimit) {
  options.connections_max = 1;
  start();
  Telnet first{server->port()};
  first.line();
  Telnet second{server->port()};
  EXPECT_THAT(second.line(), StartsWith("421"));
  first.write("NOOP\r\n");
  EXPECT_THAT(first.line(), StartsWith("250"));
}

TEST_F(AServer, CutsASilentClientOff) {
  options.read_timeout = 50ms;
  start();
  Telnet telnet{server->port()};
  telnet.line();
  EXPECT_EQ(telnet.line(), "(closed)");
}

TEST_F(AServer, PassesADelayOnTheRuntimesClockAndServesOthersMeanwhile) {
  runtime.drive(*parse_iso8601("2026-01-05T09:00:00Z"));
  reply.delay = 1h;
  start();
  Telnet slow{server->port()};
  slow.up_to_end_of_data();
  Telnet other{server->port()};
  EXPECT_THAT(other.line(), StartsWith("220"));
  other.write("NOOP\r\n");
  EXPECT_THAT(other.line(), StartsWith("250"));
  for (int tries = 0; !runtime.activity().next_timer && tries < 5000; ++tries) {
    runtime.wait_for_change(runtime.activity().changes, 1ms);
  }
  runtime.advance_to(*parse_iso8601("2026-01-05T10:00:00Z"));
  EXPECT_THAT(slow.line(), StartsWith("250"));
}

TEST_F(AServer, LetsGoOfEverythingWhenStoppedDuringADelay) {
  runtime.drive(*parse_iso8601("2026-01-05T09:00:00Z"));
  reply.delay = 1h;
  start();
  Telnet slow{server->port()};
  slow.up_to_end_of_data();
  server->stop();
  EXPECT_NE(slow.line().front(), '2');
  server.reset();
  runtime.stop();
}

TEST_F(AServer, ServesManySendersAtOnce) {
  start();
  std::vector<std::thread> senders;
  std::atomic<int> accepted = 0;
  for (int at = 0; at < 8; ++at) {
    senders.emplace_back([&] {
      for (int mails = 0; mails < 10; ++mails) accepted += send(mail()).accepted() ? 1 : 0;
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(accepted, 80);
  EXPECT_EQ(taken().size(), 80u);
}

TEST(SmtpTransport, ReportsNoAnswerWhenNobodyListens) {
  std::uint16_t port = 0;
  {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor acceptor{io, {boost::asio::ip::make_address("127.0.0.1"), 0}};
    port = acceptor.local_endpoint().port();
  }
  EXPECT_EQ((SmtpTransport{"127.0.0.1", port}.send({"a@x.test", {"b@x.test"}, "x: y\r\n"}).code), 0);
}

TEST(SmtpTransport, GivesUpOnASilentServerInTime) {
  boost::asio::io_context io;
  boost::asio::ip::tcp::acceptor acceptor{io, {boost::asio::ip::make_address("127.0.0.1"), 0}};
  const auto delivery =
      SmtpTransport{"127.0.0.1", acceptor.local_endpoint().port(), 50ms}.send({"a@x.test", {"b@x.test"}, "x: y\r\n"});
  EXPECT_EQ(delivery.code, 0);
  EXPECT_EQ(delivery.text, "timed out");
}

TEST(SmtpServer, SaysWhyItCannotListen) {
  ThreadRuntime runtime;
  const auto first = SmtpServer::start(runtime, [](const Envelope&) { return Reply{}; });
  ASSERT_TRUE(first);
  const auto second = SmtpServer::start(runtime, [](const Envelope&) { return Reply{}; }, {.host = "192.0.2.1"});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().problem.find("192.0.2.1"), std::string::npos);
}

TEST(DirectMailTransport, GivesTheHandlersAnswerAndHidesItWhenTheLineDrops) {
  ThreadRuntime runtime;
  Reply reply{451, "later"};
  DirectMailTransport transport{runtime, [&](const Envelope&) { return reply; }};
  EXPECT_EQ(transport.send({}).code, 451);
  reply.damage = Damage::dropped_after_data;
  EXPECT_EQ(transport.send({}).code, 0);
}

}  // namespace
}  // namespace casewire::sim::mail
