// The preloaded clock answers every clock and ends every wait as the kernel does: one probe, in real time and in the world's.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>
#include <vector>

#include "sim/clock/driver.hpp"
#include "tests/support/golden.hpp"

namespace casewire::sim::clock {
namespace {

using Clock = std::chrono::steady_clock;

const WallTime kStart = *parse_iso8601("2026-01-05T09:00:00.000Z");

/// A child with its own environment, whose output goes into a file.
class Child {
 public:
  Child(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment) {
    char name[] = "/tmp/casewire-clock-XXXXXX";
    const int file = ::mkstemp(name);
    output_ = name;
    id_ = ::fork();
    if (id_ == 0) {
      ::dup2(file, STDOUT_FILENO);
      for (const auto& [variable, value] : environment) ::setenv(variable.c_str(), value.c_str(), 1);
      std::vector<char*> arguments;
      for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
      arguments.push_back(nullptr);
      ::execvp(arguments.front(), arguments.data());
      ::_exit(127);
    }
    ::close(file);
  }
  ~Child() {
    if (!has_ended()) ::kill(id_, SIGKILL), ::waitpid(id_, nullptr, 0);
    ::unlink(output_.c_str());
  }
  bool has_ended() {
    if (!ended_ && ::waitpid(id_, &status_, WNOHANG) == id_) ended_ = true;
    return ended_;
  }
  int exit_code() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }
  std::string output() const {
    std::ifstream file(output_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  pid_t id_;
  std::string output_;
  bool ended_ = false;
  int status_ = 0;
};

struct Played {
  std::string output, trouble{};
  WallTime end{};
  std::uint64_t jumps = 0;
};

/// Moves time whenever the child has nothing to do, until it ends.
Played play_in_the_world(const std::vector<std::string>& command) {
  static int number = 0;
  const std::string path = "/tmp/casewire-clock-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
  auto driver = Driver::create(path, CASEWIRE_CLOCK_LIBRARY, kStart);
  if (!driver) return {{}, driver.error()};
  Child child(command, (*driver)->environment());
  Played played{.output = {}, .end = kStart};
  const auto patience = Clock::now() + std::chrono::seconds(40);
  std::string holder = "nobody";
  while (!child.has_ended()) {
    if (Clock::now() > patience) return {child.output(), "time does not move: " + holder};
    const auto busy = (*driver)->is_in_use() ? (*driver)->busy() : std::optional<std::string>("it has not begun");
    const auto next = busy ? std::nullopt : (*driver)->next();
    if (next) {
      played.end = *next;
      (*driver)->advance_to(*next);
    } else {
      holder = busy.value_or("everybody waits for ever");
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  }
  if (child.exit_code() != 0) played.trouble = "exit code " + std::to_string(child.exit_code());
  played.output = child.output();
  played.jumps = (*driver)->jumps();
  return played;
}

std::string play_in_real_time(const std::vector<std::string>& command) {
  Child child(command, {});
  while (!child.has_ended()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return child.output();
}

const std::string kExpected = "tests/contract/clock/probe.expected.txt";

TEST(ClockContract, TheKernelSaysWhatIsExpected) {
  // A busy machine may hold a thread up for longer than the probe waits.
  std::string seen;
  for (int tries = 0; tries < 3; ++tries) {
    seen = play_in_real_time({CASEWIRE_CLOCK_PROBE});
    std::ifstream file(std::string(CASEWIRE_SOURCE_DIR) + "/" + kExpected);
    if (seen == std::string(std::istreambuf_iterator<char>(file), {})) break;
  }
  tests::expect_golden(kExpected, seen);
}

TEST(ClockContract, TheLibrarySaysTheSame) {
  for (int times = 0; times < 3; ++times) {
    const Played played = play_in_the_world({CASEWIRE_CLOCK_PROBE});
    EXPECT_EQ(played.trouble, "");
    tests::expect_golden(kExpected, played.output);
  }
}

TEST(ClockContract, DaysPassForAnUnmodifiedProgram) {
  const auto begin = Clock::now();
  const Played played =
      play_in_the_world({"perl", "-e", "my $t = time; sleep 600 for 1..432; print time - $t >= 259200 ? 'three days' : 'less';"});
  EXPECT_EQ(played.trouble, "");
  EXPECT_EQ(played.output, "three days");
  EXPECT_GE(played.end - kStart, std::chrono::hours(72));
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(30));
}

TEST(ClockContract, WhoKeepsWakingForNothingIsLetSleep) {
  const Played played = play_in_the_world(
      {"perl", "-e", "my $t = time; while (time - $t < 86400) { select(undef, undef, undef, 0.05) } print 'a day';"});
  EXPECT_EQ(played.output, "a day");
  EXPECT_LT(played.jumps, 4'000U) << "a day has 1,728,000 times 50 ms";
}

TEST(ClockContract, WhoIsAtWorkHoldsTime) {
  const std::string path = "/tmp/casewire-clock-busy-" + std::to_string(::getpid());
  auto driver = Driver::create(path, CASEWIRE_CLOCK_LIBRARY, kStart);
  ASSERT_TRUE(driver) << driver.error();
  Child child({"perl", "-e", "while (1) {}"}, (*driver)->environment());
  while (!(*driver)->is_in_use()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::optional<std::string> busy;
  for (int looks = 0; looks < 50; ++looks) {
    busy = (*driver)->busy();
    ASSERT_TRUE(busy.has_value());
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_NE(busy->find("(perl)"), std::string::npos) << *busy;
}

TEST(ClockContract, WithoutItsFileTheLibraryDoesNothing) {
  EXPECT_EQ(play_in_real_time({"env", std::string("LD_PRELOAD=") + CASEWIRE_CLOCK_LIBRARY, "CASEWIRE_CLOCK=/nowhere", "perl",
                               "-e", "print time > 1700000000 ? 'now' : 'then';"}),
            "now");
}

}  // namespace
}  // namespace casewire::sim::clock
