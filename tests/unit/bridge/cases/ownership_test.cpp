#include "bridge/cases/ownership.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::cases {
namespace {

opencx::HistoryItem event(std::string type, std::string sender = {}) {
  opencx::HistoryItem item;
  item.type = std::move(type);
  item.sender_type = std::move(sender);
  return item;
}

struct OwnershipCase {
  const char* name;
  std::vector<opencx::HistoryItem> history;
  bool was_handed_off;
  bool want;
};

class IsWithPeople : public testing::TestWithParam<OwnershipCase> {};
TEST_P(IsWithPeople, ByTheNewestEventThatTells) {
  opencx::Session session;
  session.handed_off = GetParam().was_handed_off;
  EXPECT_EQ(is_with_people(session, GetParam().history), GetParam().want);
}
// clang-format off
INSTANTIATE_TEST_SUITE_P(, IsWithPeople, testing::ValuesIn(std::vector<OwnershipCase>{
    {"TheAisOwn", {event("message", "contact"), event("message", "ai")}, false, false},
    {"HandedOff", {event("message", "contact"), event("handoff"), event("message", "contact")}, true, true},
    {"TakenOverInTheInbox", {event("message", "contact"), event("agent_took_session_from_ai")}, false, true},
    {"AnsweredByAPerson", {event("message", "contact"), event("message", "human_agent")}, false, true},
    {"F78HandedBack", {event("handoff"), event("ai_resumed_by_system"), event("message", "ai")}, true, false},
    {"HandedOffAgain", {event("handoff"), event("ai_resumed_by_system"), event("handoff")}, true, true},
    {"AHistoryWithoutHandoffs", {event("message", "contact")}, true, true}}),
    [](const auto& row) { return std::string{row.param.name}; });
// clang-format on

}  // namespace
}  // namespace casewire::bridge::cases
