#include "scenarios/runner/child_process.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <thread>

namespace casewire::scenarios {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

TEST(ChildProcess, GetsItsEnvironmentAndKeepsTheEndOfItsOutput) {
  ProcessHost host;
  auto child = host.start({{"sh", "-c", "echo \"to $WHO\"; echo aside >&2; exit 3"}, {{"WHO", "Dana"}}});
  ASSERT_TRUE(child) << child.error();
  const auto has = [&](const char* text) { return (*child)->output().find(text) != std::string::npos; };
  while (!has("to Dana") || !has("aside") || (*child)->running()) std::this_thread::yield();
  EXPECT_EQ((*child)->end(), "exited with 3");
}

TEST(ChildProcess, RunsNoLongerThanTheKernelSays) {
  ProcessHost host;
  for (int time = 0; time < 100; ++time) {
    auto child = host.start({{"sh", "-c", "exit 3"}});
    ASSERT_TRUE(child) << child.error();
    siginfo_t ended{};
    ::waitid(P_PID, static_cast<id_t>((*child)->group()), &ended,
             WEXITED | WNOWAIT);  // fails when the host has taken note already
    EXPECT_FALSE((*child)->running());
    EXPECT_EQ((*child)->end(), "exited with 3");
  }
}

TEST(ChildProcess, IsKilledWithItsWholeGroup) {
  ProcessHost host;
  auto child = host.start({{"sh", "-c", "sleep 1000 & wait"}});
  ASSERT_TRUE(child) << child.error();
  EXPECT_TRUE((*child)->running());
  (*child)->kill();
  EXPECT_FALSE((*child)->running());
  EXPECT_EQ((*child)->end(), "killed by signal 9");
}

TEST(ChildProcess, IsAskedToEndBeforeItIsKilled) {
  ProcessHost host;
  auto child = host.start({{"sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done"}});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find("ready") == std::string::npos) std::this_thread::yield();
  (*child)->ask_to_end();
  EXPECT_TRUE((*child)->wait_gone(seconds(10)));
  EXPECT_EQ((*child)->end(), "exited with 5");
}

/// Whether the process that `child` has named with "pid NUMBER" is there.
bool is_named_process_there(const ChildProcess& child) {
  const std::string output = child.output();
  return ::kill(static_cast<pid_t>(std::stol(output.substr(output.find("pid ") + 4))), 0) == 0;
}

// `--bridge "npm start"`: the shell ended, and the bridge behind it kept its port for good.
TEST(ChildProcess, LeavesNothingRunningWhenItEndsByItself) {
  ProcessHost host;
  auto child = host.start({{"sh", "-c", "sleep 1000 & echo pid $!; exit 4"}});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->running() || (*child)->output().find('\n') == std::string::npos) std::this_thread::yield();
  EXPECT_EQ((*child)->end(), "exited with 4");
  (*child)->kill();
  EXPECT_FALSE(is_named_process_there(**child));
}

TEST(ChildProcess, PassesTheRequestToEndOnToWhatItStarted) {
  ProcessHost host;
  auto child = host.start(
      {{"sh", "-c", "trap : TERM; sh -c 'trap \"echo asked; exit\" TERM; echo ready; while :; do sleep 0.01; done'; exit 6"}});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find("ready") == std::string::npos) std::this_thread::yield();
  (*child)->ask_to_end();
  EXPECT_TRUE((*child)->wait_gone(seconds(10)));
  EXPECT_EQ((*child)->end(), "exited with 6");
}

// A shell without a trap ends at once by SIGTERM: what it had started was killed while it tidied up, and the stop called graceful.
TEST(ChildProcess, LetsWhatItStartedTidyUpLongerThanItself) {
  ProcessHost host;
  auto child = host.start(
      {{"sh", "-c", "sh -c 'trap \"sleep 0.1; echo tidy; exit\" TERM; echo ready; while :; do sleep 0.01; done'; exit"}});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find("ready") == std::string::npos) std::this_thread::yield();
  (*child)->ask_to_end();
  EXPECT_TRUE((*child)->wait_gone(seconds(10)));
  EXPECT_EQ((*child)->end(), "killed by signal 15");
  while ((*child)->output().find("tidy") == std::string::npos) std::this_thread::yield();
}

TEST(ChildProcess, KillsWhatDoesNotTidyUpInTime) {
  ProcessHost host;
  auto child = host.start({{"sh", "-c", "sh -c 'trap \"\" TERM; echo pid $$; while :; do sleep 0.01; done'; exit"}});
  ASSERT_TRUE(child) << child.error();
  while ((*child)->output().find('\n') == std::string::npos) std::this_thread::yield();
  (*child)->ask_to_end();
  EXPECT_FALSE((*child)->wait_gone(milliseconds(50)));
  (*child)->kill();
  EXPECT_FALSE(is_named_process_there(**child));
}

TEST(ChildProcess, SaysWhatIsWrongWithAProgramThatIsNotThere) {
  ProcessHost host;
  const auto child = host.start({{"no-such-program-anywhere"}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error(), "there is no program no-such-program-anywhere in PATH");
  EXPECT_EQ(host.start({{"/no/such/program"}}).error(), "/no/such/program: No such file or directory");
  const std::string text_file = std::string(CASEWIRE_SOURCE_DIR) + "/README.md";
  EXPECT_EQ(host.start({{text_file}}).error(), text_file + ": Permission denied");
  EXPECT_EQ(host.start({{"/tmp"}}).error(), "/tmp is a folder");
}

TEST(ChildProcess, WorksInTheFolderItIsGivenAndIsFoundFromHere) {
  ProcessHost host;
  auto child = host.start({.command = {"sh", "-c", "pwd; exit 3"}, .folder = "/usr"});
  ASSERT_TRUE(child) << child.error();
  EXPECT_TRUE((*child)->wait_gone(seconds(10)));
  EXPECT_EQ((*child)->output(), "/usr\n");
  EXPECT_EQ(host.start({.command = {"sh", "-c", "exit"}, .folder = "/no/such"}).error().substr(0, 12), "cannot start");
}

TEST(ChildProcess, StartsAndEndsManyAtOnce) {
  ProcessHost host;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 5; ++n) {
        auto child = host.start({{"sleep", "1000"}});
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
