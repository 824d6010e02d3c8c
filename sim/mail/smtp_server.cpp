// Sockets for SmtpDialogue. Everything of a server runs on its one thread; only a delayed answer waits elsewhere, as a task of
// the runtime, and comes back through the io_context.

#include <array>
#include <boost/asio.hpp>
#include <map>
#include <thread>

#include "sim/mail/smtp.hpp"
#include "sim/mail/smtp_dialogue.hpp"

namespace casewire::sim::mail {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class Connection;

/// Owned by the server. Connections refer to it; a delayed answer holds it weakly, since it may wake after the server has gone.
struct Shared {
  Shared(Runtime& the_runtime, MailHandler the_handler, SmtpServerOptions the_options)
      : runtime(the_runtime), handler(std::move(the_handler)), options(std::move(the_options)), acceptor(io) {}
  asio::io_context io{1};
  Runtime& runtime;
  MailHandler handler;
  SmtpServerOptions options;
  tcp::acceptor acceptor;
  std::uint64_t last_connection = 0;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections{};
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Shared& shared, std::uint64_t id, tcp::socket socket)
      : shared_(shared),
        id_(id),
        socket_(std::move(socket)),
        timer_(shared.io),
        dialogue_({shared.options.name, shared.options.message_bytes_max, shared.options.recipients_max},
                  shared.options.recipient) {}

  void start() {
    error_code ignored;
    socket_.set_option(tcp::no_delay{true}, ignored);
    if (shared_.connections.size() > shared_.options.connections_max) return say("421 4.3.2 Too many connections\r\n", true);
    say(dialogue_.greeting(), false);
  }

  void answer(const Reply& reply) {
    if (reply.damage == Damage::none) return say(dialogue_.answered(reply), false);
    error_code ignored;
    if (reply.damage == Damage::dropped_before_data) socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
    end();
  }

  void end() {
    error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
    shared_.connections.erase(id_);
  }

 private:
  void say(std::string text, bool close) {
    outgoing_ = std::move(text);
    arm_timer();
    asio::async_write(socket_, asio::buffer(outgoing_), [self = shared_from_this(), close](error_code problem, std::size_t) {
      if (problem || close) return self->end();
      self->go_on();
    });
  }

  /// Works through what has been read, then reads more.
  void go_on() {
    auto turn = dialogue_.next();
    if (!turn) return read();
    if (turn->mail) return deliver(*turn->mail);
    say(std::move(turn->say), turn->close);
  }

  void read() {
    arm_timer();
    socket_.async_read_some(asio::buffer(incoming_), [self = shared_from_this()](error_code problem, std::size_t count) {
      if (problem) return self->end();
      self->dialogue_.take({self->incoming_.data(), count});
      self->go_on();
    });
  }

  void deliver(const Envelope& mail) {
    timer_.cancel();
    const BusyScope busy{shared_.runtime};
    const Reply reply = shared_.handler(mail);
    if (reply.delay.count() <= 0) return answer(reply);
    shared_.runtime.spawn("smtp answer", [&runtime = shared_.runtime, server = weak_server_, id = id_, reply] {
      runtime.sleep_for(reply.delay);
      const auto shared = server.lock();
      if (!shared) return;
      asio::post(shared->io, [&connections = shared->connections, id, reply] {
        const auto found = connections.find(id);
        if (found != connections.end()) std::shared_ptr {
            found->second
            } -> answer(reply);
      });
    });
  }

  void arm_timer() {
    timer_.expires_after(shared_.options.read_timeout);
    timer_.async_wait([self = shared_from_this()](error_code problem) {
      if (!problem) self->end();
    });
  }

  friend void accept_next(const std::shared_ptr<Shared>& shared);
  Shared& shared_;
  std::weak_ptr<Shared> weak_server_;
  std::uint64_t id_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  SmtpDialogue dialogue_;
  std::array<char, 16 * 1024> incoming_{};
  std::string outgoing_{};
};

/// The acceptor's handler holds the server weakly: it lives in the server's own io_context.
void accept_next(const std::shared_ptr<Shared>& shared) {
  shared->acceptor.async_accept([server = std::weak_ptr{shared}](error_code problem, tcp::socket socket) {
    const auto alive = server.lock();
    if (!alive || !alive->acceptor.is_open()) return;
    if (!problem) {
      const auto id = ++alive->last_connection;
      const auto connection = std::make_shared<Connection>(*alive, id, std::move(socket));
      connection->weak_server_ = alive;
      alive->connections.emplace(id, connection);
      connection->start();
    }
    accept_next(alive);
  });
}

}  // namespace

class SmtpServer::Impl {
 public:
  Impl(Runtime& runtime, MailHandler handler, SmtpServerOptions options)
      : shared_(std::make_shared<Shared>(runtime, std::move(handler), std::move(options))) {}
  ~Impl() { stop(); }

  error_code listen() {
    error_code problem;
    const auto address = asio::ip::make_address(shared_->options.host, problem);
    const tcp::endpoint endpoint{address, shared_->options.port};
    auto& acceptor = shared_->acceptor;
    if (!problem) acceptor.open(endpoint.protocol(), problem);
    if (!problem) acceptor.set_option(tcp::acceptor::reuse_address{true}, problem);
    if (!problem) acceptor.bind(endpoint, problem);
    if (!problem) acceptor.listen(asio::socket_base::max_listen_connections, problem);
    if (problem) return problem;
    port_ = acceptor.local_endpoint().port();
    accept_next(shared_);
    thread_ = std::thread{[&io = shared_->io] {
      try {
        io.run();
      } catch (const TaskStopped&) {  // the runtime stopped while a handler waited: this thread is done as well
      }
    }};
    return {};
  }

  void stop() {
    if (!thread_.joinable()) return;
    shared_->io.stop();
    thread_.join();
    error_code ignored;
    shared_->acceptor.close(ignored);
    const auto open = shared_->connections;  // ending one takes it out
    for (const auto& [id, connection] : open) connection->end();
  }

  std::uint16_t port() const { return port_; }

 private:
  std::shared_ptr<Shared> shared_;
  std::thread thread_;
  std::uint16_t port_ = 0;
};

Result<std::unique_ptr<SmtpServer>> SmtpServer::start(Runtime& runtime, MailHandler handler, SmtpServerOptions options) {
  const std::string address = options.host + ":" + std::to_string(options.port);
  auto impl = std::make_unique<Impl>(runtime, std::move(handler), std::move(options));
  if (const auto problem = impl->listen()) {
    return fail(
        Diagnostic{{}, "cannot listen on " + address + ": " + problem.message(), "choose another port, or 0 for a free one"});
  }
  return std::unique_ptr<SmtpServer>{new SmtpServer{std::move(impl)}};
}

SmtpServer::SmtpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SmtpServer::~SmtpServer() = default;
std::uint16_t SmtpServer::port() const { return impl_->port(); }
void SmtpServer::stop() { impl_->stop(); }

}  // namespace casewire::sim::mail
