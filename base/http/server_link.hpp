#pragma once
// The byte stream under a server's connection: plain TCP or TLS. Completion functions run on `executor()`, never inside the
// call that starts them. Reading does not wait and waiting does not read, so whoever means to close a connection can look first
// whether something has come: no byte is ever on its way between the socket and the reader. Internal to base/http.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace casewire::http {

class ServerLink {
 public:
  using Done = std::function<void(bool good)>;

  virtual ~ServerLink() = default;
  virtual boost::asio::any_io_executor executor() = 0;
  virtual void handshake(Done done) = 0;
  /// Until read() may have something to give, or the stream has ended.
  virtual void await_input(std::function<void()> then) = 0;
  /// How many bytes were there, 0 when nothing is; nullopt at the end of the stream and on errors. Never waits.
  virtual std::optional<std::size_t> read(char* into, std::size_t bytes_max) = 0;
  /// Whether read() would give something now. Any number of times; takes nothing.
  virtual bool has_input() = 0;
  /// Whether the peer has closed its end. Takes nothing.
  virtual bool is_ended_by_peer() = 0;
  /// All of both; the memory must stay until `done`.
  virtual void write(std::string_view first, std::string_view second, Done done) = 0;
  /// Tells the peer that nothing more comes (FIN; with TLS the closure alert).
  virtual void finish(Done done) = 0;
  /// Ends every pending operation. With `reset` the peer gets RST instead of FIN.
  virtual void close(bool reset) = 0;
};

std::unique_ptr<ServerLink> plain_link(boost::asio::ip::tcp::socket socket);
std::unique_ptr<ServerLink> tls_link(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& context);

}  // namespace casewire::http
