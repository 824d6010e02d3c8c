#include "scenarios/tape/rewording.hpp"

#include <gmock/gmock.h>

#include "base/text/encoding.hpp"
#include "scenarios/tape/replayer.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

using testing::HasSubstr;

constexpr const char* kNoRow = R"({"totalSize":0,"done":true,"records":[]})";
constexpr const char* kOneRow = R"({"totalSize":1,"done":true,"records":[{"Id":"500Cw0000000001IAA","IsClosed":false}]})";

http::Request asks(const std::string& soql) {
  return {.method = "GET", .target = "/services/data/v66.0/query?q=" + percent_encoded(soql)};
}

http::Request asks_together(const std::string& soql, const std::string& name) {
  const Json part{{"method", "GET"}, {"url", asks(soql).target}, {"referenceId", name}};
  return {.method = "POST",
          .target = "/services/data/v66.0/composite",
          .headers = {{"Content-Type", "application/json"}},
          .body = dump_json({{"allOrNone", false}, {"compositeRequest", Json::array({part})}})};
}

/// The tape holds one read; how is another answered?
http::Response answered(const http::Request& recorded, const std::string& answer, const http::Request& made,
                        std::string* leniency = nullptr) {
  const Exchange exchange{at_second(1), milliseconds(0), "bridge", "salesforce", recorded, json_answer(200, answer)};
  Replayer replayer(Tape{.exchanges = {exchange}});
  auto reply = replayer.handler("salesforce")(made);
  if (leniency != nullptr) *leniency = replayer.leniency();
  return reply.response;
}

constexpr const char* kOpenCases = "SELECT Id, IsClosed FROM Case WHERE IsClosed = false AND SuppliedEmail = 'dana@example.test'";

TEST(Rewording, FewerColumnsAreAnsweredByMore) {
  std::string leniency;
  const auto made = asks("SELECT Id FROM Case WHERE IsClosed = false AND SuppliedEmail = 'dana@example.test'");
  EXPECT_EQ(answered(asks(kOpenCases), kOneRow, made, &leniency).body, kOneRow);
  EXPECT_THAT(leniency, HasSubstr("1 request asked in other words"));
}

TEST(Rewording, MoreColumnsAreNotThereToBeAnswered) {
  const auto made =
      asks("SELECT Id, IsClosed, ClosedDate FROM Case WHERE IsClosed = false AND SuppliedEmail = 'dana@example.test'");
  EXPECT_EQ(answered(asks(kOpenCases), kOneRow, made).status, 501);
}

TEST(Rewording, WhereNothingWasTheColumnsAndTheConditionMayDiffer) {
  const auto made = asks(
      "SELECT Id, ClosedDate FROM Case WHERE SuppliedEmail = 'dana@example.test' AND (IsClosed = false OR ClosedDate >= "
      "2026-01-05T08:00:00.000Z)");
  EXPECT_EQ(answered(asks(kOpenCases), kNoRow, made).body, kNoRow);
  EXPECT_EQ(answered(asks(kOpenCases), kOneRow, made).status, 501);
}

TEST(Rewording, NobodyElseIsAskedFor) {
  const auto made = asks("SELECT Id FROM Case WHERE SuppliedEmail = 'eve@example.test'");
  EXPECT_EQ(answered(asks(kOpenCases), kNoRow, made).status, 501);
}

TEST(Rewording, NotEverybodyIsAskedFor) {
  EXPECT_EQ(answered(asks(kOpenCases), kNoRow, asks("SELECT Id FROM Case")).status, 501);
}

TEST(Rewording, NothingElseIsAskedFor) {
  const auto made = asks("SELECT Id FROM Contact WHERE Email = 'dana@example.test'");
  EXPECT_EQ(answered(asks(kOpenCases), kNoRow, made).status, 501);
}

/// The same of deleted rows too: another path, and the column that tells.
http::Request with_deleted_rows(http::Request request) {
  for (std::string* text : {&request.target, &request.body}) {
    if (const auto at = text->find("/query?"); at != std::string::npos) text->insert(at + 6, "All");
    if (const auto at = text->find("SELECT%20Id"); at != std::string::npos) text->insert(at + 11, "%2CIsDeleted");
  }
  return request;
}

TEST(Rewording, WhoAsksForDeletedRowsTooIsToldOfTheTapes) {
  const std::string together =
      std::string(R"({"compositeResponse":[{"body":)") + kOneRow + R"(,"httpStatusCode":200,"referenceId":"open"}]})";
  std::string leniency;
  const auto alone = with_deleted_rows(asks(kOpenCases));
  ASSERT_THAT(alone.target, HasSubstr("/queryAll?q=SELECT%20Id%2CIsDeleted"));
  EXPECT_EQ(answered(asks(kOpenCases), kOneRow, alone, &leniency).body, kOneRow);
  EXPECT_THAT(leniency, HasSubstr("1 request asked in other words for what was recorded (GET /services/data/v66.0/query)"));
  const auto part = with_deleted_rows(asks_together(kOpenCases, "open"));
  EXPECT_EQ(answered(asks_together(kOpenCases, "open"), together, part).body, together);
  // What the tape was asked for may hold what a query does not see.
  EXPECT_EQ(answered(alone, kOneRow, asks(kOpenCases)).status, 501);
  EXPECT_EQ(answered(part, together, asks_together(kOpenCases, "open")).status, 501);
  // It hides no other difference.
  EXPECT_EQ(answered(asks(kOpenCases), kOneRow, with_deleted_rows(asks("SELECT Id FROM Case WHERE IsClosed = true"))).status,
            501);
}

TEST(Rewording, APartIsAnsweredByItsNewName) {
  const std::string answer =
      std::string(R"({"compositeResponse":[{"body":)") + kNoRow + R"(,"httpStatusCode":200,"referenceId":"open"}]})";
  const auto reply = answered(asks_together(kOpenCases, "open"), answer, asks_together(kOpenCases, "hers"));
  EXPECT_THAT(reply.body, HasSubstr(R"("referenceId":"hers")"));
}

TEST(Rewording, FieldsOfARecordMayBeFewer) {
  const http::Request three{.method = "GET",
                            .target = "/services/data/v66.0/sobjects/Case/500Cw0000000001IAA?fields=Id,IsClosed,Status"};
  const http::Request two{.method = "GET", .target = "/services/data/v66.0/sobjects/Case/500Cw0000000001IAA?fields=Id,IsClosed"};
  constexpr const char* kCase = R"({"Id":"500Cw0000000001IAA","IsClosed":false,"Status":"New"})";
  EXPECT_EQ(answered(three, kCase, two).status, 200);
  EXPECT_EQ(answered(two, kCase, three).status, 501);
}

}  // namespace
}  // namespace casewire::scenarios
