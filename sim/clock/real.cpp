#include "sim/clock/real.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <type_traits>

namespace casewire::sim::clock::real {

namespace {

template <class Function>
void find(Function*& function, const char* name) {
  function = reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

#define CASEWIRE_REALS(each)                                                                                                    \
  each(clock_gettime) each(nanosleep) each(clock_nanosleep) each(poll) each(ppoll) each(select) each(pselect) each(epoll_wait)  \
      each(epoll_pwait) each(pthread_mutex_timedlock) each(pthread_mutex_clocklock) each(pthread_rwlock_timedrdlock)            \
          each(pthread_rwlock_timedwrlock) each(sem_wait) each(sem_timedwait) each(sem_clockwait) each(timerfd_settime)         \
              each(timerfd_gettime) each(timer_settime) each(timer_gettime) each(timer_delete) each(setitimer) each(getitimer)  \
                  each(setsockopt) each(getsockopt) each(recv) each(recvfrom) each(recvmsg) each(read) each(readv) each(accept) \
                      each(accept4) each(close) each(syscall)

// The condition variables have two versions in glibc, and dlsym() finds the one of 1997.
#define CASEWIRE_REAL_CONDITIONS(each) \
  each(pthread_cond_wait) each(pthread_cond_timedwait) each(pthread_cond_clockwait) each(pthread_cond_broadcast)

#define CASEWIRE_DEFINE(name) decltype(&::name) name = nullptr;
CASEWIRE_REALS(CASEWIRE_DEFINE)
CASEWIRE_REAL_CONDITIONS(CASEWIRE_DEFINE)
#undef CASEWIRE_DEFINE

void look_up() {
#define CASEWIRE_FIND(name) find(name, #name);
  CASEWIRE_REALS(CASEWIRE_FIND)
#undef CASEWIRE_FIND
  const auto condition = [](auto& function, const char* name) {
    void* found = ::dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
    if (found == nullptr) found = ::dlsym(RTLD_NEXT, name);
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
  };
#define CASEWIRE_FIND(name) condition(name, #name);
  CASEWIRE_REAL_CONDITIONS(CASEWIRE_FIND)
#undef CASEWIRE_FIND
}

}  // namespace casewire::sim::clock::real
