#pragma once
// A server that does with each connection exactly what a test says, for tests of the client.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace casewire::http {

/// A connection as the script of a RawServer holds it.
class RawConnection {
 public:
  explicit RawConnection(int descriptor) : descriptor_(descriptor) {}
  ~RawConnection() { close(); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(std::string_view bytes) { (void)!::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  /// One request with its Content-Length body; empty at the end of the connection.
  std::string read_request() {
    while (buffer_.find("\r\n\r\n") == std::string::npos && read_more()) {
    }
    const auto head_end = buffer_.find("\r\n\r\n");
    if (head_end == std::string::npos) return {};
    const auto length_at = buffer_.find("Content-Length: ");
    const auto length = length_at < head_end ? std::stoul(buffer_.substr(length_at + 16)) : 0;
    while (buffer_.size() < head_end + 4 + length && read_more()) {
    }
    auto request = buffer_.substr(0, head_end + 4 + length);
    buffer_.erase(0, request.size());
    return request;
  }
  /// Blocks until the client closes.
  void await_end() {
    while (read_more()) {
    }
  }
  void reset() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

 private:
  bool read_more() {
    std::array<char, 16 * 1024> bytes;
    const auto came = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (came <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(came));
    return true;
  }

  int descriptor_;
  std::string buffer_;
};

class RawServer {
 public:
  /// The script runs for one connection after the other; `number` counts them from 1.
  using Script = std::function<void(RawConnection& connection, int number)>;
  explicit RawServer(Script script) : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listener_, 16);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { run(); }};
  }
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }

 private:
  void run() {
    for (;;) {
      const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (accepted < 0) return;
      RawConnection connection{accepted};
      script_(connection, ++connections_);
    }
  }

  const Script script_;
  const int listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

}  // namespace casewire::http
