#include "scenarios/cli/interrupt.hpp"

#include <signal.h>

#include <atomic>

namespace casewire::scenarios {
namespace {

std::atomic<bool> asked = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch it");

void note_interrupt(int) { asked = true; }

}  // namespace

// A handler and not a blocked signal: a child inherits what is blocked, and a bridge must hear its SIGTERM.
void keep_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

bool interrupted() { return asked; }

}  // namespace casewire::scenarios
