#pragma once
// The functions that the library stands in front of, as the next library in line has them.

#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

namespace casewire::sim::clock::real {

/// Looked up at the first use. Looking up is not async-signal-safe, so start() looks all of them up before the program's main().
#define CASEWIRE_REAL(name) extern decltype(&::name) name
CASEWIRE_REAL(clock_gettime);
CASEWIRE_REAL(nanosleep);
CASEWIRE_REAL(clock_nanosleep);
CASEWIRE_REAL(poll);
CASEWIRE_REAL(ppoll);
CASEWIRE_REAL(select);
CASEWIRE_REAL(pselect);
CASEWIRE_REAL(epoll_wait);
CASEWIRE_REAL(epoll_pwait);
CASEWIRE_REAL(pthread_cond_wait);
CASEWIRE_REAL(pthread_cond_timedwait);
CASEWIRE_REAL(pthread_cond_clockwait);
CASEWIRE_REAL(pthread_cond_broadcast);
CASEWIRE_REAL(pthread_mutex_timedlock);
CASEWIRE_REAL(pthread_mutex_clocklock);
CASEWIRE_REAL(pthread_rwlock_timedrdlock);
CASEWIRE_REAL(pthread_rwlock_timedwrlock);
CASEWIRE_REAL(sem_wait);
CASEWIRE_REAL(sem_timedwait);
CASEWIRE_REAL(sem_clockwait);
CASEWIRE_REAL(timerfd_settime);
CASEWIRE_REAL(timerfd_gettime);
CASEWIRE_REAL(timer_settime);
CASEWIRE_REAL(timer_gettime);
CASEWIRE_REAL(timer_delete);
CASEWIRE_REAL(setitimer);
CASEWIRE_REAL(getitimer);
CASEWIRE_REAL(setsockopt);
CASEWIRE_REAL(getsockopt);
CASEWIRE_REAL(recv);
CASEWIRE_REAL(recvfrom);
CASEWIRE_REAL(recvmsg);
CASEWIRE_REAL(read);
CASEWIRE_REAL(readv);
CASEWIRE_REAL(accept);
CASEWIRE_REAL(accept4);
CASEWIRE_REAL(close);
CASEWIRE_REAL(syscall);
#undef CASEWIRE_REAL

void look_up();

}  // namespace casewire::sim::clock::real
