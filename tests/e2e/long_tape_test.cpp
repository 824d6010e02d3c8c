// R3: what `casewire record` keeps is as long as the disk is, and its memory does not grow with it. CASEWIRE_TAPE_MB records more
// (./dev canaries: 500).

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/tape/tape_files.hpp"
#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

namespace fs = std::filesystem;

std::size_t megabytes() {
  const char* wanted = std::getenv("CASEWIRE_TAPE_MB");
  return wanted == nullptr ? 80 : std::stoul(wanted);
}

TEST(LongTape, R3OfManyMegabytesIsKeptInLittleMemory) {
  constexpr std::size_t kMemoryMaxKb = 64 * 1024;
  ThreadRuntime runtime;
  // Half of it stands beside the tape, half in its text.
  const auto body_of = [](std::size_t number) {
    const std::size_t bytes = number % 257 == 0 ? (1u << 20) : 4'000;
    std::string body = "{\"number\": " + std::to_string(number) + ", \"text\": \"";
    while (body.size() < bytes) body += "the kettle does not switch off \\u00e4 " + std::to_string(body.size()) + " ";
    return body + "\"}";
  };
  auto upstream = http::SocketServer::start(runtime, [&](const http::Request& request) {
    const std::string query(request.query());
    http::Response response{.status = 200, .body = body_of(std::stoul(query.substr(query.find('=') + 1)))};
    response.headers.set("Content-Type", "application/json");
    return http::Reply{.response = std::move(response)};
  });
  ASSERT_TRUE(upstream);
  const ScratchFolder folder;
  const std::string out = folder.path() + "/out", said = folder.path() + "/said", url = (*upstream)->url();
  const Ran started = shell("\"$CASEWIRE\" record --salesforce " + url + " --opencx " + url + " --out " + out + " > " + said +
                            " 2>&1 & echo $! > " + folder.path() + "/pid; i=0; until grep -qs Ctrl-C " + said +
                            " || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; sed -n 's/.*OPENCX_URL=//p' " + said);
  const std::string proxy = started.output.substr(0, started.output.find('\n'));
  ASSERT_THAT(proxy, testing::StartsWith("http://127.0.0.1:"));
  const std::size_t wanted = megabytes() << 20;
  http::SocketTransport client;
  std::size_t asked = 0;
  for (std::size_t bytes = 0; bytes < wanted; ++asked) {
    const auto answer =
        client.send({.method = "GET", .target = proxy + "/contacts?limit=" + std::to_string(asked)}, {std::chrono::seconds(10)});
    ASSERT_TRUE(answer) << asked;
    ASSERT_EQ(answer->body.size(), body_of(asked).size());
    bytes += answer->body.size();
  }
  const Ran ended = shell("PID=$(cat " + folder.path() + "/pid); kill -TERM $PID; i=0; until grep -q 'exchanges in' " + said +
                          " || [ $i -gt 2000 ]; do grep VmHWM /proc/$PID/status; sleep 0.05; i=$((i+1)); done");
  (*upstream)->stop();
  runtime.stop();
  const std::size_t last = ended.output.rfind("VmHWM:");
  ASSERT_NE(last, std::string::npos) << ended.output;
  EXPECT_LT(std::stoul(ended.output.substr(last + 6)), kMemoryMaxKb) << ended.output.substr(last);
  EXPECT_THAT(folder.read("said"), testing::HasSubstr(std::to_string(asked) + " exchanges in "));

  std::size_t found = 0, tapes = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    if (entry.path().extension() != ".har") continue;
    ++tapes;
    const std::string file = entry.path().string();
    EXPECT_EQ(scenarios::too_large(file), "");
    EXPECT_TRUE(scenarios::for_each_exchange(file, [&](const scenarios::Exchange& exchange) {
      ++found;
      const std::string query(exchange.request.query());
      EXPECT_EQ(exchange.response.body, body_of(std::stoul(query.substr(query.find('=') + 1))));
    }));
  }
  EXPECT_EQ(found, asked);
  EXPECT_GT(tapes, 1u);
}

}  // namespace
}  // namespace casewire::tests
