// How the bridge starts, stops, and says how it is.

#include <gtest/gtest.h>

#include "world/stage.hpp"

namespace casewire::bridge {
namespace {

using testing::HasSubstr;

using Answer = std::optional<Result<http::Response, http::TransportError>>;

class Life : public testing::Test, protected Stage {};

TEST_F(Life, StopsWhatAStartHadBegunThatFailedHalfWay) {
  disk_is_full = true;
  start_bridge();
  settle();
  ASSERT_TRUE(has_failed_to_start);
  EXPECT_EQ(stop_bridge(), true);
  EXPECT_EQ(bridge_process->activity().next_timer, std::nullopt) << "a worker still waits for work";
}

TEST_F(Life, BeginsNoLookWhileItWaitsForTheLastJob) {
  int looks = 0;
  meddle = [&](const http::Request& request) -> Answer {
    if (request.target.find("/chat/sessions?") != std::string::npos) {
      ++looks;
      return http::Response{.status = 503};  // so that the next look would come soon
    }
    if (request.target.find("/chat/sessions/") != std::string::npos) bridge_process->sleep_for(20s);
    return std::nullopt;
  };
  start_bridge();
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  settle();
  EXPECT_EQ(stop_bridge(), true);
  EXPECT_EQ(looks, 1);
}

TEST_F(Life, IsReadyAgainAsSoonAsTheDiskHasRoom) {
  start_bridge();
  settle();
  EXPECT_EQ(get("/readyz").status, 200);
  disk_is_full = true;
  dana_writes("Where is it?");
  const auto failing = get("/readyz");
  EXPECT_EQ(failing.status, 503);
  EXPECT_THAT(failing.body, HasSubstr("store failed"));
  disk_is_full = false;
  EXPECT_EQ(get("/readyz").status, 200);
}

}  // namespace
}  // namespace casewire::bridge
