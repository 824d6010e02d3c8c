#include "base/text/time.hpp"

#include <gtest/gtest.h>

namespace casewire {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kMonday = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h;

TEST(Iso8601, WritesUtcWithMilliseconds) {
  EXPECT_EQ(iso8601(kMonday), "2026-01-05T09:00:00.000Z");
  EXPECT_EQ(iso8601(kMonday + 59s + 7ms), "2026-01-05T09:00:59.007Z");
  EXPECT_EQ(iso8601(WallTime{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(ParseIso8601, ReadsEveryZoneNotationOfTheVendors) {
  for (const char* text : {"2026-01-05T09:00:00Z", "2026-01-05T09:00:00.000Z", "2026-01-05T09:00:00.000+0000",
                           "2026-01-05T10:00:00+01:00", "2026-01-05T02:30:00.0-0630", "2026-01-05T09:00:00.000999999Z"}) {
    EXPECT_EQ(parse_iso8601(text), kMonday) << text;
  }
}

TEST(ParseIso8601, ReadsAFractionOfAnyLength) {
  EXPECT_EQ(parse_iso8601("2026-01-05T09:00:00.1Z"), kMonday + 100ms);
  EXPECT_EQ(parse_iso8601("2026-01-05T09:00:00.12Z"), kMonday + 120ms);
  EXPECT_EQ(parse_iso8601("2026-01-05T09:00:00.123456Z"), kMonday + 123ms);
}

TEST(ParseIso8601, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "2026-01-05", "2026-01-05T09:00:00", "2026-01-05 09:00:00Z", "2026-02-29T09:00:00Z", "2026-13-01T09:00:00Z",
        "2026-01-05T24:00:00Z", "2026-01-05T09:60:00Z", "2026-01-05T09:00:00.Z", "2026-01-05T09:00:00Zx",
        "2026-01-05T09:00:00+1:00", "2026-01-05T09:00:00+25:00", "2026-1-05T09:00:00Z", "+026-01-05T09:00:00Z",
        "0000-01-01T00:00:00+0001", "9999-12-31T23:59:00-0001"}) {
    EXPECT_EQ(parse_iso8601(text), std::nullopt) << text;
  }
}

TEST(Iso8601, IsReadBack) {
  for (int step = 0; step < 1000; ++step) {
    const auto when = kMonday + step * 86'461'123ms;
    EXPECT_EQ(parse_iso8601(iso8601(when)), when);
  }
}

TEST(Rfc5322Date, NamesDayAndMonthInEnglish) {
  EXPECT_EQ(rfc5322_date(kMonday), "Mon, 05 Jan 2026 09:00:00 +0000");
  EXPECT_EQ(rfc5322_date(kMonday + 24h * 355 + 61s + 999ms), "Sat, 26 Dec 2026 09:01:01 +0000");
}

TEST(HumanDuration, NamesAtMostTwoUnits) {
  EXPECT_EQ(human_duration(0ms), "0 ms");
  EXPECT_EQ(human_duration(250ms), "250 ms");
  EXPECT_EQ(human_duration(3s), "3 s");
  EXPECT_EQ(human_duration(1500ms), "1.5 s");
  EXPECT_EQ(human_duration(2007ms), "2.007 s");
  EXPECT_EQ(human_duration(90s), "1 min 30 s");
  EXPECT_EQ(human_duration(2h), "2 h");
  EXPECT_EQ(human_duration(24h), "1 day");
  EXPECT_EQ(human_duration(51h + 20min), "2 days 3 h");
  EXPECT_EQ(human_duration(-3s), "-3 s");
}

}  // namespace
}  // namespace casewire
