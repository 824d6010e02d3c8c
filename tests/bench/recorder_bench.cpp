#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/http/socket_server.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/running_bridge.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kCallers = 8, kCallsOfARound = 1'000, kRounds = 9;
// Faster than either vendor answers, and not each time alike: callers who always waited equally long would soon all ask at one moment, and the last of
// eight would be told to wait for the recorder, when it is the seven before him that he waits for.
constexpr std::chrono::milliseconds kThinkingAtLeast{10}, kThinkingAtMost{30};

/// Two kilobytes, as a page of a history or a composite call has them.
std::string rows(std::size_t first) {
  std::string text = R"({"records":[)";
  for (std::size_t i = 0; i < 14; ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"Id":"500KB0000000)" + std::to_string(100'000 + (first * 14 + i) % 800'000) +
            R"(","Subject":"Where is my \"order\" of May?","Status":"New","CreatedDate":"2026-01-05T09:00:01.000+0000"})";
  }
  return text + "]}";
}

Latencies asked(const std::string& url) {
  return paced_load({.per_second = 0, .requests = kCallsOfARound, .connections = kCallers, .request = [&](std::size_t number) {
                       http::Request request{.method = "POST",
                                             .target = url + "/chat/sessions/" + std::to_string(number) + "/send"};
                       request.headers.add("Content-Type", "application/json");
                       request.headers.add("Authorization", "Bearer a-key-of-the-bench");
                       request.body = rows(number);
                       return request;
                     }});
}

/// `casewire record` as its user starts it.
class RunningRecorder {
 public:
  Result<void, std::string> start(const std::string& system, const std::vector<std::string>& further) {
    std::vector<std::string> command{CASEWIRE_PROGRAM, "record", "--salesforce", system,
                                     "--opencx",       system,   "--out",        folder_.path() + "/out"};
    command.insert(command.end(), further.begin(), further.end());
    auto child = host_.start({.command = command}, [this](std::string_view piece) {
      const std::lock_guard lock(mutex_);
      said_ += piece;
    });
    if (!child) return fail(child.error());
    child_ = std::move(*child);
    for (int attempt = 0; attempt < 200 && child_->running(); ++attempt) {
      {
        const std::lock_guard lock(mutex_);
        const std::size_t at = said_.find("OPENCX_URL=");
        const std::size_t end = said_.find('\n', at);
        if (at != std::string::npos && end != std::string::npos) {
          url_ = said_.substr(at + 11, end - at - 11);
          return {};
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{25});
    }
    return fail("casewire record did not say where it listens: " + child_->output());
  }
  const std::string& url() const { return url_; }
  /// Processor time it has taken.
  double milliseconds_taken() const { return processor_milliseconds(child_->group()); }

 private:
  scenarios::TemporaryFolder folder_{"casewire-bench"};
  std::mutex mutex_;
  std::string said_;
  std::string url_;
  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::ChildProcess> child_;
};

void show_calls(const std::string& name, const Latencies& result) {
  value(name, rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " +
                  milliseconds_text(result.p99_ms) +
                  (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors"));
}

/// Rounds without and with, by turns: whatever else the machine does meets both.
class Rounds {
 public:
  void add(const Latencies& without, const Latencies& with) {
    without_ = together(without_, without);
    with_ = together(with_, with);
    if (without.per_second > 0) lost_percent_.push_back(100 * (1 - with.per_second / without.per_second));
    added_ms_.push_back(with.p99_ms - without.p99_ms);
  }
  /// What it costs is the middle of what it cost in each round: a hiccup of the machine is in one of them.
  void show(const std::string& without, const std::string& with) const {
    show_calls(without, without_);
    show_calls(with, with_);
    value("  throughput lost (goal: under 3 %)", std::to_string(middle(lost_percent_)).substr(0, 4) + " %");
    value("  p99 added (goal: under 1 ms)", milliseconds_text(middle(added_ms_)));
  }
  std::size_t recorded() const { return with_.requests; }

 private:
  static double middle(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), half, values.end());
    return *half;
  }

  Latencies without_, with_;
  std::vector<double> lost_percent_, added_ms_;
};

void compare_with(const std::string& name, const std::string& direct_url, const RunningRecorder& recorder) {
  Rounds rounds;
  (void)asked(recorder.url());
  const double before = recorder.milliseconds_taken();
  for (std::size_t round = 0; round < kRounds; ++round) {
    const auto direct = asked(direct_url);
    rounds.add(direct, asked(recorder.url()));
  }
  rounds.show("asked directly", "through " + name);
  value("  its processor time for a call",
        milliseconds_text((recorder.milliseconds_taken() - before) / static_cast<double>(rounds.recorded())));
}

/// Two bridges by turns, one of which records itself.
void measure_bridge() {
  heading("casewire-bridge --record, 500 webhooks a second, 8 callers");
  constexpr std::size_t kPerSecond = 500;
  RunningBridge silent, recording({.further = {"--record", "FOLDER/tapes"}});
  for (RunningBridge* bridge : {&silent, &recording}) {
    if (auto started = bridge->start(); !started) return left_out("bridge", started.error());
  }
  std::size_t first = 0;
  const auto told = [&](const RunningBridge& bridge) {
    first += kCallsOfARound;
    return paced_load(
        {.per_second = kPerSecond, .requests = kCallsOfARound, .connections = kCallers, .request = [&](std::size_t number) {
           return bridge.event(first + number);
         }});
  };
  (void)told(recording);
  (void)told(silent);
  Rounds rounds;
  const double before_silent = silent.milliseconds_taken(), before_recording = recording.milliseconds_taken();
  for (std::size_t round = 0; round < kRounds; ++round) {
    const auto without = told(silent);
    rounds.add(without, told(recording));
  }
  rounds.show("without --record", "with --record");
  const double added = recording.milliseconds_taken() - before_recording - (silent.milliseconds_taken() - before_silent);
  value("  its processor time added for a webhook", milliseconds_text(added / static_cast<double>(rounds.recorded())));
}

}  // namespace

void measure_recorder() {
  heading("casewire record before a system that answers after 10 to 30 ms, 8 callers");
  ThreadRuntime runtime;
  std::atomic<unsigned> asked_before = 0;
  const auto answer = [body = rows(7), &asked_before](const http::Request&) {
    constexpr unsigned kSpread = (kThinkingAtMost - kThinkingAtLeast).count() + 1;
    const unsigned more = asked_before++ * 13 % kSpread;  // each length equally often, neighbours far from each other
    return http::Reply{.response = {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = body},
                       .delay = kThinkingAtLeast + std::chrono::milliseconds{more}};
  };
  auto system = http::SocketServer::start(runtime, answer, {.threads = kCallers});
  if (!system) return left_out("the system", system.error().problem);
  for (const bool redacts : {false, true}) {
    const std::string name = redacts ? "casewire record --redact" : "casewire record";
    RunningRecorder recorder;
    if (auto started =
            recorder.start((*system)->url(), redacts ? std::vector<std::string>{"--redact"} : std::vector<std::string>{});
        !started) {
      left_out(name, started.error());
    } else {
      compare_with(name, (*system)->url(), recorder);
    }
  }
  (*system)->stop();
  runtime.stop();
  measure_bridge();
}

}  // namespace casewire::bench
