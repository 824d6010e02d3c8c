// Time-outs of sockets (SO_RCVTIMEO): kept here in the world's time; the socket itself has none.

#include <errno.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/timers.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

constexpr int kDescriptorsMax = 65'536;
std::atomic<std::int64_t> limits[kDescriptorsMax];  ///< nanoseconds; 0: none

std::int64_t limit_of(int descriptor) {
  return board() == nullptr || descriptor < 0 || descriptor >= kDescriptorsMax ? 0 : limits[descriptor].load();
}

template <class Call>
ssize_t receive(const char* name, int descriptor, Call call) {
  const std::int64_t limit = limit_of(descriptor);
  if (limit == 0) return call();
  Waiting waiting(name, WaitKind::signal, later(board()->now.load(), limit));
  for (;;) {
    const ssize_t received = call();
    if (received >= 0 || errno != EINTR || !waiting.ended_by_time()) return received;
    if (!waiting.is_due()) continue;
    errno = EAGAIN;  // man 7 socket
    return -1;
  }
}

}  // namespace

CASEWIRE_INTERPOSED int setsockopt(int descriptor, int level, int option, const void* value, socklen_t size) noexcept {
  const bool is_limit = board() != nullptr && level == SOL_SOCKET && option == SO_RCVTIMEO && value != nullptr &&
                        size >= sizeof(timeval) && descriptor >= 0 && descriptor < kDescriptorsMax;
  const int result = real::setsockopt(descriptor, level, option, value, size);
  if (!is_limit || result != 0) return result;
  const auto& limit = *static_cast<const timeval*>(value);
  // The kernel waits without a limit for a negative one (sock_set_timeout).
  limits[descriptor] =
      limit.tv_sec < 0 ? 0 : later(nanoseconds_of({limit.tv_sec, 0}), static_cast<std::int64_t>(limit.tv_usec) * 1000);
  const timeval none{};
  return real::setsockopt(descriptor, level, option, &none, sizeof none);
}

CASEWIRE_INTERPOSED int getsockopt(int descriptor, int level, int option, void* value, socklen_t* size) noexcept {
  const int result = real::getsockopt(descriptor, level, option, value, size);
  const std::int64_t limit = level == SOL_SOCKET && option == SO_RCVTIMEO ? limit_of(descriptor) : 0;
  if (result != 0 || limit == 0 || *size < sizeof(timeval)) return result;
  const timespec time = timespec_of(limit);
  *static_cast<timeval*>(value) = {time.tv_sec, time.tv_nsec / 1000};
  return 0;
}

CASEWIRE_INTERPOSED ssize_t recv(int descriptor, void* buffer, size_t size, int flags) {
  return receive("recv", descriptor, [&] { return real::recv(descriptor, buffer, size, flags); });
}

CASEWIRE_INTERPOSED ssize_t recvfrom(int descriptor, void* buffer, size_t size, int flags, sockaddr* from, socklen_t* length) {
  return receive("recvfrom", descriptor, [&] { return real::recvfrom(descriptor, buffer, size, flags, from, length); });
}

CASEWIRE_INTERPOSED ssize_t recvmsg(int descriptor, msghdr* message, int flags) {
  return receive("recvmsg", descriptor, [&] { return real::recvmsg(descriptor, message, flags); });
}

CASEWIRE_INTERPOSED ssize_t read(int descriptor, void* buffer, size_t size) {
  return receive("read", descriptor, [&] { return real::read(descriptor, buffer, size); });
}

CASEWIRE_INTERPOSED ssize_t readv(int descriptor, const iovec* buffers, int count) {
  return receive("readv", descriptor, [&] { return real::readv(descriptor, buffers, count); });
}

CASEWIRE_INTERPOSED int accept(int descriptor, sockaddr* from, socklen_t* length) {
  return static_cast<int>(receive("accept", descriptor, [&] { return ssize_t{real::accept(descriptor, from, length)}; }));
}

CASEWIRE_INTERPOSED int accept4(int descriptor, sockaddr* from, socklen_t* length, int flags) {
  return static_cast<int>(
      receive("accept4", descriptor, [&] { return ssize_t{real::accept4(descriptor, from, length, flags)}; }));
}

CASEWIRE_INTERPOSED int close(int descriptor) {
  if (board() != nullptr) {
    if (descriptor >= 0 && descriptor < kDescriptorsMax) limits[descriptor] = 0;
    forget_descriptor(descriptor);
  }
  return real::close(descriptor);
}
