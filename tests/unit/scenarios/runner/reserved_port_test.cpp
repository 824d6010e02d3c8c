#include "scenarios/runner/reserved_port.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "base/runtime/thread_runtime.hpp"

namespace casewire::scenarios {
namespace {

TEST(ReservedPort, IsAnotherOneEachTime) {
  ThreadRuntime runtime;
  const auto one = ReservedPort::take(runtime), other = ReservedPort::take(runtime);
  ASSERT_TRUE(one && other);
  EXPECT_NE(one->number(), other->number());
}

// Two harnesses that looked for one at the same place took the same port, and the bridge of one could not listen.
TEST(ReservedPort, AnotherHarnessTakesAnotherOne) {
  std::array<int, 2> told{};
  ASSERT_EQ(::pipe(told.data()), 0);
  ThreadRuntime runtime;
  const auto before = ReservedPort::take(runtime);
  ASSERT_TRUE(before);
  // Who goes on from the same place here and in the child would take the same one.
  const auto mine = [&] {
    const pid_t child = ::fork();
    if (child != 0) return ReservedPort::take(runtime);
    ::usleep(200'000);
    ThreadRuntime own;
    const auto port = ReservedPort::take(own);
    const int number = port ? port->number() : 0;
    ::_exit(::write(told[1], &number, sizeof number) == sizeof number ? 0 : 1);
  }();
  ASSERT_TRUE(mine);
  int theirs = 0;
  ASSERT_EQ(::read(told[0], &theirs, sizeof theirs), static_cast<ssize_t>(sizeof theirs));
  EXPECT_NE(theirs, 0);
  EXPECT_NE(theirs, mine->number());
  int status = 0;
  ::wait(&status);
  ::close(told[0]);
  ::close(told[1]);
}

}  // namespace
}  // namespace casewire::scenarios
