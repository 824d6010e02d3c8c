#include "scenarios/cli/record_command.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "scenarios/cli/private_file.hpp"
#include "scenarios/cli/waiting_for_signal.hpp"
#include "scenarios/tape/passage.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {
namespace {

constexpr milliseconds kBetweenWrites{1'000};

/// One port, and what stands behind it.
class Post {
 public:
  Post(http::Transport& transport, const std::string& upstream) : passage_(transport, upstream) {}

  /// `recorded` wraps the passage's handler.
  Result<void> listen(Runtime& runtime, std::uint16_t port, const std::function<http::Handler(http::Handler)>& recorded) {
    // The proxy's own address is part of what it answers, and not known before it listens.
    auto late = std::make_shared<http::Handler>();
    auto server = http::SocketServer::start(runtime, [late](const http::Request& request) { return (*late)(request); },
                                            {.port = port, .threads = 4});
    if (!server) return fail(server.error());
    server_ = std::move(*server);
    *late = recorded(passage_.handler(server_->url()));
    return {};
  }
  std::string url() const { return server_->url(); }
  void stop() {
    if (server_) server_->stop();
  }

 private:
  Passage passage_;
  std::unique_ptr<http::SocketServer> server_;
};

http::Handler relayed(Recorder& recorder, http::Handler to_bridge) {
  // By the address that the bridge gave each of them.
  const http::Handler from_opencx = recorder.record(to_bridge, "bridge", "opencx");
  const http::Handler from_salesforce = recorder.record(std::move(to_bridge), "bridge", "salesforce");
  return [from_opencx, from_salesforce](const http::Request& request) {
    return request.path().find("salesforce") != std::string_view::npos ? from_salesforce(request) : from_opencx(request);
  };
}

}  // namespace

int record_traffic(const RecordOptions& options) {
  block_stop_signals();
  std::error_code problem;
  std::filesystem::create_directories(options.out, problem);
  const std::string file = options.out + "/tape.har";
  ThreadRuntime runtime;
  http::SocketTransport transport({.ca_file = options.ca_file});
  Recorder recorder([&] { return runtime.now(); });
  if (!write_private(file, recorder.to_har())) {
    std::cerr << "casewire record: cannot write " << file << "\n";
    return 2;
  }

  Post salesforce(transport, options.salesforce), opencx(transport, options.opencx), webhooks(transport, options.bridge);
  const auto of = [&](const char* system) {
    return [&recorder, system](http::Handler inner) { return recorder.record(std::move(inner), system); };
  };
  auto listening = salesforce.listen(runtime, options.salesforce_port, of("salesforce"));
  if (listening) listening = opencx.listen(runtime, options.opencx_port, of("opencx"));
  if (listening && !options.bridge.empty()) {
    listening =
        webhooks.listen(runtime, options.webhook_port, [&](http::Handler inner) { return relayed(recorder, std::move(inner)); });
  }
  if (!listening) {
    std::cerr << render(listening.error());
    return 2;
  }
  std::cout << "Start the bridge with\n  SALESFORCE_LOGIN_URL=" << salesforce.url() << " OPENCX_URL=" << opencx.url() << "\n";
  if (!options.bridge.empty()) std::cout << "and let both systems send their webhooks to " << webhooks.url() << "/hooks/...\n";
  std::cout << "Recording into " << file << ". Ctrl-C ends it." << std::endl;

  // A recorder that is killed leaves what was there a second before.
  runtime.spawn("writing the tape", [&] {
    std::string written;
    while (true) {
      runtime.sleep_for(kBetweenWrites);
      std::string text = recorder.to_har();
      if (text != written) (void)write_private(file, text);
      written = std::move(text);
    }
  });
  wait_for_stop_signal();
  for (Post* post : {&webhooks, &opencx, &salesforce}) post->stop();
  runtime.stop();
  const std::string text = recorder.to_har();
  const auto tape = read_har(text, file);
  const std::vector<Exchange> exchanges = tape ? tape->exchanges : std::vector<Exchange>();
  const auto cut = std::count_if(exchanges.begin(), exchanges.end(), [](const Exchange& exchange) {
    return exchange.response.status == 0 || exchange.wire != http::Wire::intact;
  });
  const bool wrote = write_private(file, text);
  std::cout << exchanges.size() << " exchanges in " << file;
  if (cut != 0) std::cout << "; " << cut << " without an answer";
  if (recorder.dropped() != 0) std::cout << "; " << recorder.dropped() << " had no room";
  std::cout << std::endl;
  return wrote && tape && cut == 0 && recorder.dropped() == 0 ? 0 : 1;
}

}  // namespace casewire::scenarios
