#include "bridge/program/reconcile.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/counted.hpp"
#include "base/text/json.hpp"
#include "bridge/config/units.hpp"
#include "bridge/orgs/questions.hpp"
#include "bridge/program/admin_socket.hpp"

namespace casewire::bridge {
namespace {

enum ReconcileCode { kStands = 0, kDiffers = 1, kWrongSince = 2, kNotCompared = 3 };

/// Of OpenCX's 100 calls a minute the customers' work has the larger part.
constexpr std::int64_t kCallsAMinute = 30;
constexpr int kTriesMax = 12;
constexpr milliseconds kLongestWait{5 * 60'000};

std::optional<WallTime> instant_of(const std::string& since, WallTime now) {
  if (const auto ago = parse_duration(since)) return now - *ago;
  if (const auto instant = parse_iso8601(since)) return instant;
  return parse_iso8601(since + "T00:00:00Z");
}

/// Spends what it has been given, and waits for more.
class Pace {
 public:
  explicit Pace(ThreadRuntime& runtime) : runtime_(runtime), began_(runtime.steady_now()) {}
  void spend(std::int64_t calls) {
    calls_ += calls;
    const auto earned = milliseconds{60'000} * std::max<std::int64_t>(calls_ - kCallsAMinute, 0) / kCallsAMinute;
    const auto due = began_ + earned;
    if (due > runtime_.steady_now()) runtime_.sleep_for(due - runtime_.steady_now());
  }

 private:
  ThreadRuntime& runtime_;
  SteadyTime began_;
  std::int64_t calls_ = 0;
};

std::int64_t integer_in(const Json& json, std::string_view name) {
  const auto& value = member(json, name);
  return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

/// Without what would move a terminal's cursor.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

void print_difference(const Json& difference) {
  std::string line = string_member(difference, "what") + " " + string_member(difference, "id");
  for (const auto* name : {"session", "case"}) {
    const auto value = string_member(difference, name);
    if (!value.empty() && value != string_member(difference, "id")) line += ", " + std::string(name) + " " + value;
  }
  std::cout << printable(line + ": " + string_member(difference, "found")) << "\n" << std::flush;
}

class Reconciliation {
 public:
  Reconciliation(const ReconcileWish& wish, ThreadRuntime& runtime, WallTime since)
      : wish_(wish), runtime_(runtime), since_(iso8601(since)), pace_(runtime) {}

  int run() {
    std::string at;
    for (int tries = 1; tries <= kTriesMax;) {
      const auto reply = ask_running_bridge(wish_.state_dir, words_of({.org = wish_.org, .words = {"reconcile", since_, at}}));
      if (!reply) return refuse_it(render(reply.error()));
      if (reply->contains("error")) return refuse_it("error: " + printable(string_member(*reply, "error")) + "\n");
      const auto& answer = member(*reply, "answer");
      if (const auto failed = string_member(answer, "failed"); !failed.empty()) {
        problem_ = failed;
        ++tries;
        const milliseconds asked_for{integer_in(answer, "retry_after_ms")};
        const auto pause = std::min(asked_for, kLongestWait);
        runtime_.sleep_for(pause);
        continue;
      }
      tries = 1;
      add(answer);
      at = string_member(answer, "next");
      if (at.empty()) return tell();
      pace_.spend(integer_in(answer, "opencx_calls"));
    }
    return refuse_it("error: not compared to the end: " + printable(problem_) + "\n");
  }

 private:
  static int refuse_it(const std::string& why) {
    std::cerr << why;
    return kNotCompared;
  }

  void add(const Json& answer) {
    for (const auto& [name, count] : member(answer, "compared").items()) {
      if (count.is_number_unsigned()) compared_[name] += count.get<std::size_t>();
    }
    under_way_ += static_cast<std::size_t>(integer_in(answer, "under_way"));
    for (const auto& difference : member(answer, "differences")) {
      ++differences_;
      if (wish_.as_json) std::cout << dump_json(difference) << "\n" << std::flush;
      if (!wish_.as_json) print_difference(difference);
    }
  }

  int tell() {
    const int code = differences_ == 0 && under_way_ == 0 ? kStands : kDiffers;
    if (wish_.as_json) {
      std::cout << dump_json(
                       {{"since", since_}, {"compared", compared_}, {"differences", differences_}, {"under_way", under_way_}})
                << "\n";
      return code;
    }
    std::cout << "since " << since_ << ": " << counted(compared_["conversations"], "conversation") << ", "
              << counted(compared_["messages"], "message") << ", " << counted(compared_["files"], "file") << ", "
              << compared_["replies"] << (compared_["replies"] == 1 ? " reply, " : " replies, ")
              << counted(compared_["cases"], "Case") << ": ";
    if (code == kStands) std::cout << "all stand once\n";
    if (differences_ > 0) std::cout << counted(differences_, "difference");
    if (under_way_ > 0) std::cout << (differences_ > 0 ? ", and " : "") << under_way_ << " under way: ask again";
    if (code != kStands) std::cout << "\n";
    return code;
  }

  const ReconcileWish& wish_;
  ThreadRuntime& runtime_;
  std::string since_;
  Pace pace_;
  std::map<std::string, std::size_t> compared_;
  std::size_t differences_ = 0, under_way_ = 0;
  std::string problem_{};
};

}  // namespace

int reconcile_org(const ReconcileWish& wish) {
  ThreadRuntime runtime;
  const auto since = instant_of(wish.since, runtime.now());
  if (!since || *since > runtime.now()) {
    std::cerr
        << "error: --since: expected a past instant such as \"2026-01-05\" or \"2026-01-05T09:00:00Z\", or how long ago, such as \"2 d\"\n";
    return kWrongSince;
  }
  return Reconciliation(wish, runtime, *since).run();
}

}  // namespace casewire::bridge
