#pragma once
// A client that sends exactly the bytes it is given and reads exactly what comes, for tests of what is on the wire.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace casewire::http {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawClient() { close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }
  int descriptor() const { return descriptor_; }

  /// False when the peer has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void close_write() { ::shutdown(descriptor_, SHUT_WR); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }

  /// Reads until `text` holds `wanted`, the end, or nothing came for 5 s; the rest stays for the next call.
  std::string read_through(std::string_view wanted) {
    while (buffer_.find(wanted) == std::string::npos && read_more()) {
    }
    const auto found = buffer_.find(wanted);
    const auto text = buffer_.substr(0, found == std::string::npos ? found : found + wanted.size());
    buffer_.erase(0, text.size());
    return text;
  }
  std::string read_bytes(std::size_t count) {
    while (buffer_.size() < count && read_more()) {
    }
    const auto text = buffer_.substr(0, count);
    buffer_.erase(0, text.size());
    return text;
  }
  std::string read_all() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
  }
  bool ended() const { return ended_; }
  bool reset() const { return reset_; }
  /// Whether something is there to be read, or comes within the time.
  bool is_readable(int milliseconds) {
    pollfd entry{.fd = descriptor_, .events = POLLIN, .revents = 0};
    return !buffer_.empty() || ::poll(&entry, 1, milliseconds) > 0;
  }

 private:
  bool read_more() {
    pollfd entry{.fd = descriptor_, .events = POLLIN, .revents = 0};
    constexpr int kSilenceMilliseconds = 5'000;
    if (::poll(&entry, 1, kSilenceMilliseconds) <= 0) return false;
    std::array<char, 16 * 1024> bytes;
    const auto came = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (came <= 0) {
      ended_ = true;
      reset_ = came < 0 && errno == ECONNRESET;
      return false;
    }
    buffer_.append(bytes.data(), static_cast<std::size_t>(came));
    return true;
  }

  int descriptor_;
  bool connected_ = false;
  bool ended_ = false;
  bool reset_ = false;
  std::string buffer_;
};

}  // namespace casewire::http
