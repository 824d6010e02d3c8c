#include "scenarios/runner/child_process.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace casewire::scenarios {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ChildProcess, GetsItsEnvironmentAndKeepsTheEndOfItsOutput) {
  ProcessHost host;
  auto child = host.start({"sh", "-c", "echo \"to $WHO\"; echo aside >&2; exit 3"}, {{"WHO", "Dana"}});
  ASSERT_TRUE(child) << child.error();
  const auto has = [&](const char* text) { return (*child)->output().find(text) != std::string::npos; };
  while (!has("to Dana") || !has("aside") || (*child)->running()) std::this_thread::yield();
  EXPECT_EQ((*child)->end(), "exited with 3");
}

TEST(ChildProcess, IsKilledWithItsWholeGroup) {
  ProcessHost host;
  auto child = host.start({"sh", "-c", "sleep 1000 & wait"}, {});
  ASSERT_TRUE(child) << child.error();
  EXPECT_TRUE((*child)->running());
  (*child)->kill();
  EXPECT_FALSE((*child)->running());
  EXPECT_EQ((*child)->end(), "killed by signal 9");
}

TEST(ChildProcess, IsAskedToEndBeforeItIsKilled) {
  ProcessHost host;
  auto child = host.start({"sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done"}, {});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find("ready") == std::string::npos) std::this_thread::yield();
  EXPECT_TRUE((*child)->terminate(seconds(10)));
  EXPECT_EQ((*child)->end(), "exited with 5");
}

TEST(ChildProcess, SaysWhatIsWrongWithAProgramThatIsNotThere) {
  ProcessHost host;
  const auto child = host.start({"no-such-program-anywhere"}, {});
  ASSERT_FALSE(child);
  EXPECT_THAT(child.error(), HasSubstr("no-such-program-anywhere"));
}

TEST(ChildProcess, StartsAndEndsManyAtOnce) {
  ProcessHost host;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 5; ++n) {
        auto child = host.start({"sleep", "1000"}, {});
        ASSERT_TRUE(child) << child.error();
        (*child)->kill();
        EXPECT_FALSE((*child)->running());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(CommandWords, KeepQuotedBlanks) {
  EXPECT_THAT(command_words("node \"my bridge.js\" --x 'a b' "), ElementsAre("node", "my bridge.js", "--x", "a b"));
  EXPECT_TRUE(command_words("  ").empty());
}

}  // namespace
}  // namespace casewire::scenarios
