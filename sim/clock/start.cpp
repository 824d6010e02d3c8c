// Where the library begins: before the program's main(), and again in the child of a fork.

#include <pthread.h>

#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

namespace {

void in_the_child() { casewire::sim::clock::start_waker(); }

/// Before the constructors of all other libraries, which may wait or ask the hour already (-z initfirst); getenv() does not work yet.
__attribute__((constructor)) void start(int, char**, char** environment) {
  using namespace casewire::sim::clock;
  attach(environment);
  if (board() == nullptr) return;
  start_waker();
  ::pthread_atfork(nullptr, nullptr, in_the_child);
}

}  // namespace
