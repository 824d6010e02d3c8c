// R1, R2: whatever an answer or a request looks like on the wire, it is recorded and replayed with the same bytes. Everything goes over
// real sockets: a client, the recording proxies, and a server that writes what the table says; then the tape is written, read, and served again.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/posts.hpp"
#include "scenarios/tape/replayer.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

/// Answers every connection with the same bytes, and keeps what the last one asked.
class RawServer {
 public:
  explicit RawServer(std::string answer) : answer_(std::move(answer)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~RawServer() {
    ::shutdown(socket_, SHUT_RDWR);
    ::close(socket_);
    thread_.join();
  }
  const std::string& url() const { return url_; }
  const std::string& asked() const { return asked_; }

 private:
  void serve() {
    for (int one = ::accept(socket_, nullptr, nullptr); one >= 0; one = ::accept(socket_, nullptr, nullptr)) {
      asked_ = request_of(one);
      for (std::size_t at = 0; at < answer_.size();) {
        const auto sent = ::send(one, answer_.data() + at, answer_.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) break;
        at += static_cast<std::size_t>(sent);
      }
      ::shutdown(one, SHUT_WR);
      ::close(one);
    }
  }

  /// Its body; the clients here always say how long it is.
  static std::string request_of(int one) {
    std::string text;
    std::size_t head = std::string::npos, wanted = 0;
    char buffer[65'536];
    while (head == std::string::npos || text.size() < head + 4 + wanted) {
      const auto got = ::recv(one, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      text.append(buffer, static_cast<std::size_t>(got));
      if (head != std::string::npos) continue;
      head = text.find("\r\n\r\n");
      const std::size_t length = lowercase(text.substr(0, head)).find("content-length: ");
      if (head != std::string::npos && length != std::string::npos) wanted = std::stoull(text.substr(length + 16));
    }
    return head == std::string::npos ? std::string() : text.substr(head + 4);
  }

  const std::string answer_;
  int socket_;
  std::string url_, asked_;
  std::thread thread_;
};

std::string of_length(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "Connection: close\r\n\r\n" +
         body;
}

std::string chunked(const std::string& body, std::size_t size, const std::string& extension = "",
                    const std::string& trailer = "") {
  std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
  char hexadecimal[20];
  for (std::size_t at = 0; at < body.size(); at += size) {
    const std::string chunk = body.substr(at, size);
    std::snprintf(hexadecimal, sizeof hexadecimal, "%zx", chunk.size());
    text += hexadecimal + extension + "\r\n" + chunk + "\r\n";
  }
  return text + "0\r\n" + trailer + "\r\n";
}

std::string head_only(const std::string& status, const std::string& headers = "") {
  return "HTTP/1.1 " + status + "\r\n" + headers + "Connection: close\r\n\r\n";
}

std::string all_bytes() {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  return all;
}

std::string large(std::size_t size) {
  std::string bytes(size, '\0');
  unsigned state = 1;
  for (char& byte : bytes) byte = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
  return bytes;
}

// gzip and deflate of `{"text":"Where is it?"}`, as gzip and zlib wrote them.
std::string bytes_of_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  return bytes;
}
const std::string kGzip = bytes_of_hex("1f8b0800000000000203ab562a49ad2851b2520acf482d4a55c82c56c82cb157aa0500bc8f7c8017000000");
const std::string kDeflate = bytes_of_hex("789cab562a49ad2851b2520acf482d4a55c82c56c82cb157aa05005dae07b3");

struct Shape {
  const char* name;
  std::string answer;  ///< on the wire
  std::string body;    ///< which its receiver is to have
  http::Request request{.method = "GET", .target = "/shape"};
  int status = 200;
};

http::Request asking(const char* method, std::string target, const char* type, std::string body) {
  http::Request request{.method = method, .target = std::move(target), .headers = {}, .body = std::move(body)};
  if (*type != '\0') request.headers.add("Content-Type", type);
  return request;
}

std::vector<Shape> shapes() {
  const std::string text = R"({"text":"Where is it?"})", ok = of_length("ok");
  const std::string hostile = "--=_(a,b)/:?.'+";
  const std::string parts = "--" + hostile + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--not=_it\r\n--" + hostile +
                            "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\xC3\xA9.bin\"\r\n\r\n" + all_bytes() +
                            "\r\n--" + hostile + "--\r\n";
  const std::string multipart_type = "multipart/form-data; boundary=\"" + hostile + "\"";
  const std::string million = large(1u << 20), file = large(25u << 20);
  return {
      {"length", of_length(text), text},
      {"chunked", chunked(text, 8), text},
      {"a_byte_a_chunk", chunked(text, 1), text},
      {"trailers", chunked(text, 8, "", "X-Sum: 1\r\n"), text},
      {"chunk_extensions", chunked(text, 8, ";a=b"), text},
      {"many_chunks", chunked(million, 1000), million},
      {"gzip", of_length(kGzip, "Content-Encoding: gzip\r\n"), kGzip},
      {"deflate", of_length(kDeflate, "Content-Encoding: deflate\r\n"), kDeflate},
      {"brotli_named", of_length("\x8b\x0b\x80{}\x03", "Content-Encoding: br\r\n"), "\x8b\x0b\x80{}\x03"},
      {"zstd_named", of_length("\x28\xb5\x2f\xfd\x20", "Content-Encoding: zstd\r\n"), "\x28\xb5\x2f\xfd\x20"},
      {"coded_twice", of_length(kGzip, "Content-Encoding: gzip, gzip\r\n"), kGzip},
      {"identity_named", of_length(text, "Content-Encoding: identity\r\n"), text},
      {"gzip_in_name_only", of_length(text, "Content-Encoding: gzip\r\n"), text},
      {"gzip_without_its_name", of_length(kGzip), kGzip},
      {"empty", of_length(""), ""},
      {"until_the_end", head_only("200 OK") + text, text},
      {"no_content", head_only("204 No Content"), "", {.method = "GET", .target = "/shape"}, 204},
      {"not_modified", head_only("304 Not Modified", "ETag: \"a\"\r\n"), "", {.method = "GET", .target = "/shape"}, 304},
      {"head", head_only("200 OK", "Content-Length: 23\r\n"), "", {.method = "HEAD", .target = "/shape"}},
      {"no_reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", "ok"},
      {"nul", of_length(std::string("a\0b", 3)), std::string("a\0b", 3)},
      {"all_bytes", of_length(all_bytes()), all_bytes()},
      {"text_then_bytes", of_length("{\"a\":1}\xFF\xFE"), "{\"a\":1}\xFF\xFE"},
      {"half_a_character", of_length("Gr\xC3"), "Gr\xC3"},
      {"latin_1", of_length("Gr\xFC\xDF", "Content-Type: text/plain; charset=iso-8859-1\r\n"), "Gr\xFC\xDF"},
      {"byte_order_mark", of_length("\xEF\xBB\xBF{}"), "\xEF\xBB\xBF{}"},
      {"utf_16", of_length(std::string("\xFF\xFE{\0}\0", 6)), std::string("\xFF\xFE{\0}\0", 6)},
      {"line_ends", of_length("a\r\nb\rc\n\r\n\r\n"), "a\r\nb\rc\n\r\n\r\n"},
      {"looks_like_an_answer", of_length(of_length("x")), of_length("x")},
      {"not_found",
       "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
       "no",
       {.method = "GET", .target = "/shape"},
       404},
      {"teapot",
       "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
       "no",
       {.method = "GET", .target = "/shape"},
       418},
      {"file_of_25_mb", of_length(file), file},
      {"ask_form", ok, "ok", asking("POST", "/shape", "application/x-www-form-urlencoded", "a=1&b=%C3%A9+x&a=2")},
      {"ask_json", ok, "ok", asking("POST", "/shape", "application/json", text)},
      {"ask_base64", ok, "ok", asking("PATCH", "/shape", "application/json", R"({"VersionData":")" + base64(million) + "\"}")},
      {"ask_multipart", ok, "ok", asking("POST", "/shape", multipart_type.c_str(), parts)},
      {"ask_bytes", ok, "ok", asking("PUT", "/shape", "application/octet-stream", million)},
      {"ask_nothing", ok, "ok", asking("POST", "/shape", "", "")},
      {"ask_with_nul", ok, "ok", asking("POST", "/shape", "text/plain", std::string("a\0b", 3))},
      {"ask_escaped", ok, "ok", asking("GET", "/a%20b%2Fc/%C3%A9?q=SELECT%20Id&x=%2B&y=a+b", "", "")},
      {"ask_delete", ok, "ok", asking("DELETE", "/shape/1", "", "")},
      {"ask_file_of_25_mb", ok, "ok", asking("POST", "/shape", "application/pdf", file)},
  };
}

const std::vector<Shape>& all_shapes() {
  static const std::vector<Shape> all = shapes();
  return all;
}

class WireShapes : public testing::TestWithParam<std::size_t> {
 protected:
  static const Shape& shape() { return all_shapes()[GetParam()]; }
};

std::string digest(const std::string& bytes) { return std::to_string(bytes.size()) + " " + hex(sha256(bytes)); }

http::Response sent(http::SocketTransport& client, const std::string& url, http::Request request) {
  request.target = url + request.target;
  const auto answer = client.send(request, {std::chrono::minutes(1)});
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().what);
  return answer ? *answer : http::Response{.status = 0};
}

TEST_P(WireShapes, R1R2AreRecordedAndReplayedByTheByte) {
  ThreadRuntime runtime;
  http::SocketTransport client, upstream;
  Recorder recorder([&] { return runtime.now(); });
  http::Response live;
  {
    const RawServer far(shape().answer);
    Posts posts(runtime, upstream);
    ASSERT_TRUE(posts.listen({}));
    posts.open({.salesforce = far.url(), .opencx = far.url(), .bridge = {}}, recorder);
    live = sent(client, posts.opencx_url(), shape().request);
    EXPECT_EQ(digest(far.asked()), digest(shape().request.body));
    posts.stop();
  }
  EXPECT_EQ(live.status, shape().status);
  EXPECT_EQ(digest(live.body), digest(shape().body));

  const auto tape = read_har(write_har(recorder.tape()), "test.har");
  ASSERT_TRUE(tape) << render(tape.error());
  ASSERT_EQ(tape->exchanges.size(), 1u);
  EXPECT_EQ(digest(tape->exchanges[0].response.body), digest(shape().body));
  EXPECT_EQ(digest(tape->exchanges[0].request.body), digest(shape().request.body));

  Replayer replayer(*tape);
  auto server = http::SocketServer::start(runtime, replayer.handler("opencx"));
  ASSERT_TRUE(server);
  const http::Response again = sent(client, (*server)->url(), shape().request);
  EXPECT_EQ(again.status, shape().status) << again.body.substr(0, 500);
  EXPECT_EQ(digest(again.body), digest(shape().body));
  // What says how to read the bytes stays with them.
  EXPECT_EQ(again.headers.find("content-type").value_or(""), live.headers.find("content-type").value_or(""));
  const bool is_named_in_vain =
      std::string_view(shape().name) == "gzip_in_name_only" || std::string_view(shape().name) == "identity_named";
  EXPECT_EQ(again.headers.find("content-encoding").value_or(""),
            is_named_in_vain ? "" : live.headers.find("content-encoding").value_or(""));
  EXPECT_TRUE(replayer.mismatches().empty());
  (*server)->stop();
  runtime.stop();
}

INSTANTIATE_TEST_SUITE_P(Table, WireShapes, testing::Range<std::size_t>(0, 42),
                         [](const auto& given) { return std::string(all_shapes()[given.param].name); });

TEST(WireShapesTable, HasFortyAndMore) { EXPECT_EQ(all_shapes().size(), 42u); }

}  // namespace
}  // namespace casewire::scenarios
