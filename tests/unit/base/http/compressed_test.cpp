#include "base/http/compressed.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace casewire::http {
namespace {

Request accepting(std::string codings) { return {.headers = {{"Accept-Encoding", std::move(codings)}}}; }

std::string plain_of(const std::string& coded) {
  z_stream stream{};
  inflateInit2(&stream, 16 + MAX_WBITS);
  std::string plain(1'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
  stream.avail_in = static_cast<uInt>(coded.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  return plain;
}

TEST(Compressed, AnswersInGzipWhereThatIsAskedFor) {
  const std::string text(500, 'x');
  for (const auto* codings : {"gzip", "gzip, deflate", "br, GZIP;q=0.5", "deflate,gzip"}) {
    const auto response = compressed({.body = text}, accepting(codings));
    EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip") << codings;
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding") << codings;
    EXPECT_LT(response.body.size(), text.size()) << codings;
    EXPECT_EQ(plain_of(response.body), text) << codings;
  }
}

TEST(Compressed, LeavesEverythingElseAsItIs) {
  for (const auto* codings : {"identity", "gzip;q=0", "gzip; q=0.0", "br", ""})
    EXPECT_EQ(compressed({.body = "x"}, accepting(codings)).body, "x") << codings;
  EXPECT_EQ(compressed({.body = "x"}, {}).body, "x");
  EXPECT_EQ(compressed({.status = 204}, accepting("gzip")).headers.size(), 0u);
  EXPECT_EQ(compressed({.headers = {{"Content-Encoding", "br"}}, .body = "x"}, accepting("gzip")).body, "x");
}

}  // namespace
}  // namespace casewire::http
