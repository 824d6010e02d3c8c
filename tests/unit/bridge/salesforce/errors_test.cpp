#include "bridge/salesforce/errors.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::salesforce {
namespace {

using Kind = Failure::Kind;

http::Response answer(int status, std::string body, std::string type = "application/json;charset=UTF-8") {
  return {.status = status, .headers = {{"Content-Type", std::move(type)}}, .body = std::move(body)};
}
std::string error(const std::string& code, const std::string& message) {
  return R"([{"message":")" + message + R"(","errorCode":")" + code + R"("}])";
}

struct ErrorCase {
  const char* name;
  http::Response response;
  Kind want;
};
class Classifies : public testing::TestWithParam<ErrorCase> {};
TEST_P(Classifies, ByStatusContentTypeAndCode) { EXPECT_EQ(failure_of(GetParam().response).kind, GetParam().want); }
// clang-format off
INSTANTIATE_TEST_SUITE_P(, Classifies, testing::ValuesIn(std::vector<ErrorCase>{
    {"F17DailyLimit", answer(403, error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")), Kind::org_wide},
    {"F18ConcurrentLimit", answer(403, error("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")),
     Kind::transient},
    {"F19RowLock", answer(400, error("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")), Kind::transient},
    {"RowLockInsideATrigger", answer(400, error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "T: System.DmlException: UNABLE_TO_LOCK_ROW, x")),
     Kind::transient},
    {"F20MaintenanceAsHtml503", answer(503, "<html>We are down for maintenance.</html>", "text/html"), Kind::org_wide},
    {"F20MaintenanceAsHtml200", answer(200, "<html>We are down for maintenance.</html>", "text/html"), Kind::org_wide},
    {"HtmlWithoutAType", answer(502, "<html>Bad gateway</html>", ""), Kind::org_wide},
    {"UriTooLong", answer(414, "<h1>Bad Message 414</h1>", "text/html"), Kind::permanent},
    {"ServerBusy", answer(503, error("SERVER_UNAVAILABLE", "Server too busy")), Kind::transient},
    {"TooManyRequests", answer(429, error("REQUEST_LIMIT_EXCEEDED", "Concurrent limit")), Kind::org_wide},
    {"TooManyRequestsWithoutACode", answer(429, "slow down", "text/plain"), Kind::org_wide},
    {"ReadOnlyMode", answer(400, error("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", "x")), Kind::org_wide},
    {"SecondRefusalOfTheToken", answer(401, error("INVALID_SESSION_ID", "Session expired or invalid")), Kind::org_wide},
    {"F2LostTheRace", answer(400, error("DUPLICATE_VALUE", "duplicate value found")), Kind::transient},
    {"F75MergedMeanwhile", answer(400, error("ENTITY_IS_DELETED", "entity is deleted")), Kind::transient},
    {"F8ValidationRule", answer(400, error("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Priority required")), Kind::permanent},
    {"UnknownField", answer(400, error("INVALID_FIELD", "No such column 'Case_From__c' on sobject of type Case")), Kind::permanent},
    {"Unreadable200", answer(200, "{\"a\":"), Kind::transient},
    {"Empty500", answer(500, ""), Kind::transient}}),
    [](const auto& row) { return std::string{row.param.name}; });
// clang-format on

TEST(ErrorText, LeavesOutTheValueThatWasTooLong) {
  const auto failure =
      failure_of(answer(400, error("STRING_TOO_LONG", "Subject: data value too large: my secret words (max length=255)")));
  EXPECT_EQ(failure.message, "Subject: data value too large (max length=255)");
}

TEST(ErrorText, LeavesOutTheAddressThatIsNone) {
  const auto said =
      failure_of(answer(400, error("INVALID_EMAIL_ADDRESS", "Web Email: invalid email address: dana@example..test"))).message;
  EXPECT_EQ(said, "Web Email: invalid email address");
  EXPECT_EQ(failure_of(answer(400, error("INVALID_EMAIL_ADDRESS", "dana@example..test ist keine Adresse"))).message,
            "invalid email address");
}

TEST(ErrorText, LeavesOutTheQuery) {
  const auto failure = failure_of(answer(
      400, error("INVALID_FIELD",
                 R"(\nSuppliedEmail = 'dana@example.test' AND Foo = 1\n  ^\nERROR at Row:1:Column:9\nNo such column 'Foo')")));
  EXPECT_EQ(failure.message, "ERROR at Row:1:Column:9\nNo such column 'Foo'");
}

TEST(ErrorText, IsReadWithTheFieldsOfARowsError) {
  const auto failure =
      failure_of(*parse_json(R"({"statusCode":"REQUIRED_FIELD_MISSING","message":"m","fields":["LastName"]})"), 400);
  EXPECT_EQ(failure.code, "REQUIRED_FIELD_MISSING");
  EXPECT_EQ(failure.fields, (std::vector<std::string>{"LastName"}));
}

}  // namespace
}  // namespace casewire::bridge::salesforce
