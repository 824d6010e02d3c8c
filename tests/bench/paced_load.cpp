#include "tests/bench/paced_load.hpp"

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "base/http/socket_transport.hpp"
#include "base/runtime/stopwatch.hpp"

namespace casewire::bench {
namespace {

constexpr http::Deadline kDeadline{std::chrono::milliseconds{10'000}};

struct Part {
  std::vector<std::int64_t> microseconds;
  std::size_t errors = 0;
};

Part drive(const PacedPlan& plan, std::size_t connection, const RealStopwatch& watch) {
  http::SocketTransport transport;
  Part part;
  for (std::size_t number = connection; number < plan.requests; number += plan.connections) {
    const http::Request request = plan.request(number);
    std::int64_t due = watch.elapsed_microseconds();
    if (plan.per_second != 0) {
      due = static_cast<std::int64_t>(number * 1'000'000 / plan.per_second);
      const std::int64_t early = due - watch.elapsed_microseconds();
      if (early > 0) std::this_thread::sleep_for(std::chrono::microseconds{early});
    }
    const auto answer = transport.send(request, kDeadline);
    part.microseconds.push_back(watch.elapsed_microseconds() - due);
    if (!answer || answer->status < 200 || answer->status > 299) ++part.errors;
  }
  return part;
}

double at_quantile(const std::vector<std::int64_t>& sorted, double quantile) {
  if (sorted.empty()) return 0;
  const auto index = static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1));
  return static_cast<double>(sorted[index]) / 1000;
}

Latencies told_of(std::vector<std::int64_t> microseconds, double seconds, std::size_t errors) {
  std::sort(microseconds.begin(), microseconds.end());
  return {.per_second = seconds <= 0 ? 0 : static_cast<double>(microseconds.size()) / seconds,
          .p50_ms = at_quantile(microseconds, 0.5),
          .p99_ms = at_quantile(microseconds, 0.99),
          .worst_ms = at_quantile(microseconds, 1),
          .requests = microseconds.size(),
          .errors = errors,
          .seconds = seconds,
          .microseconds = std::move(microseconds)};
}

}  // namespace

Latencies paced_load(const PacedPlan& plan) {
  std::vector<Part> parts(plan.connections);
  std::vector<std::thread> threads;
  const RealStopwatch watch;
  for (std::size_t connection = 0; connection < plan.connections; ++connection) {
    threads.emplace_back([&, connection] { parts[connection] = drive(plan, connection, watch); });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = static_cast<double>(watch.elapsed_microseconds()) / 1e6;

  std::vector<std::int64_t> all;
  std::size_t errors = 0;
  for (const Part& part : parts) {
    all.insert(all.end(), part.microseconds.begin(), part.microseconds.end());
    errors += part.errors;
  }
  return told_of(std::move(all), seconds, errors);
}

Latencies together(const Latencies& a, const Latencies& b) {
  std::vector<std::int64_t> all = a.microseconds;
  all.insert(all.end(), b.microseconds.begin(), b.microseconds.end());
  return told_of(std::move(all), a.seconds + b.seconds, a.errors + b.errors);
}

}  // namespace casewire::bench
