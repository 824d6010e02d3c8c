#include "sim/world/faults.hpp"

#include <gmock/gmock.h>

#include "base/runtime/fiber_runtime.hpp"
#include "sim/world/skewed_runtime.hpp"

namespace casewire::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Of = Place::Of;

WallTime at(int seconds) { return WallTime{std::chrono::seconds{seconds}}; }

/// Which of the calls 1 to `calls` were struck.
std::vector<int> struck_calls(Faults& faults, int calls, const char* operation = "query") {
  std::vector<int> struck;
  for (int call = 1; call <= calls; ++call) {
    if (faults.meet_call("salesforce", {operation}, at(call))) struck.push_back(call);
  }
  return struck;
}

TEST(Faults, StrikeTheOccurrencesThatThePlaceNames) {
  const auto struck = [](Place place) {
    Faults faults;
    faults.arm({"f", std::move(place), Refuse{"503"}});
    return struck_calls(faults, 9);
  };
  EXPECT_THAT(struck({}), ElementsAre(1));
  EXPECT_THAT(struck({.first = 3}), ElementsAre(3));
  EXPECT_THAT(struck({.first = 2, .times = 3}), ElementsAre(2, 3, 4));
  EXPECT_THAT(struck({.first = 2, .every = 3, .times = 0}), ElementsAre(2, 5, 8));
  EXPECT_THAT(struck({.operation = "query", .times = 2}), ElementsAre(1, 2));
  EXPECT_THAT(struck({.operation = "Case create", .times = 0}), IsEmpty());
  EXPECT_THAT(struck({.system = "opencx", .times = 0}), IsEmpty());
  EXPECT_THAT(struck({.times = 0, .from = at(3), .until = at(6)}), ElementsAre(3, 4, 5));
}

TEST(Faults, StrikeOneAfterTheOtherWhereSeveralWould) {
  Faults faults;
  faults.arm({"first", {}, Refuse{"503"}});
  faults.arm({"second", {}, Lose{}});
  EXPECT_EQ(faults.meet_call("salesforce", {}, at(1))->sentence, "first");
  EXPECT_EQ(faults.meet_call("salesforce", {}, at(2))->sentence, "second");
  EXPECT_FALSE(faults.meet_call("salesforce", {}, at(3)));
}

TEST(Faults, CountACallTowardsACrashThoughAnotherFaultStrikesIt) {
  Faults faults;
  faults.arm({"refused", {.times = 2}, Refuse{"503"}});
  faults.arm({"crash", {.first = 3}, Crash{}});
  EXPECT_EQ(faults.meet_call("salesforce", {}, at(1))->sentence, "refused");
  EXPECT_EQ(faults.meet_call("opencx", {}, at(2))->sentence, "refused");
  EXPECT_EQ(faults.meet_call("opencx", {}, at(3))->sentence, "crash");
}

TEST(Faults, TellHowOftenTheyStruck) {
  Faults faults;
  faults.arm({"never", {.operation = "token"}, Refuse{"401"}});
  faults.arm({"twice of five", {.times = 5}, Refuse{"503"}});
  faults.arm({"whenever it can", {.of = Of::webhook, .times = 0}, Lose{Side::before}});
  struck_calls(faults, 2);
  EXPECT_THAT(faults.unproved(),
              ElementsAre("this fault never fired, so nothing was proved: never", "this fault fired 2 of 5 times: twice of five",
                          "this fault never fired, so nothing was proved: whenever it can"));
  faults.meet_webhook("opencx", at(3));
  EXPECT_EQ(faults.unproved().size(), 2u);
}

TEST(Faults, TellWhichOperationsWereAskedForAndStruck) {
  Faults faults;
  faults.arm({"f", {.operation = "query"}, Refuse{"503"}});
  struck_calls(faults, 3);
  struck_calls(faults, 1, "Case create");
  const auto told = faults.operations();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].operation, "Case create");
  EXPECT_EQ(told[0].struck, 0u);
  EXPECT_EQ(told[1].calls, 3u);
  EXPECT_EQ(told[1].struck, 1u);
}

TEST(Faults, StrikeMailsByTheirRecipient) {
  Faults faults;
  faults.arm({"f", {.of = Of::mail, .mailbox = "Dana@example.test"}, Refuse{"451"}});
  EXPECT_FALSE(faults.meet_mail({"help@acme.test"}, at(1)));
  EXPECT_TRUE(faults.meet_mail({"x@acme.test", "dana@EXAMPLE.test"}, at(2)));
}

TEST(Faults, MakeAClockWrongForAStretchOfTime) {
  FiberRuntime fibers(at(0), 1);
  const auto process = fibers.make_process("salesforce");
  Faults faults;
  SkewedRuntime salesforce(*process, faults, "salesforce"), opencx(*process, faults, "opencx");
  faults.arm({"fast", {.of = Of::time, .system = "salesforce", .times = 0, .until = at(60)}, Skew{std::chrono::minutes{6}}});
  EXPECT_EQ(salesforce.now(), at(360));
  EXPECT_EQ(opencx.now(), at(0));
  fibers.advance_to(at(60));
  EXPECT_EQ(salesforce.now(), at(60));
  EXPECT_THAT(faults.unproved(), IsEmpty());
}

}  // namespace
}  // namespace casewire::sim
