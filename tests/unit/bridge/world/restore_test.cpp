// F80: the store is an older one, as after a restored backup, or it is gone. What was mailed since is not mailed again, nor does it come
// back to the Case; what was not is sent.

#include <gtest/gtest.h>

#include "world/stage.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

class Restore : public testing::Test, protected Stage {
 protected:
  Restore() {
    start_bridge();
    settle();
    dana_writes("Where is it?", {{.name = "a.txt", .media_type = "text/plain", .content = "a"}});
  }
  void hand_off() {
    ASSERT_TRUE(platform->hand_off("A person, please"));
    settle();
  }
  /// A reply, an answer and a second reply that the older store knows nothing of, and one that nobody has sent.
  void live_a_day() {
    const auto id = newest_case();
    ruiz_replies(id, "One.");
    ruiz_replies(id, "Yes.");
    ruiz_replies(id, "Yes.");
    pass(1h);
    dana_answers("Thanks, but no.");
    pass(1h);
    kill_bridge();
    ruiz_replies(id, "Yes.");
    pass(20h);
  }
  void come_back_with(const MemoryStore& older) {
    store = older;
    start_bridge();
    pass(2h);
  }
  void check() {
    EXPECT_THAT(texts_danas_got(), ElementsAre("One.", "Yes.", "Yes.", "Yes."));
    EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
    EXPECT_THAT(transcript_of(newest_case()), ElementsAre(StartsWith("Where is it?"), StartsWith("Thanks, but no.")));
    EXPECT_THAT(query("SELECT Id FROM ContentVersion WHERE Description LIKE 'opencx attachment %'"), SizeIs(1));
    const auto left = store.count_jobs(fibers.now());
    EXPECT_EQ(left.due + left.waiting + left.parked, 0u);
  }
};

TEST_F(Restore, OfAStoreThatKnowsTheCase) {
  hand_off();
  pass(1h);
  const MemoryStore older = store;
  live_a_day();
  come_back_with(older);
  check();
}

TEST_F(Restore, OfAStoreThatDoesNotKnowTheCase) {
  const MemoryStore older = store;
  hand_off();
  live_a_day();
  come_back_with(older);
  check();
}

}  // namespace
}  // namespace casewire::bridge
