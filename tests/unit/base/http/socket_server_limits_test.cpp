// What a SocketServer refuses: too much, and what two readers could understand differently.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <ostream>
#include <vector>

#include "tests/unit/base/http/server_fixture.hpp"

namespace casewire::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kMegabyte = 1u << 20;

/// Nobody has sent a body here.
std::string post_head(const std::string& target, const std::string& more = {}) {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n" + more + "\r\n";
}

std::string gzipped(const std::string& text, int window = 16 + MAX_WBITS) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string with_coding(const std::string& coding, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

class ServerLimits : public ServerFixture {
 protected:
  void SetUp() override { serve(echo, {.header_bytes_max = 2'000, .body_bytes_max = kMegabyte}); }
};

TEST_F(ServerLimits, TheDoorAnswersByTheHead) {
  std::atomic<int> asked = 0;
  serve(echo, {.door = [&](const Request& head) {
          ++asked;
          return head.target == "/known" ? std::nullopt : std::optional(Reply{.response = {.status = 404, .body = "not found"}});
        }});
  for (const auto* more : {"", "Expect: 100-continue\r\n"}) {
    EXPECT_THAT(all_answers_to(post_head("/strange", more)),
                AllOf(StartsWith("HTTP/1.1 404 Not Found"), HasSubstr("Connection: close"), EndsWith("not found")));
  }
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(status_line_for(post_head("/known", "Expect: 100-continue\r\n")), "HTTP/1.1 100 Continue\r\n");
  EXPECT_EQ(asked, 3);
  EXPECT_THAT(all_answers_to("POST /known HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody"),
              HasSubstr("POST /known 4"));
  EXPECT_EQ(asked, 3) << "what is there whole is for the handler";
}

TEST_F(ServerLimits, Answers431WhenTheHeadersAreTooLong) {
  EXPECT_THAT(status_line_for("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(1'900, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2'000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 "));
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 50'000; ++i) {
    many += "A: b\r\n";
  }
  EXPECT_THAT(all_answers_to(many), StartsWith("HTTP/1.1 431 "));
}

TEST_F(ServerLimits, Answers400WhenEmptyLinesGoOnAndOn) {
  // They are skipped before a request line, and any number was: whoever sent them fast enough kept a loop from everything else.
  std::string lines;
  while (lines.size() < 2'000) {
    lines += "\r\n";
  }
  EXPECT_THAT(status_line_for(lines + "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(all_answers_to(lines + "\r\n"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(ServerLimits, Answers413BeforeABodyThatIsTooLongCame) {
  EXPECT_THAT(all_answers_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(status_line_for("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + std::string(kMegabyte, 'a')),
              StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerLimits, Answers413WhenChunksAreTooLongTogether) {
  std::string request = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 5; ++i) {
    request += "40000\r\n" + std::string(0x40000, 'a') + "\r\n";
  }
  EXPECT_THAT(all_answers_to(request + "0\r\n\r\n"), AllOf(StartsWith("HTTP/1.1 413 "), Not(HasSubstr("200 OK"))));
}

TEST_F(ServerLimits, Answers413BeforeAChunkThatIsTooLongCame) {
  // The announcement was believed until the time was up.
  EXPECT_THAT(all_answers_to("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\na"),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerLimits, Answers431WhenWhatIsDroppedOfChunksIsTooMuch) {
  // Each chunk may carry extensions, and trailers follow: any amount of them could be sent with a body of a few bytes.
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string request = head;
  for (int i = 0; i < 40; ++i) {
    request += "1;" + std::string(500, 'a') + "\r\nx\r\n";
  }
  EXPECT_THAT(all_answers_to(request + "0\r\n\r\n"), StartsWith("HTTP/1.1 431 "));
  request = head + "0\r\n";
  for (int i = 0; i < 40; ++i) {
    request += "A: " + std::string(500, 'a') + "\r\n";
  }
  EXPECT_THAT(all_answers_to(request + "\r\n"), StartsWith("HTTP/1.1 431 "));
}

TEST_F(ServerLimits, Answers413WhenABombGoesOff) {
  const auto bomb = gzipped(std::string(16 * kMegabyte, '\0'));
  ASSERT_LT(bomb.size(), kMegabyte / 4);
  EXPECT_THAT(all_answers_to(with_coding("gzip", bomb)), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(all_answers_to(with_coding("deflate", gzipped(std::string(8 * kMegabyte, '\0'), MAX_WBITS))),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerLimits, DecodesCompressedBodies) {
  EXPECT_THAT(all_answers_to(with_coding("gzip", gzipped("hello"))), HasSubstr("POST / 5\nhello"));
  EXPECT_THAT(all_answers_to(with_coding("GZip", gzipped("hel") + gzipped("lo"))), HasSubstr("POST / 5\nhello"));
  EXPECT_THAT(all_answers_to(with_coding("deflate", gzipped("hello", MAX_WBITS))), HasSubstr("POST / 5\nhello"));
  EXPECT_THAT(all_answers_to(with_coding("deflate", gzipped("hello", -MAX_WBITS))), HasSubstr("POST / 5\nhello"));
  EXPECT_THAT(all_answers_to(with_coding("identity", "hello")), HasSubstr("POST / 5\nhello"));
}

TEST_F(ServerLimits, RefusesCompressedBodiesThatAreBroken) {
  const auto good = gzipped("hello");
  EXPECT_THAT(all_answers_to(with_coding("gzip", "no gzip")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(all_answers_to(with_coding("gzip", good.substr(0, good.size() - 1))), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(all_answers_to(with_coding("gzip", good + "rest")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(all_answers_to(with_coding("br", "x")), StartsWith("HTTP/1.1 415 "));
  EXPECT_THAT(all_answers_to(with_coding("gzip, gzip", gzipped(good))), StartsWith("HTTP/1.1 415 "));
}

struct Refused {
  const char* name;
  std::string bytes;
  const char* status;
};
void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }

class Smuggling : public ServerLimits, public testing::WithParamInterface<Refused> {};

TEST_P(Smuggling, IsRefusedAndTheConnectionCloses) {
  // The bytes behind the doubtful request would be a second one for a reader who understands it otherwise.
  const auto answers = all_answers_to(GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(answers, AllOf(StartsWith(std::string{"HTTP/1.1 "} + GetParam().status + " "), Not(HasSubstr("smuggled"))));
}

const std::string kPost = "POST / HTTP/1.1\r\nHost: x\r\n";

INSTANTIATE_TEST_SUITE_P(
    , Smuggling,
    testing::ValuesIn(std::vector<Refused>{
        {"LengthThenChunked", kPost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"ChunkedThenLength", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", "400"},
        {"TwoLengths", kPost + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", "400"},
        {"TwoEqualLengths", kPost + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "400"},
        {"ListOfLengths", kPost + "Content-Length: 3, 3\r\n\r\nabc", "400"},
        {"NegativeLength", kPost + "Content-Length: -1\r\n\r\n", "400"},
        {"SignedLength", kPost + "Content-Length: +3\r\n\r\nabc", "400"},
        {"HugeLength", kPost + "Content-Length: 99999999999999999999\r\n\r\n", "400"},
        {"TwoCodings", kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"UnknownCoding", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
        {"ChunkedNotLast", kPost + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "501"},
        {"ChunkedInHttp10", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"FoldedLine", kPost + "A: b\r\n c\r\n\r\n", "400"},
        {"FoldedLength", kPost + "Content-Length:\r\n 3\r\n\r\nabc", "400"},
        {"BlankBeforeColon", kPost + "Content-Length : 3\r\n\r\nabc", "400"},
        {"BareLineFeed", "POST / HTTP/1.1\nHost: x\n\n", "400"},
        {"BareCarriageReturn", kPost + "A: b\rContent-Length: 3\r\n\r\n", "400"},
        {"Nul", kPost + std::string{"A: b\0c\r\n\r\n", 10}, "400"},
        {"NegativeChunk", kPost + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "400"},
        {"ChunkWithoutEnd", kPost + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", "400"},
        {"ChunkSizeOverflow", kPost + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n\r\n", "400"},
        {"HexadecimalChunkPrefix", kPost + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", "400"},
        {"BlankBehindChunkSize", kPost + "Transfer-Encoding: chunked\r\n\r\n1 \r\na\r\n0\r\n\r\n", "400"},
        {"LineFeedInChunkExtension", kPost + "Transfer-Encoding: chunked\r\n\r\n1;\nx\r\na\r\n0\r\n\r\n", "400"},
        {"LineFeedBehindChunk", kPost + "Transfer-Encoding: chunked\r\n\r\n1\r\na\n0\r\n\r\n", "400"},
        {"LineFeedsOnlyInChunks", kPost + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n", "400"},
        {"LineFeedInTrailer", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nA: b\n\r\n\r\n", "400"},
        {"LengthInTrailer", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 3\r\n\r\n", "400"},
        {"VerticalTabBeforeCoding",
         kPost + "Transfer-Encoding: \x0b"
                 "chunked\r\n\r\n0\r\n\r\n",
         "400"},
        {"BlankLineStart", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", "400"},
        {"NoHost", "GET / HTTP/1.1\r\n\r\n", "400"},
        {"TwoHosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
        {"HostWithBlank", "GET / HTTP/1.1\r\nHost: x y\r\n\r\n", "400"},
        {"HostWithPath", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", "400"},
        {"HostWithUserName", "GET / HTTP/1.1\r\nHost: me@x\r\n\r\n", "400"},
        {"RelativeTarget", "GET a/b HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"StarWithGet", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"Connect", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", "400"},
        {"OtherScheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"UserNameInTarget", "GET http://me@x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"NoHostInTarget", "GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"FragmentInTarget", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"NoTarget", "GET HTTP/1.1\r\n\r\n", "400"},
        {"NoVersion", "GET /\r\nHost: x\r\n\r\n", "400"},
        {"OtherVersion", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", "400"},
        {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
        {"TlsHello", std::string{"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1", 9}, "400"},
        {"NotHttp", "hello there\r\n\r\n", "400"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST_F(ServerLimits, UnderstandsEachFormOfATarget) {
  const auto line_for = [&](const std::string& start) {
    return all_answers_to(start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  };
  EXPECT_THAT(line_for("GET /a?b=c"), EndsWith("GET /a?b=c 0\n"));
  EXPECT_THAT(line_for("GET http://x:80/a?b=c"), EndsWith("GET /a?b=c 0\n"));
  EXPECT_THAT(line_for("GET HTTPS://[::1]?b"), EndsWith("GET /?b 0\n"));
  EXPECT_THAT(line_for("OPTIONS *"), EndsWith("OPTIONS * 0\n"));
  EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n"), EndsWith("GET / 0\n"));
  EXPECT_THAT(all_answers_to("GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"), EndsWith("GET / 0\n"));
}

TEST_F(ServerLimits, DropsTrailersInsteadOfMixingThemWithTheHeaders) {
  bool saw_trailer = false;
  serve([&](const Request& request) {
    saw_trailer = request.headers.find("Authorization").has_value();
    return echo(request);
  });
  EXPECT_THAT(
      all_answers_to(kPost + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nAuthorization: me\r\n\r\n"),
      HasSubstr("POST / 1\na"));
  EXPECT_FALSE(saw_trailer);
}

TEST_F(ServerLimits, RefusesATrailerThatNeverEnds) {
  std::string request = kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
  for (int i = 0; i < 20'000; ++i) {
    request += "A: b\r\n";
  }
  EXPECT_THAT(all_answers_to(request), StartsWith("HTTP/1.1 4"));
}

}  // namespace
}  // namespace casewire::http
