// Asks the clock and waits in every way that a program has, and prints what came of it, a line each. Played once in real time and
// once under the preloaded library: the lines must be the same.

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace {

using std::int64_t;
constexpr int64_t kMillisecond = 1'000'000;
constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kLimit = 60 * kMillisecond;   // what a wait is given
constexpr int64_t kSoon = 20 * kMillisecond;    // when something comes in between
constexpr int64_t kHuge = 4'000'000 * kSecond;  // longer than anybody waits for this test

int64_t now(clockid_t clock = CLOCK_MONOTONIC) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}
timespec of(int64_t nanoseconds) { return {nanoseconds / kSecond, nanoseconds % kSecond}; }
timeval micro(int64_t nanoseconds) { return {nanoseconds / kSecond, nanoseconds % kSecond / 1000}; }
timespec hour(clockid_t clock, int64_t ahead) { return of(now(clock) + ahead); }

/// The result of a call, with errno where it failed: "0", "-1 EINTR".
std::string told(long result) {
  if (result >= 0) return std::to_string(result);
  return std::to_string(result) + " " + strerrorname_np(errno);
}
std::string told_number(int error) { return error == 0 ? "0" : strerrorname_np(error); }

void on_signal(int) {}

/// Does something after kSoon on a thread of its own, and ends it.
class Soon {
 public:
  explicit Soon(std::function<void()> deed)
      : thread_([deed = std::move(deed)] {
          const timespec soon = of(kSoon);
          nanosleep(&soon, nullptr);
          deed();
        }) {}
  ~Soon() { thread_.join(); }

 private:
  std::thread thread_;
};

std::function<void()> signal_to_me() {
  return [me = pthread_self()] { pthread_kill(me, SIGUSR1); };
}

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) std::abort();
  }
  ~Pipe() { close(ends_[0]), close(ends_[1]); }
  int out() const { return ends_[0]; }
  std::function<void()> fill() const {
    return [end = ends_[1]] {
      if (write(end, "x", 1) != 1) std::abort();
    };
  }

 private:
  int ends_[2]{};
};

void row(const char* call, const char* way, const std::function<std::string()>& play) {
  const int64_t begin = now();
  errno = 0;
  const std::string result = play();
  const int64_t took = now() - begin;
  const char* when = took >= kLimit ? "at the limit" : took >= kSoon ? "in between" : "at once";
  std::printf("%-26s %-22s %-14s %s\n", call, way, result.c_str(), when);
}

void clocks() {
  for (const clockid_t clock : {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE}) {
    row("clock_gettime", "moves on", [&] {
      const int64_t before = now(clock);
      const timespec limit = of(kLimit + 5 * kMillisecond);  // the coarse ones count in steps of 4 ms
      nanosleep(&limit, nullptr);
      return now(clock) - before >= kLimit ? "yes" : "no";
    });
  }
  row("gettimeofday, time", "agree", [] {
    timeval time_of_day{};
    gettimeofday(&time_of_day, nullptr);
    const int64_t seconds = now(CLOCK_REALTIME) / kSecond;
    return std::abs(time_of_day.tv_sec - seconds) <= 1 && std::abs(time(nullptr) - seconds) <= 1 ? "yes" : "no";
  });
  row("clock_gettime", "CPU time goes on", [] {
    const int64_t before = now(CLOCK_PROCESS_CPUTIME_ID);
    volatile int work = 0;
    for (int i = 0; i < 3'000'000; ++i) work = work + 1;
    return now(CLOCK_PROCESS_CPUTIME_ID) > before ? "yes" : "no";
  });
  row("clock_gettime", "in a loop, no wait", [] {
    const int64_t before = now();
    while (now() - before < 2 * kMillisecond) {
    }
    return std::string("it ends");
  });
  row("clock_gettime", "no such clock", [] {
    timespec time{};
    return told(clock_gettime(99, &time));
  });
}

void sleeps() {
  const auto sleep_for = [](int64_t duration) {
    const timespec time = of(duration);
    return told(nanosleep(&time, nullptr));
  };
  row("nanosleep", "relative", [&] { return sleep_for(kLimit); });
  row("nanosleep", "zero", [&] { return sleep_for(0); });
  row("nanosleep", "negative", [] {
    const timespec time{-1, 0};
    return told(nanosleep(&time, nullptr));
  });
  row("nanosleep", "no such nanoseconds", [] {
    const timespec time{0, kSecond};
    return told(nanosleep(&time, nullptr));
  });
  row("nanosleep", "huge, signal", [] {
    const Soon soon(signal_to_me());
    const timespec time = of(kHuge);
    timespec left{};
    const std::string result = told(nanosleep(&time, &left));
    return result + (left.tv_sec > 0 ? " left" : "");
  });
  row("clock_nanosleep", "relative", [] {
    const timespec time = of(kLimit);
    return told_number(clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr));
  });
  for (const clockid_t clock : {CLOCK_MONOTONIC, CLOCK_REALTIME}) {
    row("clock_nanosleep", clock == CLOCK_MONOTONIC ? "absolute" : "absolute, real time", [&] {
      const timespec time = hour(clock, kLimit);
      return told_number(clock_nanosleep(clock, TIMER_ABSTIME, &time, nullptr));
    });
  }
  row("clock_nanosleep", "in the past", [] {
    const timespec time{1, 0};
    return told_number(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr));
  });
  row("clock_nanosleep", "negative", [] {
    const timespec time{-1, 0};
    return told_number(clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr));
  });
  row("clock_nanosleep", "huge, signal", [] {
    const Soon soon(signal_to_me());
    const timespec time = of(kHuge);
    return told_number(clock_nanosleep(CLOCK_MONOTONIC, 0, &time, nullptr));
  });
  row("usleep", "relative", [] { return told(usleep(kLimit / 1000)); });
  row("sleep", "signal", [] {
    const Soon soon(signal_to_me());
    return std::to_string(sleep(100) > 90);
  });
}

void polls() {
  const auto poll_for = [](int limit, int descriptor = -1) {
    pollfd one{descriptor, POLLIN, 0};
    return told(poll(&one, 1, limit));
  };
  row("poll", "relative", [&] { return poll_for(kLimit / kMillisecond); });
  row("poll", "zero", [&] { return poll_for(0); });
  row("poll", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return poll_for(INT_MAX);
  });
  row("poll", "huge, data", [&] {
    const Pipe pipe;
    const Soon soon(pipe.fill());
    return poll_for(INT_MAX, pipe.out());
  });
  row("poll", "no limit, data", [&] {
    const Pipe pipe;
    const Soon soon(pipe.fill());
    return poll_for(-1, pipe.out());
  });
  row("poll", "data before the limit", [&] {
    const Pipe pipe;
    const Soon soon(pipe.fill());
    return poll_for(kLimit / kMillisecond, pipe.out());
  });

  const auto ppoll_for = [](const timespec& limit, int descriptor = -1, const sigset_t* mask = nullptr) {
    pollfd one{descriptor, POLLIN, 0};
    return told(ppoll(&one, 1, &limit, mask));
  };
  row("ppoll", "relative", [&] { return ppoll_for(of(kLimit)); });
  row("ppoll", "zero", [&] { return ppoll_for({0, 0}); });
  row("ppoll", "negative", [&] { return ppoll_for({-1, 0}); });
  row("ppoll", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return ppoll_for(of(kHuge));
  });
  row("ppoll", "signal is masked", [&] {
    sigset_t mask;
    sigfillset(&mask);
    const Soon soon(signal_to_me());
    return ppoll_for(of(kLimit), -1, &mask);
  });

  const auto select_for = [](timeval limit, int descriptor = -1) {
    fd_set set;
    FD_ZERO(&set);
    if (descriptor >= 0) FD_SET(descriptor, &set);
    const int ready = select(descriptor + 1, &set, nullptr, nullptr, &limit);
    return told(ready) + (limit.tv_sec > 0 ? " left" : "") +
           (descriptor >= 0 && ready >= 0 && FD_ISSET(descriptor, &set) ? " set" : "");
  };
  row("select", "relative", [&] { return select_for(micro(kLimit)); });
  row("select", "zero", [&] { return select_for({0, 0}); });
  row("select", "negative", [&] { return select_for({-1, 0}); });
  row("select", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return select_for({4'000'000, 0});
  });
  row("select", "huge, data", [&] {
    const Pipe pipe;
    const Soon soon(pipe.fill());
    return select_for({4'000'000, 0}, pipe.out());
  });
  row("select", "nothing came", [&] {
    const Pipe pipe;
    return select_for(micro(kLimit), pipe.out());
  });
  row("pselect", "relative", [] {
    const timespec limit = of(kLimit);
    return told(pselect(0, nullptr, nullptr, nullptr, &limit, nullptr));
  });
  row("pselect", "huge, signal", [] {
    const Soon soon(signal_to_me());
    const timespec limit = of(kHuge);
    return told(pselect(0, nullptr, nullptr, nullptr, &limit, nullptr));
  });

  const auto epoll_for = [](int limit, int descriptor = -1) {
    const int set = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN;
    if (descriptor >= 0) epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
    const std::string result = told(epoll_wait(set, &event, 1, limit));
    close(set);
    return result;
  };
  row("epoll_wait", "relative", [&] { return epoll_for(kLimit / kMillisecond); });
  row("epoll_wait", "zero", [&] { return epoll_for(0); });
  row("epoll_wait", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return epoll_for(INT_MAX);
  });
  row("epoll_wait", "huge, data", [&] {
    const Pipe pipe;
    const Soon soon(pipe.fill());
    return epoll_for(INT_MAX, pipe.out());
  });
  row("epoll_pwait", "signals are masked", [] {
    const int set = epoll_create1(EPOLL_CLOEXEC);
    sigset_t mask;
    sigfillset(&mask);
    epoll_event event{};
    const Soon soon(signal_to_me());
    const std::string result = told(epoll_pwait(set, &event, 1, kLimit / kMillisecond, &mask));
    close(set);
    return result;
  });
  row("epoll_pwait2", "relative", [] {
    const int set = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    const timespec limit = of(kLimit);
    const std::string result = told(epoll_pwait2(set, &event, 1, &limit, nullptr));
    close(set);
    return result;
  });
}

class Condition {
 public:
  explicit Condition(clockid_t clock) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, clock);
    pthread_cond_init(&condition, &attributes);
    pthread_mutex_lock(&mutex);
  }
  ~Condition() { pthread_mutex_unlock(&mutex); }
  /// Until the limit or until `is_told`: wake-ups for nothing are allowed.
  template <class Wait>
  std::string wait(Wait once) {
    int error = 0;
    while (error == 0 && !is_told) error = once();
    return is_told ? "told" : told_number(error);
  }
  std::function<void()> tell() {
    return [this] {
      pthread_mutex_lock(&mutex);
      is_told = true;
      pthread_cond_signal(&condition);
      pthread_mutex_unlock(&mutex);
    };
  }
  pthread_cond_t condition;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  bool is_told = false;
};

void locks() {
  for (const clockid_t clock : {CLOCK_REALTIME, CLOCK_MONOTONIC}) {
    const std::string suffix = clock == CLOCK_REALTIME ? ", real time" : "";
    const auto timed = [&](Condition& one, const timespec& until) {
      return one.wait([&] { return pthread_cond_timedwait(&one.condition, &one.mutex, &until); });
    };
    row("pthread_cond_timedwait", ("absolute" + suffix).c_str(), [&] {
      Condition one(clock);
      return timed(one, hour(clock, kLimit));
    });
    row("pthread_cond_timedwait", ("in the past" + suffix).c_str(), [&] {
      Condition one(clock);
      return timed(one, {1, 0});
    });
    row("pthread_cond_timedwait", ("huge, told" + suffix).c_str(), [&] {
      Condition one(clock);
      pthread_mutex_unlock(&one.mutex);
      const Soon soon(one.tell());
      pthread_mutex_lock(&one.mutex);
      const std::string result = timed(one, hour(clock, kHuge));
      pthread_mutex_unlock(&one.mutex);
      pthread_mutex_lock(&one.mutex);
      return result;
    });
    row("pthread_cond_clockwait", ("absolute" + suffix).c_str(), [&] {
      Condition one(CLOCK_REALTIME);
      const timespec until = hour(clock, kLimit);
      return one.wait([&] { return pthread_cond_clockwait(&one.condition, &one.mutex, clock, &until); });
    });
  }
  row("pthread_cond_timedwait", "no such nanoseconds", [] {
    Condition one(CLOCK_REALTIME);
    const timespec until{1, kSecond};
    return told_number(pthread_cond_timedwait(&one.condition, &one.mutex, &until));
  });
  row("std::condition_variable", "wait_for", [] {
    std::mutex mutex;
    std::condition_variable condition;
    std::unique_lock lock(mutex);
    return condition.wait_for(lock, std::chrono::milliseconds(60), [] { return false; }) ? "told" : "limit";
  });
  row("std::this_thread", "sleep_for", [] {
    std::this_thread::sleep_for(std::chrono::nanoseconds(kLimit));
    return "0";
  });

  const auto semaphore_until = [](const timespec& until) {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    return told(sem_timedwait(&semaphore, &until));
  };
  row("sem_timedwait", "absolute", [&] { return semaphore_until(hour(CLOCK_REALTIME, kLimit)); });
  row("sem_timedwait", "in the past", [&] { return semaphore_until({1, 0}); });
  row("sem_timedwait", "no such nanoseconds", [&] { return semaphore_until({1, kSecond}); });
  row("sem_timedwait", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return semaphore_until(hour(CLOCK_REALTIME, kHuge));
  });
  row("sem_timedwait", "huge, posted", [] {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    const Soon soon([&] { sem_post(&semaphore); });
    const timespec until = hour(CLOCK_REALTIME, kHuge);
    return told(sem_timedwait(&semaphore, &until));
  });
  row("sem_clockwait", "absolute", [] {
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    const timespec until = hour(CLOCK_MONOTONIC, kLimit);
    return told(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &until));
  });

  const auto mutex_until = [](clockid_t clock, int64_t ahead) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    std::string result;
    std::thread other([&] {
      const timespec until = hour(clock, ahead);
      result = told_number(clock == CLOCK_REALTIME ? pthread_mutex_timedlock(&mutex, &until)
                                                   : pthread_mutex_clocklock(&mutex, clock, &until));
    });
    other.join();
    return result;
  };
  row("pthread_mutex_timedlock", "absolute", [&] { return mutex_until(CLOCK_REALTIME, kLimit); });
  row("pthread_mutex_clocklock", "absolute", [&] { return mutex_until(CLOCK_MONOTONIC, kLimit); });
  row("pthread_mutex_timedlock", "free", [] {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    const timespec until{1, 0};
    return told_number(pthread_mutex_timedlock(&mutex, &until));
  });
  row("pthread_rwlock_timedwrlock", "absolute", [] {
    pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    pthread_rwlock_rdlock(&lock);
    std::string result;
    std::thread other([&] {
      const timespec until = hour(CLOCK_REALTIME, kLimit);
      result = told_number(pthread_rwlock_timedwrlock(&lock, &until));
    });
    other.join();
    return result;
  });
}

void futexes() {
  static int word = 0;
  const auto wait = [](int operation, const timespec& limit, int expected = 0) {
    return told(syscall(SYS_futex, &word, operation, expected, &limit, nullptr, FUTEX_BITSET_MATCH_ANY));
  };
  row("futex WAIT", "relative", [&] { return wait(FUTEX_WAIT_PRIVATE, of(kLimit)); });
  row("futex WAIT", "zero", [&] { return wait(FUTEX_WAIT_PRIVATE, {0, 0}); });
  row("futex WAIT", "another value", [&] { return wait(FUTEX_WAIT_PRIVATE, of(kLimit), 1); });
  row("futex WAIT", "huge, signal", [&] {
    const Soon soon(signal_to_me());
    return wait(FUTEX_WAIT_PRIVATE, of(kHuge));
  });
  row("futex WAIT", "huge, woken", [&] {
    const Soon soon([] { syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0); });
    return wait(FUTEX_WAIT_PRIVATE, of(kHuge));
  });
  row("futex WAIT_BITSET", "absolute", [&] { return wait(FUTEX_WAIT_BITSET_PRIVATE, hour(CLOCK_MONOTONIC, kLimit)); });
  row("futex WAIT_BITSET", "absolute, real time",
      [&] { return wait(FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, hour(CLOCK_REALTIME, kLimit)); });
  row("syscall", "clock_gettime", [] {
    timespec asked{};
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &asked);
    return std::abs(asked.tv_sec - now(CLOCK_REALTIME) / kSecond) <= 1 ? "agrees" : "another hour";
  });
}

volatile sig_atomic_t rung = 0;
void on_alarm(int) { rung = rung + 1; }

std::string until_rung(int times) {
  const int64_t begin = now();
  while (rung < times && now() - begin < 2 * kSecond) {
    const timespec pause = of(5 * kMillisecond);
    nanosleep(&pause, nullptr);
  }
  return std::to_string(rung >= times);
}

void timers() {
  const auto read_timer = [](clockid_t clock, int flags, const itimerspec& value, int times = 1) {
    const int timer = timerfd_create(clock, TFD_CLOEXEC);
    std::string result = told(timerfd_settime(timer, flags, &value, nullptr));
    for (int i = 0; i < times && result == "0"; ++i) {
      std::uint64_t expirations = 0;
      pollfd one{timer, POLLIN, 0};
      if (poll(&one, 1, 2000) != 1) return std::string("never");
      if (read(timer, &expirations, sizeof expirations) != sizeof expirations || expirations < 1) result = "nothing to read";
    }
    close(timer);
    return result;
  };
  row("timerfd", "relative", [&] { return read_timer(CLOCK_MONOTONIC, 0, {{0, 0}, of(kLimit)}); });
  row("timerfd", "absolute", [&] {
    return read_timer(CLOCK_MONOTONIC, TFD_TIMER_ABSTIME, {{0, 0}, hour(CLOCK_MONOTONIC, kLimit)});
  });
  row("timerfd", "absolute, real time", [&] {
    return read_timer(CLOCK_REALTIME, TFD_TIMER_ABSTIME, {{0, 0}, hour(CLOCK_REALTIME, kLimit)});
  });
  row("timerfd", "in the past", [&] { return read_timer(CLOCK_MONOTONIC, TFD_TIMER_ABSTIME, {{0, 0}, {1, 0}}); });
  row("timerfd", "interval", [&] { return read_timer(CLOCK_MONOTONIC, 0, {of(kSoon), of(kSoon)}, 3); });
  row("timerfd", "no such nanoseconds", [&] { return read_timer(CLOCK_MONOTONIC, 0, {{0, 0}, {0, kSecond}}); });
  row("timerfd", "what is left", [] {
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    const itimerspec value{{0, 0}, of(kHuge)};
    timerfd_settime(timer, 0, &value, nullptr);
    itimerspec left{};
    timerfd_gettime(timer, &left);
    const itimerspec none{};
    itimerspec before{};
    timerfd_settime(timer, 0, &none, &before);
    itimerspec after{};
    timerfd_gettime(timer, &after);
    close(timer);
    const bool is_right = left.it_value.tv_sec > 3'999'000 && before.it_value.tv_sec > 3'999'000 && after.it_value.tv_sec == 0;
    return is_right ? "right" : "wrong";
  });
  row("timer_settime", "relative", [] {
    rung = 0;
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    timer_t timer{};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    const itimerspec value{{0, 0}, of(kLimit)};
    const std::string set = told(timer_settime(timer, 0, &value, nullptr));
    itimerspec left{};
    timer_gettime(timer, &left);
    const std::string result = set + (left.it_value.tv_nsec > 0 ? " armed " : " not armed ") + until_rung(1);
    timer_delete(timer);
    return result;
  });
  row("timer_settime", "interval", [] {
    rung = 0;
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    timer_t timer{};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    const itimerspec value{of(kSoon), of(kSoon)};
    timer_settime(timer, 0, &value, nullptr);
    const std::string result = until_rung(3);
    timer_delete(timer);
    return result;
  });
  row("setitimer", "interval", [] {
    rung = 0;
    const itimerval value{micro(kSoon), micro(kSoon)};
    setitimer(ITIMER_REAL, &value, nullptr);
    itimerval left{};
    getitimer(ITIMER_REAL, &left);
    const std::string result = until_rung(3) + (left.it_value.tv_usec > 0 ? " armed" : " not armed");
    const itimerval none{};
    setitimer(ITIMER_REAL, &none, nullptr);
    return result;
  });
  row("alarm", "1 s", [] {
    rung = 0;
    alarm(1);
    return std::to_string(alarm(1)) + " " + until_rung(1);
  });
}

void sockets() {
  const auto receive = [](const timeval& limit, bool with_data, bool with_signal) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    timeval shown{};
    socklen_t size = sizeof shown;
    getsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &shown, &size);
    const Soon soon(with_data     ? std::function<void()>([&] {
      if (send(ends[1], "x", 1, 0) != 1) std::abort();
    })
                        : with_signal ? signal_to_me()
                                  : std::function<void()>([] {}));
    char byte = 0;
    std::string result = told(recv(ends[0], &byte, 1, 0));
    if (shown.tv_sec != limit.tv_sec) result += " another limit";
    close(ends[0]), close(ends[1]);
    return result;
  };
  row("recv", "SO_RCVTIMEO", [&] { return receive(micro(kLimit), false, false); });
  row("recv", "huge, data", [&] { return receive({1'000'000, 0}, true, false); });
  row("recv", "huge, signal", [&] { return receive({1'000'000, 0}, false, true); });
  row("read", "SO_RCVTIMEO", [] {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    const timeval limit = micro(kLimit);
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char byte = 0;
    const std::string result = told(read(ends[0], &byte, 1));
    close(ends[0]), close(ends[1]);
    return result;
  });
}

void processes() {
  row("fork", "the child sleeps", [] {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      const int64_t begin = now();
      const timespec limit = of(kLimit);
      nanosleep(&limit, nullptr);
      _exit(now() - begin >= kLimit ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return std::to_string(WEXITSTATUS(status));
  });
  row("exec", "the child sleeps", [] {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      execlp("sleep", "sleep", "0.06", nullptr);
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return std::to_string(WEXITSTATUS(status));
  });
}

}  // namespace

int main() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGUSR1, &action, nullptr);
  action.sa_handler = on_alarm;
  sigaction(SIGALRM, &action, nullptr);
  clocks();
  sleeps();
  polls();
  locks();
  futexes();
  timers();
  sockets();
  processes();
}
