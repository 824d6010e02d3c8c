#include "base/http/client_exchange.hpp"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/http/answer.hpp"
#include "base/http/chunked_body.hpp"
#include "base/http/response_head.hpp"

// Debian's package is compiled with OpenSSL, zlib and Brotli, and its classes look otherwise without these macros: such a program
// links, and then writes over the stack. The macros come from pkg-config.
static_assert(sizeof(httplib::Client) == 16, "take cpp-httplib's flags from pkg-config");

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;

constexpr std::size_t kHeadBytesMax = 64 * 1024;
constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::size_t kWriteBytes = 16 * 1024;
constexpr int kInterimAnswersMax = 8;

/// Bytes that are taken from the front.
class Bytes {
 public:
  std::size_t left() const { return text_.size() - taken_; }
  std::string_view rest() const { return std::string_view{text_}.substr(taken_); }
  void skip(std::size_t count) { taken_ += count; }
  void append(std::string_view bytes) {
    text_.erase(0, std::exchange(taken_, 0));
    text_.append(bytes);
  }
  ssize_t take(char* into, std::size_t bytes_max) {
    const auto count = std::min(left(), bytes_max);
    std::copy_n(rest().begin(), count, into);
    skip(count);
    return static_cast<ssize_t>(count);
  }

 private:
  std::string text_;
  std::size_t taken_ = 0;
};

/// What the library reads from and writes to. It stands between the library and the wire for reasons of version 0.11.4:
/// - there is no total deadline in the library: here each step takes from one budget;
/// - it percent-decodes header values, sorts headers, matches the status line with std::regex, waits for the body of a 304, takes
///   the end of the stream inside a chunked body for its end, and knows no trailers: so head and chunks are read here, and the
///   library is given a plain head and the body; an early end is an error here;
/// - it does not tell whether a request left, nor whether an answer began.
class ExchangeStream final : public httplib::Stream {
 public:
  ExchangeStream(ClientConnection& connection, const Budget& budget, std::string_view method)
      : connection_(connection), budget_(budget), method_(method), sent_before_(connection.bytes_sent()) {}

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

  /// The library writes head and body apart; small ones leave together, when it turns to reading.
  ssize_t write(const char* bytes, std::size_t count) override {
    if (unsent_.size() + count > kWriteBytes) {
      return send_all(unsent_) && send_all({bytes, count}) ? static_cast<ssize_t>(count) : -1;
    }
    unsent_.append(bytes, count);
    return static_cast<ssize_t>(count);
  }

  ssize_t read(char* into, std::size_t bytes_max) override {
    if (!head_ && !(send_all(unsent_) && receive_head())) {
      return -1;
    }
    if (plain_head_.left() > 0) {
      return plain_head_.take(into, bytes_max);
    }
    if (framing_.kind == Framing::Kind::chunked) {
      return unchunk() ? chunk_data_.take(into, bytes_max) : -1;
    }
    const auto came = buffered_.left() > 0 ? buffered_.take(into, bytes_max) : connection_.read(into, bytes_max, budget_);
    return came == 0 && framing_.kind != Framing::Kind::until_close ? -1 : came;
  }

  bool nothing_sent() const { return connection_.bytes_sent() == sent_before_; }
  bool answer_began() const { return answer_began_; }
  /// The permit ended before all of the request was out: no server acts on such a piece.
  bool is_forbidden() const { return is_forbidden_; }
  const std::optional<ResponseHead>& head() const { return head_; }

  /// Nothing came behind the answer, all of the request left, and the server said nothing of closing.
  bool is_reusable() const {
    return head_ && !write_failed_ && buffered_.left() == 0 && head_->minor_version == 1 &&
           framing_.kind != Framing::Kind::until_close && !framing_.ambiguous && !connection_has(head_->headers, "close");
  }

 private:
  /// False when not one byte left. A server may refuse a body before it has all come, and close: its answer is there to be read
  /// although writing fails, so after some bytes a failure to write is left to the reading to judge.
  bool send_all(std::string_view bytes) {
    while (!write_failed_ && !bytes.empty()) {
      is_forbidden_ = is_forbidden_ || !budget_.may_write();
      if (is_forbidden_) return false;
      const auto written = connection_.write(bytes.data(), bytes.size(), budget_);
      write_failed_ = written < 0;
      bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    unsent_.clear();
    return !write_failed_ || !nothing_sent();
  }

  /// Reads until the final answer's head is complete, and leaves what came behind it in `buffered_`.
  bool receive_head() {
    for (int interim = 0; interim <= kInterimAnswersMax; ++interim) {
      auto end = buffered_.rest().find("\r\n\r\n");
      while (end == std::string::npos) {
        if (buffered_.left() > kHeadBytesMax || !receive_more()) {
          return false;
        }
        answer_began_ = answer_began_ || status_of(buffered_.rest()).value_or(0) >= 200;
        end = buffered_.rest().find("\r\n\r\n");
      }
      auto head = parse_response_head(buffered_.rest().substr(0, end + 4));
      if (!head || head->status == 101) {
        return false;  // nothing of ours asks for another protocol
      }
      buffered_.skip(end + 4);
      if (head->status >= 200) {
        return accept(*std::move(head));
      }
    }
    return false;
  }

  bool receive_more() {
    std::array<char, kReadBytes> bytes;
    const auto came = connection_.read(bytes.data(), bytes.size(), budget_);
    if (came > 0) {
      buffered_.append({bytes.data(), static_cast<std::size_t>(came)});
    }
    return came > 0;
  }

  /// Until there is data, or the body is complete. False when it will never be.
  bool unchunk() {
    std::string data;
    while (chunk_data_.left() == 0 && chunked_.state() == ChunkedBody::State::unfinished) {
      buffered_.skip(chunked_.decode(buffered_.rest(), data));
      if (!data.empty()) {
        chunk_data_.append(data);
      } else if (chunked_.state() == ChunkedBody::State::unfinished && !receive_more()) {
        return false;
      }
    }
    return chunk_data_.left() > 0 || chunked_.state() == ChunkedBody::State::complete;
  }

  bool accept(ResponseHead head) {
    answer_began_ = true;
    const auto framing = framing_of(head, method_);
    if (!framing) {
      return false;
    }
    framing_ = *framing;
    std::string plain = "HTTP/1.1 200 \r\n";
    switch (framing_.kind) {
      case Framing::Kind::empty: plain += "Content-Length: 0\r\n"; break;
      case Framing::Kind::length: plain += "Content-Length: " + std::to_string(framing_.length) + "\r\n"; break;
      case Framing::Kind::chunked:
      case Framing::Kind::until_close: break;
    }
    plain_head_.append(plain + "\r\n");
    head_ = std::move(head);
    return true;
  }

  ClientConnection& connection_;
  const Budget& budget_;
  const std::string_view method_;
  const std::size_t sent_before_;
  std::string unsent_;
  bool write_failed_ = false;
  bool is_forbidden_ = false;
  bool answer_began_ = false;
  std::optional<ResponseHead> head_;
  Framing framing_;
  Bytes plain_head_;
  Bytes buffered_;
  ChunkedBody chunked_;
  Bytes chunk_data_;
};

/// cpp-httplib's client for one exchange over a connection that is not its own.
class LibraryClient final : public httplib::ClientImpl {
 public:
  explicit LibraryClient(ExchangeStream& stream) : ClientImpl("localhost", 0), stream_(stream) {
    set_keep_alive(true);  // or it adds "Connection: close"
    set_url_encode(false);
    set_decompress(false);
  }

 private:
  // The library wants a descriptor to believe in between these two calls; it never uses it.
  static constexpr socket_t kBorrowed = 0;

  bool create_and_connect_socket(Socket& socket, httplib::Error&) override {
    socket.sock = kBorrowed;
    return true;
  }
  bool process_socket(const Socket&, std::function<bool(httplib::Stream&)> exchange) override {
    const bool good = exchange(stream_);
    socket_.sock = INVALID_SOCKET;  // so that it closes nothing
    return good;
  }

  ExchangeStream& stream_;
};

httplib::Request library_request(const Request& request) {
  httplib::Request made;
  made.method = request.method;
  made.path = request.target;
  for (const auto& [name, value] : request.headers) {
    made.headers.emplace(name, value);
  }
  if (request.body.empty()) {
    made.headers.erase("Content-Length");  // the library adds its own, without looking
  } else {
    // A provider and not `made.body`: the library copies its Request once more.
    made.content_length_ = request.body.size();
    made.content_provider_ = [&body = request.body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
      return sink.write(body.data() + offset, length);
    };
  }
  return made;
}

TransportError failure(const ExchangeStream& stream, const Budget& budget, bool too_long) {
  if (stream.is_forbidden()) return {Kind::not_sent, "not sent: the permit has ended"};
  const auto within = " within " + human_duration(budget.whole());
  if (stream.nothing_sent()) {
    return {Kind::not_sent, budget.is_spent() ? "not sent" + within : "the connection was closed before the request"};
  }
  if (!stream.answer_began()) {
    return {Kind::sent_no_answer, budget.is_spent() ? "no answer" + within : "the connection ended before a status line"};
  }
  if (too_long) {
    return {Kind::cut_answer, "the answer is longer than allowed"};
  }
  return {Kind::cut_answer, budget.is_spent() ? "the answer was not complete" + within
                                              : "the connection ended inside the answer, or the answer is malformed"};
}

}  // namespace

ExchangeOutcome exchange(ClientConnection& connection, const Request& request, const Budget& budget,
                         std::size_t response_bytes_max) {
  ExchangeStream stream{connection, budget, request.method};
  LibraryClient client{stream};
  auto made = library_request(request);
  std::string body;
  bool too_long = false;
  made.content_receiver = [&](const char* bytes, std::size_t count, std::uint64_t, std::uint64_t whole) {
    too_long = whole > response_bytes_max || count > response_bytes_max - body.size();
    if (!too_long) {
      body.append(bytes, count);
    }
    return !too_long;
  };
  httplib::Response read;
  auto error = httplib::Error::Success;
  const bool good = client.send(made, read, error);
  if (!good || !stream.head()) {
    return {.answer = failure(stream, budget, too_long)};
  }
  return {.answer = Response{.status = stream.head()->status, .headers = stream.head()->headers, .body = std::move(body)},
          .reusable = stream.is_reusable()};
}

}  // namespace casewire::http
