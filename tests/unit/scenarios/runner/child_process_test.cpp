#include "scenarios/runner/child_process.hpp"

#include <gmock/gmock.h>
#include <signal.h>

#include <thread>

namespace casewire::scenarios {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

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

/// Whether the process that `child` has named with "pid NUMBER" ends; kill() would say so forever of one that does not.
bool named_process_ends(const ChildProcess& child) {
  const std::string output = child.output();
  const auto pid = static_cast<pid_t>(std::stol(output.substr(output.find("pid ") + 4)));
  for (int tries = 0; tries < 10'000; ++tries) {
    if (::kill(pid, 0) != 0) return true;
    std::this_thread::sleep_for(milliseconds{1});
  }
  return false;
}

// `--bridge "npm start"`: the shell ended, and the bridge behind it kept its port for good.
TEST(ChildProcess, LeavesNothingRunningWhenItEndsByItself) {
  ProcessHost host;
  auto child = host.start({"sh", "-c", "sleep 1000 & echo pid $!; exit 4"}, {});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->running() || (*child)->output().find('\n') == std::string::npos) std::this_thread::yield();
  EXPECT_EQ((*child)->end(), "exited with 4");
  EXPECT_TRUE(named_process_ends(**child));
}

TEST(ChildProcess, PassesTheRequestToEndOnToWhatItStarted) {
  ProcessHost host;
  auto child = host.start(
      {"sh", "-c", "trap : TERM; sh -c 'trap \"echo asked; exit\" TERM; echo ready; while :; do sleep 0.01; done'; exit 6"}, {});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find("ready") == std::string::npos) std::this_thread::yield();
  EXPECT_TRUE((*child)->terminate(seconds(10)));
  EXPECT_EQ((*child)->end(), "exited with 6");
}

TEST(ChildProcess, SaysWhatIsWrongWithAProgramThatIsNotThere) {
  ProcessHost host;
  const auto child = host.start({"no-such-program-anywhere"}, {});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error(), "there is no program no-such-program-anywhere in PATH");
  EXPECT_EQ(host.start({"/no/such/program"}, {}).error(), "/no/such/program: No such file or directory");
  const std::string text_file = std::string(CASEWIRE_SOURCE_DIR) + "/README.md";
  EXPECT_EQ(host.start({text_file}, {}).error(), text_file + ": Permission denied");
  EXPECT_EQ(host.start({"/tmp"}, {}).error(), "/tmp is a folder");
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
