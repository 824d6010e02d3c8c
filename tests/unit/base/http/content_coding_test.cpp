#include "base/http/content_coding.hpp"

#include <gtest/gtest.h>

#include "base/text/encoding.hpp"

namespace casewire::http {
namespace {

// What node's zlib made of `{"a":"b"}`, of a million times x, and of the first in gzip.
const std::string kBrotli = *decode_base64("CwSAeyJhIjoiYiJ9Aw==");
const std::string kBomb = *decode_base64("Wz9Cj18CLx4LBPJzHgA=");
const std::string kGzip = *decode_base64("H4sIAAAAAAAAA6tWSlSyUkpSqgUAnFz2awkAAAA=");
const std::string kText = R"({"a":"b"})";

std::optional<std::string> said(const Headers& headers, std::string_view body) { return uncoded(headers, body, 2'000'000); }

TEST(ContentCoding, IsTakenOffWhateverItIsCalled) {
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, kBrotli), kText);
  EXPECT_EQ(said({{"content-encoding", "BR"}}, kBrotli), kText);
  EXPECT_EQ(said({{"Content-Encoding", "x-gzip"}}, kGzip), kText);
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, kBomb)->size(), 1'000'000u);
}

TEST(ContentCoding, TheLastNamedIsTakenOffFirst) {
  // printf '{"url":"https://api.open.cx/x"}' in gzip, and that in brotli.
  const std::string both = *decode_base64("CxmAH4sIAAAAAAAAA6tWKi3KUbJSyigpKSi20tdPLMjUyy9IzdNLrtCvUKoFANR3ZIUfAAAAAw==");
  const std::string text = R"({"url":"https://api.open.cx/x"})";
  EXPECT_EQ(said({{"Content-Encoding", "gzip, br"}}, both), text);
  EXPECT_EQ(said({{"Content-Encoding", "gzip"}, {"Content-Encoding", "identity, br"}}, both), text);
  EXPECT_EQ(said({{"Content-Encoding", "br, gzip"}}, both), std::nullopt);
}

TEST(ContentCoding, WhatIsNotKnownOrNotWholeIsNotTakenOff) {
  EXPECT_EQ(said({}, kGzip), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "identity"}}, kText), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "zstd"}}, "\x28\xb5\x2f\xfd\x20"), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, ""), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, kText), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, kBrotli.substr(0, kBrotli.size() - 1)), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "br"}}, kBrotli + "rest"), std::nullopt);
  EXPECT_EQ(said({{"Content-Encoding", "gzip,gzip,gzip,gzip,gzip"}}, kGzip), std::nullopt);
}

TEST(ContentCoding, ABombIsStopped) { EXPECT_EQ(uncoded({{"Content-Encoding", "br"}}, kBomb, 999'999), std::nullopt); }

}  // namespace
}  // namespace casewire::http
