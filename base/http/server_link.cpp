#include "base/http/server_link.hpp"

#include <poll.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace casewire::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

void close_socket(tcp::socket& socket, bool reset) {
  error_code ignored;
  if (reset) {
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
  }
  socket.close(ignored);
}

void await_readable(tcp::socket& socket, std::function<void()> then) {
  socket.async_wait(tcp::socket::wait_read, [then = std::move(then)](error_code) { then(); });
}

template <class Stream>
class Link : public ServerLink {
 public:
  template <class... Arguments>
  explicit Link(Arguments&&... arguments) : stream_(std::forward<Arguments>(arguments)...) {
    error_code ignored;
    stream_.lowest_layer().non_blocking(true, ignored);
  }

  asio::any_io_executor executor() override { return stream_.get_executor(); }

  std::optional<std::size_t> read(char* into, std::size_t bytes_max) override {
    error_code error;
    const auto bytes = stream_.read_some(asio::buffer(into, bytes_max), error);
    if (error == asio::error::would_block) {
      return 0;
    }
    return error ? std::nullopt : std::optional{bytes};
  }

  bool is_ended_by_peer() override {
    pollfd end{stream_.lowest_layer().native_handle(), POLLRDHUP, 0};
    return ::poll(&end, 1, 0) > 0;
  }

  bool has_input() override {
    error_code error;
    return stream_.lowest_layer().available(error) > 0;
  }

  void write(std::string_view first, std::string_view second, Done done) override {
    const std::array<asio::const_buffer, 2> both{asio::buffer(first.data(), first.size()),
                                                 asio::buffer(second.data(), second.size())};
    asio::async_write(stream_, both, [done = std::move(done)](error_code error, std::size_t) { done(!error); });
  }

 protected:
  Stream stream_;
};

class PlainLink final : public Link<tcp::socket> {
 public:
  using Link::Link;
  void handshake(Done done) override {
    asio::post(stream_.get_executor(), [done = std::move(done)] { done(true); });
  }
  void await_input(std::function<void()> then) override { await_readable(stream_, std::move(then)); }
  void finish(Done done) override {
    error_code error;
    stream_.shutdown(tcp::socket::shutdown_send, error);
    asio::post(stream_.get_executor(), [done = std::move(done), good = !error] { done(good); });
  }
  void close(bool reset) override { close_socket(stream_, reset); }
};

class TlsLink final : public Link<asio::ssl::stream<tcp::socket>> {
 public:
  using Link::Link;
  void handshake(Done done) override {
    stream_.async_handshake(asio::ssl::stream_base::server, [done = std::move(done)](error_code error) { done(!error); });
  }
  void await_input(std::function<void()> then) override {
    if (may_hold_more_) {
      asio::post(stream_.get_executor(), std::move(then));
    } else {
      await_readable(stream_.next_layer(), std::move(then));
    }
  }
  std::optional<std::size_t> read(char* into, std::size_t bytes_max) override {
    const auto bytes = Link::read(into, bytes_max);
    may_hold_more_ = bytes != std::size_t{0};
    return bytes;
  }
  void finish(Done done) override {
    stream_.async_shutdown([done = std::move(done)](error_code error) { done(!error); });
  }
  void close(bool reset) override { close_socket(stream_.next_layer(), reset); }

 private:
  /// TLS reads records ahead, so the socket can be empty while there is something to read.
  bool may_hold_more_ = true;
};

}  // namespace

std::unique_ptr<ServerLink> plain_link(tcp::socket socket) { return std::make_unique<PlainLink>(std::move(socket)); }

std::unique_ptr<ServerLink> tls_link(tcp::socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsLink>(std::move(socket), context);
}

}  // namespace casewire::http
