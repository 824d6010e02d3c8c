#include "base/http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <vector>

namespace casewire::http {
namespace {

TEST(Headers, CompareNamesWithoutCase) {
  Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}};
  EXPECT_EQ(headers.find("a"), "1");
  EXPECT_EQ(headers.find("B"), "2");
  EXPECT_EQ(headers.find("c"), std::nullopt);
}

TEST(Headers, SetLeavesOneInTheFirstOnesPlace) {
  Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}};
  headers.set("a", "4");
  EXPECT_EQ(headers, (Headers{{"A", "4"}, {"b", "2"}}));
  headers.set("c", "5");
  headers.remove("B");
  EXPECT_EQ(headers, (Headers{{"A", "4"}, {"c", "5"}}));
}

struct Target {
  const char* text;
  const char* origin;
  const char* path;
  const char* query;
};
void PrintTo(const Target& row, std::ostream* out) { *out << row.text; }

class RequestTarget : public testing::TestWithParam<Target> {};

TEST_P(RequestTarget, HasItsParts) {
  const Request request{.target = GetParam().text};
  EXPECT_EQ(request.origin(), GetParam().origin);
  EXPECT_EQ(request.path(), GetParam().path);
  EXPECT_EQ(request.query(), GetParam().query);
}

INSTANTIATE_TEST_SUITE_P(, RequestTarget,
                         testing::ValuesIn(std::vector<Target>{
                             {"/a/b?c=d&e=?#f", "", "/a/b", "c=d&e=?"},
                             {"/?next=http://x/y", "", "/", "next=http://x/y"},
                             {"http://h:1/a%2Fb?c", "http://h:1", "/a%2Fb", "c"},
                             {"https://h?c", "https://h", "", "c"},
                             {"https://h", "https://h", "", ""},
                             {"*", "", "*", ""},
                             {"", "", "", ""},
                         }));

TEST(ReasonPhrase, IsUnknownForAnUnknownStatus) {
  EXPECT_EQ(reason_phrase(200), "OK");
  EXPECT_EQ(reason_phrase(511), "Network Authentication Required");
  EXPECT_EQ(reason_phrase(299), "Unknown");
  EXPECT_EQ(reason_phrase(999), "Unknown");
}

}  // namespace
}  // namespace casewire::http
