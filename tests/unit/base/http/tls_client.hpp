#pragma once
// A client that sends what it is given over TLS when it is told to, for tests of what comes when. It trusts every server.

#include <openssl/ssl.h>
#include <sys/time.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/base/http/raw_client.hpp"

namespace casewire::http {

class TlsClient {
 public:
  /// Returns when the handshake is over.
  explicit TlsClient(std::uint16_t port) : tcp_(port), context_(SSL_CTX_new(TLS_client_method())), tls_(SSL_new(context_.get())) {
    const timeval silence{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(tcp_.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    SSL_set_fd(tls_.get(), tcp_.descriptor());
    connected_ = SSL_connect(tls_.get()) == 1;
  }

  bool connected() const { return connected_; }
  /// Up to 16 KiB make one record. False when the peer has gone.
  bool send(std::string_view bytes) { return SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0; }
  /// Reads until `wanted` came, the end, or nothing came for 5 s.
  std::string read_through(std::string_view wanted) {
    std::string text;
    std::array<char, 1024> bytes;
    while (text.find(wanted) == std::string::npos) {
      const int came = SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
      if (came <= 0) break;
      text.append(bytes.data(), static_cast<std::size_t>(came));
    }
    return text;
  }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* tls) const { SSL_free(tls); }
  };
  RawClient tcp_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> tls_;
  bool connected_ = false;
};

}  // namespace casewire::http
