#pragma once
// An HTTP/1.1 server on Boost.Beast: keep-alive, pipelining in order, TLS, and every damage of a Reply really done on the
// wire. Limits hold for chunked and for gzip- or deflate-encoded bodies too (413), for headers (431) and for connections. A
// handler gets bodies decoded and without the headers that spoke of their coding; chunk extensions and trailers are dropped. No
// Date header is sent: the world has its own clock. What two readers of a request could understand differently is answered 400
// and closed: both Content-Length and Transfer-Encoding, two lengths, obsolete folding, bare line feeds, a Host or a target that
// is none. Slow senders are cut off by `read_timeout`. A thread of its own accepts, so that no handler that takes its time keeps others out.
//
// When all places are taken and somebody comes, the connection that has owed the complete head of a request for the longest
// gives its place away, once that is `idle_timeout_when_full`: silent and kept connections, and those that send a head in drops.
// If there is none, it is the one of whose body nothing has come for the longest, once that is `body_timeout_when_full`. One whose
// request is read further, handled or answered stays; if all are such, the newcomer waits in the backlog. While all places are taken,
// answers close their connection.
// See docs/decisions/0001-beast-servers-httplib-clients.md.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http/handler.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/result.hpp"

namespace casewire::http {

struct TlsFiles {
  std::string certificate_chain;  ///< PEM file
  std::string private_key;        ///< PEM file
};

struct SocketServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: the system chooses
  std::optional<TlsFiles> tls{};
  std::size_t threads = 1;  ///< handlers run on these; with 1 they never overlap. A connection stays on one of them
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 50u << 20;  ///< after decoding
  std::size_t connections_max = 256;
  std::chrono::milliseconds read_timeout{30'000};           ///< real time, from a request's first byte to its last
  std::chrono::milliseconds idle_timeout{60'000};           ///< real time, between requests
  std::chrono::milliseconds idle_timeout_when_full{250};    ///< real time, the same while somebody waits for a place
  std::chrono::milliseconds body_timeout_when_full{2'000};  ///< real time, between two pieces of a body then
  /// Asked on the handler's threads when the head of a request is complete and its body is not: an answer turns it away, and the body is not
  /// waited for. May be empty.
  std::function<std::optional<Reply>(const Request& head)> door{};
};

class SocketServer {
 public:
  /// Listens when it returns. `handler` runs on the server's threads, inside a BusyScope of `runtime`; a Reply's delay is waited
  /// for on `runtime`'s clock, and is not busy. An exception from a handler is answered 500 without its text. The error names
  /// the address and the system's reason.
  static Result<std::unique_ptr<SocketServer>> start(Runtime& runtime, Handler handler, SocketServerOptions options = {});
  ~SocketServer();  ///< stop() without grace

  /// Of a server with TLS: connections from now on are made with these; those that are there go on with theirs. The error leaves everything as it is. Any thread.
  Result<void> use(const TlsFiles& files);

  std::uint16_t port() const;
  std::string url() const;  ///< "http://127.0.0.1:41234"
  /// Whether somebody has connected, or a byte of a request has come, that no handler knows of yet. What was sent before the call is
  /// seen; once the handler has the request its BusyScope tells. Never from a handler, never after stop().
  bool is_receiving();
  /// How many requests are answered later or never (Reply::delay, Wire::stall), of those whose client still waits. As is_receiving().
  std::size_t exchanges_held();
  /// Stops accepting, finishes exchanges that have begun (at most `grace` of real time), closes idle connections at once. An
  /// exchange has begun when a byte of its request has come; stalled answers do not count. Never from a handler: it waits for them.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds{5'000});

 private:
  class Impl;
  explicit SocketServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace casewire::http
