#include <filesystem>
#include <optional>
#include <string>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/recording/pseudonyms.hpp"
#include "base/recording/tape_log.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/tape/posts.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/paced_load.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

constexpr std::size_t kCallers = 8, kCalls = 4'000;
constexpr std::chrono::milliseconds kThinking{20};  // faster than either vendor answers

Latencies asked(const std::string& url) {
  return paced_load({.per_second = 0, .requests = kCalls, .connections = kCallers, .request = [&](std::size_t number) {
                       http::Request request{.method = "POST",
                                             .target = url + "/chat/sessions/" + std::to_string(number) + "/send"};
                       request.headers.add("Content-Type", "application/json");
                       request.headers.add("Authorization", "Bearer a-key-of-the-bench");
                       request.body = R"({"sender":"agent","message":{"type":"text","text":")" + std::string(2'000, 'x') + "\"}}";
                       return request;
                     }});
}

void show_calls(const char* name, const Latencies& result) {
  value(name, rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " +
                  milliseconds_text(result.p99_ms) +
                  (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors"));
}

}  // namespace

void measure_recorder() {
  heading("casewire record before a system that answers after 20 ms, 8 callers");
  ThreadRuntime runtime;
  const auto answer = [](const http::Request&) {
    return http::Reply{
        .response = {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::string(2'000, ' ')},
        .delay = kThinking};
  };
  auto system = http::SocketServer::start(runtime, answer, {.threads = kCallers});
  if (!system) return left_out("the system", system.error().problem);
  http::SocketTransport upstream;
  const auto folder = std::filesystem::temp_directory_path() / "casewire-bench-recorder";
  recording::Pseudonyms pseudonyms;
  auto tape = recording::TapeLog::open(
      {.folder = folder.string(), .file_name = [](std::uint64_t number) { return "tape-" + std::to_string(number) + ".har"; }},
      [&] { return runtime.now(); },
      [&](const recording::Exchange& exchange) {
        pseudonyms.learn(exchange);
        return std::optional(pseudonyms.masked(exchange));
      },
      [](const std::string& why) { left_out("the rest of the tape", why); });
  if (!tape) return left_out("the tape", tape.error().problem);
  scenarios::Posts posts(runtime, upstream);
  if (const auto listening = posts.listen({}); !listening) return left_out("the recorder", listening.error().problem);
  posts.open({.salesforce = (*system)->url(), .opencx = (*system)->url(), .bridge = {}}, **tape);

  const Latencies direct = asked((*system)->url()), recorded = asked(posts.opencx_url());
  show_calls("asked directly", direct);
  show_calls("asked through the recorder", recorded);
  const double lost = direct.per_second <= 0 ? 0 : 100 * (1 - recorded.per_second / direct.per_second);
  value("throughput lost (goal: under 3 %)", std::to_string(lost).substr(0, 4) + " %");
  value("p99 added (goal: under 1 ms)", milliseconds_text(recorded.p99_ms - direct.p99_ms));
  value("on the tape", std::to_string((*tape)->books().kept) + " exchanges");
  posts.stop();
  (*system)->stop();
  runtime.stop();
  std::error_code error;
  std::filesystem::remove_all(folder, error);
}

}  // namespace casewire::bench
