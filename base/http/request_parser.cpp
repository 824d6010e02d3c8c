#include "base/http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "base/http/body_decoder.hpp"
#include "base/http/outgoing.hpp"
#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

namespace beast = boost::beast;
using Outcome = BodyDecoder::Outcome;

/// Enough for all chunk extensions and trailers of a request that means well, and for one chunk header.
constexpr std::size_t kChunkHeaderBytesMax = 16 * 1024;

std::string_view standard(beast::string_view text) { return {text.data(), text.size()}; }

std::size_t count_of(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(),
                                                [&](const Header& header) { return equals_ignoring_case(header.name, name); }));
}

/// Line ends that are not CRLF, lines that continue the one before (obs-fold), NUL: each has led two parsers to two requests.
bool has_doubtful_lines(std::string_view head) {
  if (head.find('\0') != std::string_view::npos) {
    return true;
  }
  for (auto rest = head;;) {
    const auto end = std::min(rest.find('\r'), rest.size());
    if (rest.substr(0, end).find('\n') != std::string_view::npos) {
      return true;
    }
    if (rest.size() - end < 2) {
      return false;  // what follows is still to come
    }
    if (rest[end + 1] != '\n') {
      return true;
    }
    rest.remove_prefix(end + 2);
    if (rest.starts_with(' ') || rest.starts_with('\t')) {
      return true;
    }
  }
}

/// RFC 3986 section 3.2 without a user name, which RFC 9110 section 4.2.4 has taken from HTTP.
bool is_authority(std::string_view text) {
  const bool has_only_its_characters = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"-._~%!$&'()*+,;=:[]"}.find(c) != std::string_view::npos;
  });
  return has_only_its_characters && parse_origin("http://" + std::string{text});
}

/// What a handler sees of a request target in one of the forms of RFC 9112 section 3.2; nullopt when it is in none. Authority form
/// is none of ours: it belongs to CONNECT, and this server is no proxy.
std::optional<std::string> path_and_query(std::string_view method, std::string_view target) {
  if (target == "*" && method == "OPTIONS") {
    return std::string{target};
  }
  if (target.find('#') != std::string_view::npos) {
    return std::nullopt;
  }
  if (target.starts_with('/')) {
    return std::string{target};
  }
  // A server accepts the absolute form too.
  const auto origin = std::string{Request{.target = std::string{target}}.origin()};
  if (!parse_origin(origin) || !is_authority(std::string_view{origin}.substr(origin.find("://") + 3))) {
    return std::nullopt;
  }
  const auto rest = target.substr(origin.size());
  return (rest.starts_with('/') ? "" : "/") + std::string{rest};
}

}  // namespace

class RequestParser::Impl final : public beast::http::basic_parser<true> {
 public:
  explicit Impl(Limits limits) : limits_(limits) {
    // The limits are kept here: Beast's header limit has a status of its own to be told apart by, its body limit does not know
    // of content codings.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
    eager(true);
  }

  std::size_t feed(std::string_view bytes) {
    std::size_t used = 0;
    if (state_ == State::head) {
      used = feed_head(bytes);
    }
    if (state_ == State::body && used < bytes.size()) {
      used += feed_body(bytes.substr(used));
    }
    return used;
  }

  State state() const { return state_; }
  int refusal() const { return refusal_; }
  bool expects_continue() const { return state_ == State::body && expects_continue_; }
  /// HTTP/1.0 connections end with the answer: the keep-alive of that version was never a standard.
  bool is_persistent() const { return version_ >= 11 && keep_alive(); }
  const Request& head() const { return request_; }
  Request take() { return std::move(request_); }

 private:
  std::size_t feed_head(std::string_view bytes) {
    // RFC 9112 section 2.2: an empty line before the request line is skipped. Any number would be an endless way of sending nothing.
    std::size_t skipped = 0;
    while (bytes.substr(skipped).starts_with("\r\n")) {
      skipped += 2;
    }
    bytes.remove_prefix(skipped);
    bytes_skipped_ += skipped;
    const auto end = bytes.find("\r\n\r\n");
    const auto head = bytes.substr(0, end == std::string_view::npos ? end : end + 4);
    if (has_doubtful_lines(head) || bytes_skipped_ > limits_.header_bytes_max) {
      refuse(400);
    } else if (head.size() > limits_.header_bytes_max) {
      refuse(431);
    } else if (end != std::string_view::npos) {
      parse_head(head);
      return skipped + head.size();
    }
    return skipped;
  }

  void parse_head(std::string_view head) {
    beast::error_code error;
    put(boost::asio::buffer(head.data(), head.size()), error);
    if (error && error != beast::http::error::need_more) {
      refuse(refusal_ != 0 ? refusal_ : 400);
      return;
    }
    if (!is_header_done()) {
      refuse(400);
    } else if (const int status = objection(); status != 0) {
      refuse(status);
    } else if (is_done()) {
      state_ = State::complete;
    } else {
      state_ = State::body;
    }
  }

  /// The status that answers a head which is well-formed but not acceptable; 0 when it is.
  int objection() {
    const auto& headers = request_.headers;
    const auto hosts = count_of(headers, "Host");
    if (hosts > 1 || (hosts == 0 && version_ >= 11)) {
      return 400;
    }
    if (const auto host = headers.find("Host").value_or(""); !host.empty() && !is_authority(host)) {
      return 400;
    }
    const auto lengths = count_of(headers, "Content-Length");
    const auto codings = count_of(headers, "Transfer-Encoding");
    if (lengths > 1 || codings > 1 || lengths + codings > 1) {
      return 400;
    }
    if (lengths == 1 && headers.find("Content-Length")->find(',') != std::string_view::npos) {
      return 400;
    }
    if (codings == 1) {
      if (version_ < 11) {
        return 400;
      }
      if (!equals_ignoring_case(trimmed(*headers.find("Transfer-Encoding")), "chunked")) {
        return 501;
      }
    }
    if (count_of(headers, "Content-Encoding") > 1) {
      return 415;
    }
    const auto coding = BodyDecoder::coding_named(headers.find("Content-Encoding").value_or(""));
    const bool has_body = !is_done();
    const bool is_taken = coding != BodyDecoder::Coding::unknown && coding != BodyDecoder::Coding::brotli;
    if (!is_taken && has_body) {
      return 415;  // clients of either vendor send gzip or deflate
    }
    const auto length = content_length();
    if (length && *length > limits_.body_bytes_max) {
      return 413;  // a compressed body that is already too long is longer still when it is decoded
    }
    if (const auto expect = headers.find("Expect")) {
      if (!equals_ignoring_case(trimmed(*expect), "100-continue")) {
        return 417;
      }
      expects_continue_ = version_ >= 11;
    }
    if (has_body) {
      is_compressed_ = coding != BodyDecoder::Coding::identity;
      body_.emplace(coding, limits_.body_bytes_max);
      if (length && !is_compressed_) {
        constexpr std::uint64_t kReservedOnTrust = 1u << 20;
        body_->reserve(static_cast<std::size_t>(std::min(*length, kReservedOnTrust)));
      }
    }
    return 0;
  }

  std::size_t feed_body(std::string_view bytes) {
    expects_continue_ = false;
    std::size_t used = 0;
    while (state_ == State::body && used < bytes.size()) {
      beast::error_code error;
      const auto step = put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
      used += step;
      if (error && error != beast::http::error::need_more) {
        refuse(refusal_ != 0 ? refusal_ : 400);
      } else if (is_done()) {
        complete();
      } else if (step == 0) {
        break;
      }
    }
    if (state_ == State::body && bytes.size() - used > kChunkHeaderBytesMax) {
      refuse(431);
    }
    return used;
  }

  void complete() {
    if (body_->finish() != Outcome::good) {
      refuse(400);
      return;
    }
    request_.body = body_->take();
    // The handler gets the decoded body, so the headers must not promise another one.
    if (is_compressed_ || request_.headers.find("Transfer-Encoding")) {
      request_.headers.remove("Content-Encoding");
      request_.headers.remove("Transfer-Encoding");
      request_.headers.set("Content-Length", std::to_string(request_.body.size()));
    }
    state_ = State::complete;
  }

  void refuse(int status) {
    state_ = State::refused;
    refusal_ = status;
  }

  std::size_t append(beast::string_view bytes, beast::error_code& error) {
    const auto outcome = body_->append(standard(bytes));
    if (outcome != Outcome::good) {
      refusal_ = outcome == Outcome::too_long ? 413 : 400;
      error = beast::http::error::body_limit;
    }
    return bytes.size();
  }

  /// Chunk extensions and trailers mean nothing here, but they must not be an endless way of sending nothing (RFC 9112 section
  /// 7.1.1).
  void drop(std::size_t bytes, beast::error_code& error) {
    bytes_dropped_ += bytes;
    if (bytes_dropped_ > kChunkHeaderBytesMax) {
      refusal_ = 431;
      error = beast::http::error::header_limit;
    }
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       beast::error_code& error) override {
    request_.method = std::string{standard(method)};
    version_ = version;
    if (auto seen = path_and_query(request_.method, standard(target))) {
      request_.target = *std::move(seen);
    } else {
      error = beast::http::error::bad_target;
    }
  }
  void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, beast::error_code& error) override {
    // Trailers come here too. They are dropped: merged late, they could contradict what was decided by the headers.
    if (state_ == State::head) {
      request_.headers.add(std::string{standard(name)}, std::string{standard(value)});
    } else {
      drop(name.size() + value.size(), error);
    }
  }
  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, beast::error_code&) override {}
  std::size_t on_body_impl(beast::string_view body, beast::error_code& error) override { return append(body, error); }
  void on_chunk_header_impl(std::uint64_t size, beast::string_view extensions, beast::error_code& error) override {
    if (size > limits_.body_bytes_max) {
      refusal_ = 413;  // before it has come, like a Content-Length
      error = beast::http::error::body_limit;
    } else {
      drop(extensions.size(), error);
    }
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, beast::error_code& error) override {
    return append(body, error);
  }
  void on_finish_impl(beast::error_code&) override {}

  const Limits limits_;
  State state_ = State::head;
  int refusal_ = 0;
  int version_ = 11;
  bool expects_continue_ = false;
  bool is_compressed_ = false;
  std::size_t bytes_skipped_ = 0;
  std::size_t bytes_dropped_ = 0;
  Request request_;
  std::optional<BodyDecoder> body_;
};

RequestParser::RequestParser(Limits limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;
std::size_t RequestParser::feed(std::string_view bytes) { return impl_->feed(bytes); }
RequestParser::State RequestParser::state() const { return impl_->state(); }
int RequestParser::refusal() const { return impl_->refusal(); }
bool RequestParser::expects_continue() const { return impl_->expects_continue(); }
bool RequestParser::keep_alive() const { return impl_->is_persistent(); }
const Request& RequestParser::head() const { return impl_->head(); }
Request RequestParser::take() { return impl_->take(); }

}  // namespace casewire::http
