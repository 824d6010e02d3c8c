#include "base/http/server_link.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
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

template <class Stream>
class Link : public ServerLink {
 public:
  template <class... Arguments>
  explicit Link(Arguments&&... arguments) : stream_(std::forward<Arguments>(arguments)...) {}

  asio::any_io_executor executor() override { return stream_.get_executor(); }

  void read(char* into, std::size_t bytes_max, Read done) override {
    stream_.async_read_some(asio::buffer(into, bytes_max),
                            [done = std::move(done)](error_code error, std::size_t bytes) { done(!error && bytes > 0, bytes); });
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
  void finish(Done done) override {
    stream_.async_shutdown([done = std::move(done)](error_code error) { done(!error); });
  }
  void close(bool reset) override { close_socket(stream_.next_layer(), reset); }
};

}  // namespace

std::unique_ptr<ServerLink> plain_link(tcp::socket socket) { return std::make_unique<PlainLink>(std::move(socket)); }

std::unique_ptr<ServerLink> tls_link(tcp::socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsLink>(std::move(socket), context);
}

}  // namespace casewire::http
