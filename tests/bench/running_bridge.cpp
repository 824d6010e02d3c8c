#include "tests/bench/running_bridge.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "base/text/process_stat.hpp"

namespace casewire::bench {
namespace {

constexpr const char* kOpenCxSecret = "opencx-bench-secret";
constexpr const char* kSalesforceSecret = "salesforce-bench-secret";

// A port that was free a moment ago.
std::string free_address() {
  ThreadRuntime runtime;
  const auto server = http::SocketServer::start(runtime, [](const http::Request&) { return http::Reply{}; });
  return server ? "127.0.0.1:" + std::to_string((*server)->port()) : std::string{};
}

}  // namespace

Result<void, std::string> RunningBridge::start() {
  const std::string address = free_address();
  url_ = "http://" + address;
  const std::string control = "http://" + free_address();
  std::vector<std::string> command{CASEWIRE_BRIDGE, "--control", control};
  for (const std::string& word : options_.further)
    command.push_back(word.starts_with("FOLDER/") ? folder_.path() + word.substr(6) : word);
  auto child = host_.start({.command = command,
                            .environment = {{"CASEWIRE_LISTEN", address},
                                            {"CASEWIRE_STATE_DIR", folder_.path()},
                                            {"CASEWIRE_STORE", options_.store.empty() ? "sqlite" : options_.store},
                                            {"SALESFORCE_LOGIN_URL", "http://127.0.0.1:9"},
                                            {"SALESFORCE_CLIENT_ID", "id"},
                                            {"SALESFORCE_CLIENT_SECRET", "secret"},
                                            {"SALESFORCE_REFRESH_TOKEN", "token"},
                                            {"OPENCX_URL", "http://127.0.0.1:9"},
                                            {"OPENCX_API_KEY", "key"},
                                            {"OPENCX_WEBHOOK_SECRET", kOpenCxSecret},
                                            {"SALESFORCE_WEBHOOK_SECRET", kSalesforceSecret}}});
  if (!child) return fail(child.error());
  child_ = std::move(*child);
  http::SocketTransport transport;
  const http::Request begin{.method = "PUT", .target = control + "/clock", .body = R"({"now":"2026-01-05T09:00:00.000Z"})"};
  for (int attempt = 0; attempt < 200 && child_->running(); ++attempt) {
    const auto began = transport.send(begin, {});
    const auto answer = transport.send({.method = "GET", .target = url_ + "/healthz"}, {});
    if (began && began->status == 200 && answer && answer->status == 200) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds{25});
  }
  return fail("casewire-bridge did not answer at /healthz: " + child_->output());
}

http::Request RunningBridge::event(std::size_t number) const {
  http::Request request{.method = "POST", .target = url_ + "/hooks/opencx/" + kOpenCxSecret};
  request.headers.add("Content-Type", "application/json");
  request.body = dump_json({{"event", "conversation.handoff"},
                            {"organization_id", "org-1"},
                            {"data", {{"conversation_id", "session-" + std::to_string(number)}}}});
  return request;
}

double RunningBridge::resident_megabytes() const {
  std::ifstream status("/proc/" + std::to_string(child_->group()) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1'024;
  }
  return 0;
}

double RunningBridge::milliseconds_taken() const { return processor_milliseconds(child_->group()); }

double processor_milliseconds(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  return static_cast<double>(process_stat(line).ticks) * 1'000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace casewire::bench
