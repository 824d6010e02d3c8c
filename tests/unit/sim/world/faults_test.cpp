#include "sim/world/faults.hpp"

#include <gmock/gmock.h>

namespace casewire::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Fault::Kind;

TEST(Faults, MeetsTheNamedOperationOfTheNamedSystemOnly) {
  Faults faults;
  faults.arm({.kind = Kind::lose_answer, .sentence = "s", .system = "salesforce", .operation = "Case create"});
  EXPECT_FALSE(faults.meet_call("salesforce", {"query"}));
  EXPECT_FALSE(faults.meet_call("opencx", {"Case create"}));
  EXPECT_TRUE(faults.meet_call("salesforce", {"query", "Case create"}));
  EXPECT_FALSE(faults.meet_call("salesforce", {"Case create"})) << "it was armed for one call";
}

TEST(Faults, SaysWhichHaveNotFiredAsOftenAsTheySay) {
  Faults faults;
  faults.arm({.kind = Kind::refuse, .sentence = "twice", .system = "opencx", .count = 2});
  faults.arm({.kind = Kind::lose_webhook, .sentence = "lost", .system = "salesforce"});
  faults.meet_call("opencx", {});
  EXPECT_THAT(faults.unfired(), ElementsAre("twice", "lost"));
  faults.meet_call("opencx", {});
  faults.meet_webhook("salesforce");
  EXPECT_THAT(faults.unfired(), IsEmpty());
}

TEST(Faults, CountsEveryCallTowardsACrash) {
  Faults faults;
  faults.arm({.kind = Kind::crash_after, .sentence = "third", .count = 3});
  EXPECT_FALSE(faults.meet_call("salesforce", {}));
  EXPECT_FALSE(faults.meet_call("opencx", {}));
  ASSERT_TRUE(faults.meet_call("salesforce", {}));
  EXPECT_FALSE(faults.meet_call("salesforce", {}));
}

TEST(Faults, LeavesWebhooksToWebhookFaults) {
  Faults faults;
  faults.arm({.kind = Kind::refuse, .sentence = "r", .system = "salesforce"});
  EXPECT_FALSE(faults.meet_webhook("salesforce"));
}

}  // namespace
}  // namespace casewire::sim
