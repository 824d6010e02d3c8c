#pragma once
// A SocketServer on a free port whose handler answers with what it was asked.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "base/http/socket_server.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "tests/unit/base/http/raw_client.hpp"

namespace casewire::http {

/// "METHOD target n" and the body, where n is the body's length.
inline Reply echo(const Request& request) {
  return {.response = {.headers = {{"Content-Type", "text/plain"}},
                       .body = request.method + " " + request.target + " " + std::to_string(request.body.size()) + "\n" +
                               request.body.substr(0, 1000)}};
}

inline constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
inline constexpr milliseconds kAtOnce{0};
inline constexpr std::string_view kLastGet = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

class ServerFixture : public testing::Test {
 protected:
  void serve(Handler handler, SocketServerOptions options = {}) {
    auto started = SocketServer::start(runtime_, std::move(handler), std::move(options));
    ASSERT_TRUE(started.has_value()) << started.error().problem;
    server_ = *std::move(started);
  }
  void serve_reply(Reply reply, SocketServerOptions options = {}) {
    serve([reply = std::move(reply)](const Request&) { return reply; }, std::move(options));
  }
  /// What comes back until the server closes.
  std::string all_answers_to(std::string_view bytes) {
    RawClient client{server_->port()};
    client.send(bytes);
    return client.read_all();
  }
  std::string status_line_for(std::string_view bytes) {
    RawClient client{server_->port()};
    client.send(bytes);
    return client.read_through("\r\n");
  }
  /// A client that has sent these bytes and stays.
  std::unique_ptr<RawClient> come(std::string_view bytes = {}) {
    auto client = std::make_unique<RawClient>(server_->port());
    client->send(bytes);
    return client;
  }
  /// An exchange on a connection that stays open.
  static std::string answer_to_get(RawClient& client) {
    client.send(kGet);
    return client.read_through("0\n");
  }

  ThreadRuntime runtime_;
  std::unique_ptr<SocketServer> server_;
};

}  // namespace casewire::http
