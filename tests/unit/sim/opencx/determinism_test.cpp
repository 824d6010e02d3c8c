#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

std::string story(std::uint64_t seed) {
  Stage stage{seed};
  stage.platform.answer_every_message("Noted.", 3s);
  for (int customer = 0; customer < 5; ++customer) {
    auto mail = stage.written("Hello " + std::to_string(customer), "Order " + std::to_string(customer));
    mail.from.address = "customer" + std::to_string(customer) + "@example.test";
    stage.exchange.mailbox(mail.from.address);
    stage.post(mail);
  }
  stage.pass(2s);
  stage.platform.hand_off("Needs a person");
  stage.agent_says(stage.platform.sessions().front().id, "Hi");
  stage.pass(1h);
  return stage.journal.json_lines();
}

TEST(OpenCxWorld, WritesTheSameJournalForTheSameSeed) { EXPECT_EQ(story(7), story(7)); }
TEST(OpenCxWorld, DrawsOtherIdsForAnotherSeed) { EXPECT_NE(story(7), story(8)); }

}  // namespace
}  // namespace casewire::sim::opencx
