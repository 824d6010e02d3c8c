#include "base/http/client_connection.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "base/http/public_address.hpp"

namespace casewire::http {
namespace {

std::string system_text(int error) { return std::generic_category().message(error); }

std::string tls_text() {
  const auto code = ERR_get_error();
  ERR_clear_error();
  const char* const text = code == 0 ? nullptr : ERR_reason_error_string(code);
  return text == nullptr ? "the peer closed the connection" : text;
}

bool poll_for(int descriptor, short events, milliseconds limit) {
  const auto whole = std::min<milliseconds::rep>(limit.count(), std::numeric_limits<int>::max());
  pollfd entry{.fd = descriptor, .events = events, .revents = 0};
  const int ready = ::poll(&entry, 1, static_cast<int>(whole));
  return ready > 0 || (ready < 0 && errno == EINTR);  // after a signal the caller's next try finds out
}

struct Addresses {
  addrinfo* first = nullptr;
  ~Addresses() {
    if (first != nullptr) ::freeaddrinfo(first);
  }
};

/// A connected descriptor, or the system's error number as `-errno`.
int connected(const addrinfo& address, const Budget& budget) {
  const int descriptor = ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  if (descriptor < 0) {
    return -errno;
  }
  const int on = 1;
  // Without it each exchange on a kept connection waits some 40 ms: Nagle's delay against the peer's delayed acknowledgement.
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  int error = 0;
  if (::connect(descriptor, address.ai_addr, address.ai_addrlen) != 0) {
    error = errno;
    if (error == EINPROGRESS) {
      error = ETIMEDOUT;
      while (!budget.is_spent()) {
        pollfd entry{.fd = descriptor, .events = POLLOUT, .revents = 0};
        const auto limit = std::min<milliseconds::rep>(budget.patience().count(), std::numeric_limits<int>::max());
        if (::poll(&entry, 1, static_cast<int>(limit)) > 0) {
          socklen_t size = sizeof error;
          ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
          break;
        }
      }
    }
  }
  if (error != 0) {
    ::close(descriptor);
    return -error;
  }
  return descriptor;
}

// OpenSSL's own socket BIO writes with write(2), and a peer that is gone then ends the program by SIGPIPE. This one sends with
// MSG_NOSIGNAL, and counts.
ClientConnection& connection_of(BIO* bio) { return *static_cast<ClientConnection*>(BIO_get_data(bio)); }

int bio_write(BIO* bio, const char* bytes, int count) {
  BIO_clear_retry_flags(bio);
  const auto sent = connection_of(bio).send_some(bytes, static_cast<std::size_t>(count));
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
    BIO_set_retry_write(bio);
  }
  return static_cast<int>(sent);
}

int bio_read(BIO* bio, char* into, int bytes_max) {
  BIO_clear_retry_flags(bio);
  const auto came = connection_of(bio).receive_some(into, static_cast<std::size_t>(bytes_max));
  if (came < 0 && (errno == EAGAIN || errno == EINTR)) {
    BIO_set_retry_read(bio);
  }
  return static_cast<int>(came);
}

long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

const BIO_METHOD* connection_method() {
  static const BIO_METHOD* const method = [] {
    auto* made = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "casewire connection");
    BIO_meth_set_write(made, bio_write);
    BIO_meth_set_read(made, bio_read);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

}  // namespace

TlsTrust::TlsTrust(const std::string& ca_file) : context_(SSL_CTX_new(TLS_client_method())) {
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
  const int good = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context_)
                                   : SSL_CTX_load_verify_locations(context_, ca_file.c_str(), nullptr);
  if (good != 1) {
    problem_ = "cannot read the certificate authorities of " + (ca_file.empty() ? "the system" : ca_file) + ": " + tls_text();
  }
}

TlsTrust::~TlsTrust() { SSL_CTX_free(context_); }

Result<std::unique_ptr<ClientConnection>, std::string> ClientConnection::open(const Origin& origin, const TlsTrust* trust,
                                                                              const Budget& budget, bool public_only) {
  Addresses addresses;
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  const int looked_up = ::getaddrinfo(origin.host.c_str(), std::to_string(origin.port).c_str(), &wanted, &addresses.first);
  if (looked_up != 0) {
    return fail(std::string{::gai_strerror(looked_up)});
  }
  int outcome = -EADDRNOTAVAIL;
  bool is_hidden = false;
  for (const auto* address = addresses.first; address != nullptr && outcome < 0; address = address->ai_next) {
    if (public_only && !is_public(*address->ai_addr)) {
      is_hidden = true;
      continue;
    }
    outcome = connected(*address, budget);
    if (outcome < 0 && budget.is_spent()) {
      break;
    }
  }
  if (outcome == -EADDRNOTAVAIL && is_hidden) {
    return fail(std::string{"no public address"});
  }
  if (outcome < 0) {
    return fail("no connection: " + system_text(-outcome));
  }
  std::unique_ptr<ClientConnection> connection{new ClientConnection(outcome)};
  if (origin.tls) {
    if (auto secured = connection->secure(origin, *trust, budget); !secured) {
      return fail(std::move(secured).error());
    }
    connection->bytes_sent_ = 0;  // the handshake carried nothing of a request
  }
  return connection;
}

ClientConnection::~ClientConnection() {
  if (tls_ != nullptr) {
    SSL_shutdown(tls_);  // one try, without waiting for the peer's
    SSL_free(tls_);
    ERR_clear_error();
  }
  ::close(descriptor_);
}

Result<void, std::string> ClientConnection::secure(const Origin& origin, const TlsTrust& trust, const Budget& budget) {
  if (!trust.problem().empty()) {
    return fail(trust.problem());
  }
  ERR_clear_error();
  tls_ = SSL_new(trust.context());
  auto* const bio = BIO_new(connection_method());
  if (tls_ == nullptr || bio == nullptr) {
    return fail("no TLS: " + tls_text());
  }
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(tls_, bio, bio);
  if (is_address(origin.host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_), origin.host.c_str());
  } else {
    SSL_set1_host(tls_, origin.host.c_str());
    SSL_set_tlsext_host_name(tls_, origin.host.c_str());  // RFC 6066: never for addresses
  }
  for (;;) {
    const int outcome = SSL_connect(tls_);
    if (outcome == 1) {
      return {};
    }
    if (!wait_for_tls(outcome, budget)) {
      const auto verified = SSL_get_verify_result(tls_);
      if (verified != X509_V_OK) {
        return fail(std::string{"the server's certificate is refused: "} + X509_verify_cert_error_string(verified));
      }
      return fail(budget.is_spent() ? "no TLS connection in time" : "no TLS connection: " + tls_text());
    }
  }
}

ssize_t ClientConnection::send_some(const char* bytes, std::size_t count) {
  const auto sent = ::send(descriptor_, bytes, count, MSG_NOSIGNAL);
  if (sent > 0) {
    bytes_sent_ += static_cast<std::size_t>(sent);
  }
  return sent;
}

ssize_t ClientConnection::receive_some(char* into, std::size_t bytes_max) { return ::recv(descriptor_, into, bytes_max, 0); }

bool ClientConnection::wait_for(short events, const Budget& budget) const {
  while (!budget.is_spent()) {
    if (poll_for(descriptor_, events, budget.patience())) return true;
  }
  return false;
}

/// Whether trying again can help, once what TLS waits for is there.
bool ClientConnection::wait_for_tls(int outcome, const Budget& budget) const {
  switch (SSL_get_error(tls_, outcome)) {
    case SSL_ERROR_WANT_READ: return wait_for(POLLIN, budget);
    case SSL_ERROR_WANT_WRITE: return wait_for(POLLOUT, budget);
    default: return false;
  }
}

ssize_t ClientConnection::write(const char* bytes, std::size_t count, const Budget& budget) {
  while (!budget.is_spent()) {
    if (tls_ != nullptr) {
      ERR_clear_error();
      const int piece = static_cast<int>(std::min<std::size_t>(count, std::numeric_limits<int>::max()));
      const int written = SSL_write(tls_, bytes, piece);
      if (written > 0) return written;
      if (!wait_for_tls(written, budget)) return -1;
      continue;
    }
    const auto sent = send_some(bytes, count);
    if (sent >= 0) return sent;
    if (errno != EAGAIN && errno != EINTR) return -1;
    if (!wait_for(POLLOUT, budget)) return -1;
  }
  return -1;
}

ssize_t ClientConnection::read(char* into, std::size_t bytes_max, const Budget& budget) {
  while (!budget.is_spent()) {
    if (tls_ != nullptr) {
      ERR_clear_error();
      const int piece = static_cast<int>(std::min<std::size_t>(bytes_max, std::numeric_limits<int>::max()));
      const int came = SSL_read(tls_, into, piece);
      if (came > 0) return came;
      // The end counts as orderly only with TLS's own closure alert: anybody can forge a FIN.
      if (SSL_get_error(tls_, came) == SSL_ERROR_ZERO_RETURN) return 0;
      if (!wait_for_tls(came, budget)) return -1;
      continue;
    }
    const auto came = receive_some(into, bytes_max);
    if (came >= 0) return came;
    if (errno != EAGAIN && errno != EINTR) return -1;
    if (!wait_for(POLLIN, budget)) return -1;
  }
  return -1;
}

bool ClientConnection::is_fresh() const {
  return (tls_ == nullptr || SSL_has_pending(tls_) == 0) && !poll_for(descriptor_, POLLIN, milliseconds{0});
}

}  // namespace casewire::http
