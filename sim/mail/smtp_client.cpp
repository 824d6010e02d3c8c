#include <boost/asio.hpp>

#include "base/text/strings.hpp"
#include "sim/mail/smtp.hpp"

namespace casewire::sim::mail {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kAnswerBytesMax = 64 * 1024;

struct Answer {
  int code = 0;  // 0: none came
  std::string text;
  bool is(int hundreds) const { return code / 100 == hundreds; }
};

/// Asynchronous operations, each waited for, under one timer that closes the socket: a total time limit without reading a clock.
class Client {
 public:
  explicit Client(std::chrono::milliseconds within) : timer_(io_, within) {
    timer_.async_wait([this](error_code problem) {
      if (problem) return;
      timed_out_ = true;
      error_code ignored;
      socket_.close(ignored);
    });
  }

  bool connect(const std::string& host, std::uint16_t port) {
    error_code problem;
    const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, problem);
    if (problem) return failed("not an IP address: " + host);
    run([&](auto done) { socket_.async_connect(tcp::endpoint{address, port}, [done](error_code p) { done(p); }); });
    return !problem_ || failed("cannot connect: " + problem_.message());
  }

  bool write(std::string_view bytes) {
    run([&](auto done) { asio::async_write(socket_, asio::buffer(bytes), [done](error_code p, std::size_t) { done(p); }); });
    return !problem_ || failed("the connection broke while sending: " + problem_.message());
  }

  /// One answer, its continuation lines included.
  Answer answer() {
    Answer result;
    for (;;) {
      const auto line = read_line();
      if (!line) return {0, trouble_};
      const bool well_formed = line->size() >= 3 && line->substr(0, 3).find_first_not_of("0123456789") == std::string::npos;
      if (!well_formed) return {0, "no SMTP answer"};
      result.code = std::stoi(line->substr(0, 3));
      result.text = line->size() > 4 ? line->substr(4) : "";
      if (result.text.size() > kAnswerBytesMax || line->size() < 4 || (*line)[3] != '-') return result;
    }
  }

  Answer ask(std::string_view line) {
    if (!write(std::string{line} + "\r\n")) return {0, trouble_};
    return answer();
  }

  const std::string& trouble() const { return trouble_; }

 private:
  template <class Start>
  void run(Start start) {
    bool finished = false;
    start([this, &finished](error_code problem) {
      problem_ = problem;
      finished = true;
    });
    io_.restart();
    while (!finished && io_.run_one() > 0) {
    }
  }

  std::optional<std::string> read_line() {
    run([&](auto done) {
      asio::async_read_until(socket_, asio::dynamic_buffer(incoming_, kAnswerBytesMax), "\r\n",
                             [done](error_code p, std::size_t) { done(p); });
    });
    if (problem_) {
      failed("the connection closed before an answer came: " + problem_.message());
      return std::nullopt;
    }
    const auto end = incoming_.find("\r\n");
    std::string line = incoming_.substr(0, end);
    incoming_.erase(0, end + 2);
    return line;
  }

  bool failed(std::string what) {
    trouble_ = timed_out_ ? "timed out" : std::move(what);
    return false;
  }

  asio::io_context io_{1};
  tcp::socket socket_{io_};
  asio::steady_timer timer_;
  error_code problem_{};
  bool timed_out_ = false;
  std::string incoming_{};
  std::string trouble_{};
};

/// RFC 5321 4.5.2: a line that begins with a dot gets a second one. The end mark is included.
std::string dot_stuffed(std::string_view message) {
  std::string result;
  result.reserve(message.size() + 64);
  bool line_start = true;
  for (const char c : message) {
    if (line_start && c == '.') result += '.';
    result += c;
    line_start = c == '\n';
  }
  if (!result.empty() && !result.ends_with("\r\n")) result += "\r\n";
  return result + ".\r\n";
}

Delivery gave_up(Client& client, const Answer& answer) {
  client.write("QUIT\r\n");
  return {answer.code, answer.text};
}

}  // namespace

Delivery SmtpTransport::send(const Envelope& envelope) {
  Client client{within_};
  if (!client.connect(host_, port_)) return {0, client.trouble()};
  Answer answer = client.answer();
  if (!answer.is(2)) return gave_up(client, answer);
  answer = client.ask("EHLO casewire.test");
  if (!answer.is(2)) return gave_up(client, answer);
  answer = client.ask("MAIL FROM:<" + envelope.sender + "> SIZE=" + std::to_string(envelope.message.size()));
  if (!answer.is(2)) return gave_up(client, answer);
  std::size_t taken = 0;
  for (const auto& recipient : envelope.recipients) {
    answer = client.ask("RCPT TO:<" + recipient + ">");
    if (answer.is(2)) ++taken;
    if (answer.code == 0 || answer.is(4)) return gave_up(client, answer);  // later, and then whole
  }
  if (taken == 0) return gave_up(client, answer);
  answer = client.ask("DATA");
  if (!answer.is(3)) return gave_up(client, answer);
  if (!client.write(dot_stuffed(envelope.message))) return {0, client.trouble()};
  answer = client.answer();
  if (answer.code != 0) client.write("QUIT\r\n");
  return {answer.code, answer.text};
}

}  // namespace casewire::sim::mail
