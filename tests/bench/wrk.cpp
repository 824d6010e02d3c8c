#include "tests/bench/wrk.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/text/strings.hpp"

namespace casewire::bench {
namespace {

std::string shell_quoted(std::string_view word) {
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

Result<std::string, std::string> output_of(const std::string& command) {
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return fail(std::string("cannot start ") + command);
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), got);
  if (const int status = ::pclose(pipe); status != 0)
    return fail(text.empty() ? "it ended with " + std::to_string(status) : text);
  return text;
}

// "260.00us", "4.10ms", "1.02s"
double duration_ms(std::string_view text) {
  const double number = std::strtod(std::string(text).c_str(), nullptr);
  if (text.ends_with("us")) return number / 1000;
  if (text.ends_with("ms")) return number;
  if (text.ends_with("m")) return number * 60'000;
  return number * 1000;
}

std::uint64_t sum_of_numbers(std::string_view text) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t number = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
      number = number * 10 + static_cast<std::uint64_t>(text[at] - '0');
    sum += number;
    ++at;
  }
  return sum;
}

Throughput parsed(std::string_view report) {
  Throughput result;
  for (const std::string_view raw : split(report, '\n')) {
    const std::string_view line = trimmed(raw);
    const auto after = [&](std::string_view head) { return trimmed(line.substr(head.size())); };
    if (line.starts_with("50%")) result.p50_ms = duration_ms(after("50%"));
    if (line.starts_with("99%")) result.p99_ms = duration_ms(after("99%"));
    if (line.starts_with("Requests/sec:")) result.per_second = std::strtod(std::string(after("Requests/sec:")).c_str(), nullptr);
    if (line.starts_with("Non-2xx or 3xx responses:") || line.starts_with("Socket errors:")) {
      result.errors += sum_of_numbers(line.substr(line.find(':')));
    }
  }
  return result;
}

}  // namespace

Result<Throughput, std::string> wrk(const WrkPlan& plan) {
  std::string command = "wrk -t1 -c" + std::to_string(plan.connections) + " -d" + std::to_string(plan.seconds) + "s --latency";
  if (!plan.script.empty()) command += " -s " + shell_quoted(plan.script);
  if (!plan.header.empty()) command += " -H " + shell_quoted(plan.header);
  const auto report = output_of(command + " " + shell_quoted(plan.url));
  if (!report) return fail("wrk: " + report.error());
  const Throughput result = parsed(*report);
  if (result.per_second <= 0) return fail("wrk said: " + *report);
  return result;
}

}  // namespace casewire::bench
