#include "sim/world/fault_plan.hpp"

#include <gtest/gtest.h>

namespace casewire::sim {
namespace {

using Of = Place::Of;

// Each damage, at a place that has each of its members once.
FaultPlan one_fault_of_each() {
  const WallTime when = *parse_iso8601("2026-01-05T09:00:00.000Z");
  return {
      {"refused", {.system = "salesforce", .operation = "Case create"}, Refuse{"UNABLE_TO_LOCK_ROW", true, 1, 30}},
      {"page", {.system = "opencx", .first = 2, .every = 3, .times = 4}, AnswerWith{html_page(502), Side::before}},
      {"packed", {.from = when, .until = when + milliseconds{1500}}, AnswerWith{gzipped(), Side::after}},
      {"cut", {.operation = "query", .done = true}, Cross{http::Wire::cut_in_body}},
      {"late", {.of = Of::webhook}, Delay{milliseconds{250}, Side::before}},
      {"lost", {.of = Of::mail, .mailbox = "dana@example.test"}, Lose{Side::before}},
      {"again", {.of = Of::webhook, .system = "opencx"}, Repeat{2, milliseconds{100}}},
      {"overtaken", {.of = Of::webhook}, Overtake{}},
      {"forged", {.of = Of::webhook}, Tamper{Tamper::How::signed_wrongly}},
      {"stripped", {.of = Of::webhook}, Tamper{Tamper::How::without_header, "webhook-timestamp"}},
      {"crash", {.of = Of::commit, .first = 7}, Crash{Side::before}},
      {"timer", {.of = Of::timer}, Crash{Side::after}},
      {"full", {.of = Of::commit, .times = 0}, FailWrite{}},
      {"clock", {.of = Of::time, .system = "salesforce"}, Skew{milliseconds{-360'000}}},
  };
}

TEST(FaultPlan, IsReadBackAsItWasWritten) {
  const Json written = to_json(one_fault_of_each());
  const auto plan = fault_plan_of_json(written);
  ASSERT_TRUE(plan) << plan.error();
  EXPECT_EQ(dump_json(to_json(*plan)), dump_json(written));
  EXPECT_EQ(plan->size(), one_fault_of_each().size());
  EXPECT_EQ(dump_json(written[3]), R"({"sentence":"cut","place":{"of":"call","operation":"query","done":true},)"
                                   R"("damage":{"kind":"cross","wire":"cut_in_body"}})");
}

struct WrongPlan {
  const char* text;
  const char* problem;
};

class WrongPlans : public testing::TestWithParam<WrongPlan> {};
TEST_P(WrongPlans, AreRefusedInWords) {
  const auto plan = fault_plan_of_json(*parse_json(GetParam().text));
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error(), GetParam().problem);
}
INSTANTIATE_TEST_SUITE_P(
    , WrongPlans,
    testing::Values(
        WrongPlan{"{}", "a fault plan is a list"},
        WrongPlan{
            R"([{"place":{"of":"call"},"damage":{"kind":"fire"}}])",
            "fault 1: expected one of refuse, answer, cross, delay, lose, repeat, overtake, tamper, crash, fail_write, skew, straggle "
            "as \"kind\""},
        WrongPlan{R"([{"place":{"of":"moon"},"damage":{"kind":"lose","side":"after"}}])",
                  "fault 1: expected call, webhook, mail, commit, timer or time as \"of\""},
        WrongPlan{R"([{"place":{"of":"call","operaton":"query"},"damage":{"kind":"lose","side":"after"}}])",
                  "fault 1: the place has no member \"operaton\""},
        WrongPlan{R"([{"place":{"of":"call","first":0},"damage":{"kind":"lose","side":"after"}}])",
                  "fault 1: expected a whole number from 1 to 4294967295 as \"first\""},
        WrongPlan{R"([{"place":{"of":"mail"},"damage":{"kind":"crash","side":"after"}}])",
                  "fault 1: this damage cannot happen at this place"},
        WrongPlan{R"([{"place":{"of":"call","done":true},"damage":{"kind":"lose","side":"before"}}])",
                  "fault 1: what was carried out can only be damaged afterwards"},
        WrongPlan{R"([{"place":{"of":"call"},"damage":{"kind":"refuse","code":"STRING_TOO_LONG","one_row":true}}])",
                  "fault 1: a refused row needs its operation"},
        WrongPlan{R"([{"place":{"of":"call"},"damage":{"kind":"refuse","code":"STRING_TOO_LONG","rows_before":1}}])",
                  "fault 1: only of a refused row others stand before it"},
        WrongPlan{R"([{"place":{"of":"call","from":"noon"},"damage":{"kind":"lose","side":"after"}}])",
                  "fault 1: expected an instant such as 2026-01-05T09:00:00.000Z as \"from\""}));

}  // namespace
}  // namespace casewire::sim
