#include "scenarios/cli/interrupt.hpp"

#include <signal.h>

#include <atomic>

namespace casewire::scenarios {
namespace {

// `timeout` signals its child and then the child's group, and so do wrappers on Ctrl-C at a terminal: one wish comes as two signals.
constexpr int kSignalsOfOneWish = 2;

std::atomic<int> times_asked = 0;
std::atomic<int> times_kept = kSignalsOfOneWish;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may touch it");

void note_interrupt(int signal) {
  if (++times_asked <= times_kept) return;
  ::signal(signal, SIG_DFL);
  ::raise(signal);  // takes effect when this handler returns
}

}  // namespace

// A handler and not a blocked signal: a child inherits what is blocked, and a bridge must hear its SIGTERM.
void keep_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

bool interrupted() { return times_asked > 0; }

void end_on_next_interrupt() { times_kept = times_asked.load(); }

}  // namespace casewire::scenarios
