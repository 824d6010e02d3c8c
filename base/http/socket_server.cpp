#include "base/http/socket_server.hpp"

#include <poll.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "base/http/server_link.hpp"
#include "base/http/server_session.hpp"

namespace casewire::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// An event loop and the one thread that runs it. A connection stays on its loop, so nothing in it needs a lock.
struct Loop {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::thread thread{};
};

Diagnostic complaint(std::string problem, std::string hint = {}) {
  return {.where = {}, .problem = std::move(problem), .hint = std::move(hint)};
}

Result<std::shared_ptr<asio::ssl::context>> tls_context(const TlsFiles& files) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code error;
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 |
                           asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1,
                       error);
  context->use_certificate_chain_file(files.certificate_chain, error);
  if (error) {
    return fail(complaint("cannot use the certificate chain " + files.certificate_chain + ": " + error.message(),
                          "give a PEM file: the server's certificate first, then those that lead to the authority"));
  }
  context->use_private_key_file(files.private_key, asio::ssl::context::pem, error);
  if (error) {
    return fail(complaint("cannot use the private key " + files.private_key + ": " + error.message(),
                          "give the PEM file of the key that belongs to the certificate, without a pass phrase"));
  }
  return context;
}

}  // namespace

class SocketServer::Impl final : public ServerCore {
 public:
  Impl(Runtime& its_runtime, Handler its_handler, SocketServerOptions its_options, std::shared_ptr<asio::ssl::context> tls)
      : ServerCore(its_runtime, std::move(its_handler), std::move(its_options)),
        loops_(1 + std::max<std::size_t>(options.threads, 1)),
        acceptor_(loops_.front().context),
        accept_again_(loops_.front().context),
        ask_again_(loops_.front().context),
        tls_(std::move(tls)) {}

  ~Impl() override { stop(milliseconds{0}); }

  std::optional<Diagnostic> listen() {
    error_code error;
    tcp::resolver resolver{loops_.front().context};
    const auto found = resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive, error);
    if (!error && !found.empty()) {
      endpoint_ = found.begin()->endpoint();
      acceptor_.open(endpoint_.protocol(), error);
    }
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint_, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (!error) endpoint_ = acceptor_.local_endpoint(error);
    if (error) {
      return complaint("cannot listen on " + options.host + ":" + std::to_string(options.port) + ": " + error.message(),
                       "choose another address, or port 0 for a free one");
    }
    return std::nullopt;
  }

  void run() {
    accept_next();
    for (auto& loop : loops_) {
      loop.thread = std::thread{[&loop] { loop.context.run(); }};
    }
  }

  void use(std::shared_ptr<asio::ssl::context> tls) {
    const std::lock_guard lock{mutex_};
    tls_ = std::move(tls);
  }

  void stop(milliseconds grace) {
    std::unique_lock lock{mutex_};
    if (std::exchange(stopped_, true)) {
      return;
    }
    stopping = true;
    const auto present = sessions_;
    lock.unlock();
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      accept_again_.cancel();
      ask_again_.cancel();
    });
    for (const auto& session : present) session->stop_soon();
    lock.lock();
    all_left_.wait_for(lock, grace, [this] { return sessions_.empty(); });
    const auto late = sessions_;
    lock.unlock();
    for (const auto& session : late) session->abandon();
    // The loops end by themselves when their last operation has: nothing is left behind in them.
    for (auto& loop : loops_) loop.work.reset();
    for (auto& loop : loops_) {
      if (loop.thread.joinable()) loop.thread.join();
    }
  }

  bool is_receiving() {
    // The loops pass the question on among themselves: to ask each from here is two switches of threads a time, and a harness asks all day.
    Question question;
    auto answer = question.answer.get_future();
    asio::post(acceptor_.get_executor(), [this, &question] { look_for_newcomers(question); });
    return answer.get();
  }

  std::size_t exchanges_held() {
    const auto present = [this] {
      const std::lock_guard lock{mutex_};
      return sessions_;
    }();
    std::size_t held = 0;
    for (const auto& session : present) {
      on_loop(session->executor(), [&] { held += session->is_held() ? 1 : 0; });
    }
    return held;
  }

  void left(const std::shared_ptr<ServerSession>& session) override {
    const std::lock_guard lock{mutex_};
    sessions_.erase(session);
    full = sessions_.size() >= options.connections_max;
    all_left_.notify_all();
    if (!full && newcomer_waits.exchange(false)) {
      asio::post(acceptor_.get_executor(), [this] { accept_next(); });
    }
  }

  void look_for_room() override {
    asio::post(acceptor_.get_executor(), [this] { ask_the_oldest(); });
  }

  const tcp::endpoint& endpoint() const { return endpoint_; }

 private:
  /// Lives until it is answered, on the stack of whoever asks.
  struct Question {
    int turns_left =
        3;  ///< what the loop knows already, but has not looked at, is looked at between two tasks: after so many of them it has been
    std::vector<std::shared_ptr<ServerSession>> sessions{};
    std::size_t next = 0;
    asio::any_io_executor here{};
    std::promise<bool> answer{};
  };

  void look_for_newcomers(Question& question) {
    if (question.turns_left-- > 0) {
      asio::post(acceptor_.get_executor(), [this, &question] { look_for_newcomers(question); });
      return;
    }
    pollfd newcomer{acceptor_.is_open() ? acceptor_.native_handle() : -1, POLLIN, 0};
    if (::poll(&newcomer, 1, 0) > 0) {
      question.answer.set_value(true);
      return;
    }
    {
      const std::lock_guard lock{mutex_};
      question.sessions.assign(sessions_.begin(), sessions_.end());
    }
    question.here = acceptor_.get_executor();
    look_at_sessions(question);
  }

  /// Each on its own loop.
  static void look_at_sessions(Question& question) {
    for (; question.next < question.sessions.size(); ++question.next) {
      ServerSession& session = *question.sessions[question.next];
      if (session.executor() != question.here) {
        question.here = session.executor();
        asio::post(question.here, [&question] { look_at_sessions(question); });
        return;
      }
      if (session.is_receiving()) break;
    }
    question.answer.set_value(question.next < question.sessions.size());
  }

  /// Runs it there and waits for it.
  static void on_loop(const asio::any_io_executor& loop, const std::function<void()>& look) {
    std::promise<void> done;
    asio::post(loop, [&] {
      look();
      done.set_value();
    });
    done.get_future().wait();
  }

  void accept_next() {
    if (stopping || !acceptor_.is_open()) {
      return;
    }
    if (full) {
      // Nobody need leave before somebody comes.
      acceptor_.async_wait(tcp::acceptor::wait_read, [this](error_code error) {
        if (!error) newcomer_came();
      });
      return;
    }
    auto& loop = loops_[1 + next_loop_++ % (loops_.size() - 1)];
    acceptor_.async_accept(loop.context, [this](error_code error, tcp::socket socket) {
      if (!error) {
        adopt(std::move(socket));
        accept_next();
      } else if (error != asio::error::operation_aborted) {
        // Too many open files, or a peer that was gone already: the next try may do better, but not at once.
        accept_again_.expires_after(milliseconds{20});
        accept_again_.async_wait([this](error_code aborted) {
          if (!aborted) accept_next();
        });
      }
    });
  }

  void newcomer_came() {
    // Once the newcomer is said to wait, it is for left() to accept next, at any moment and on any thread. So `newcomer_waits` is
    // not read again here: two would accept, and one place too many would be given from then on.
    const bool waits = [this] {
      const std::lock_guard lock{mutex_};
      newcomer_waits = full.load();
      return newcomer_waits.load();
    }();
    if (waits) {
      ask_the_oldest();
    } else {
      accept_next();
    }
  }

  /// Of the sessions that await a request's head, or if there is none the rest of a body, the one that does so longest gives its place away: left()
  /// follows. When something came in time after all it stays, and look_for_room() follows.
  void ask_the_oldest() {
    const std::lock_guard lock{mutex_};
    if (stopping || !newcomer_waits) {
      return;
    }
    auto [oldest, since] = longest(&ServerSession::head_awaited_since);
    auto patience = options.idle_timeout_when_full;
    if (oldest == nullptr) {
      std::tie(oldest, since) = longest(&ServerSession::body_awaited_since);
      patience = options.body_timeout_when_full;
    }
    if (oldest == nullptr) {
      return;
    }
    // A client needs a moment from its connection to its request. Without it, more clients than places would drive each other out
    // for ever, and nobody would be answered.
    const std::chrono::microseconds silent{stopwatch.elapsed_microseconds() - since};
    if (silent < patience) {
      ask_again_.expires_after(patience - silent);
      ask_again_.async_wait([this](error_code aborted) {
        if (!aborted) ask_the_oldest();
      });
    } else {
      oldest->give_way();
    }
  }

  /// nullptr: none waits. Under the lock.
  std::pair<ServerSession*, std::int64_t> longest(std::optional<std::int64_t> (ServerSession::*awaited_since)() const) const {
    std::pair<ServerSession*, std::int64_t> oldest{nullptr, 0};
    for (const auto& session : sessions_) {
      const auto since = ((*session).*awaited_since)();
      if (since && (oldest.first == nullptr || *since < oldest.second)) oldest = {session.get(), *since};
    }
    return oldest;
  }

  void adopt(tcp::socket socket) {
    error_code ignored;
    // An answer is written at once and whole: waiting for more to send would only hold it back (Nagle).
    socket.set_option(tcp::no_delay(true), ignored);
    // A connection holds what it was made with (SSL_new(3) counts its context's users).
    const auto tls = [this] {
      const std::lock_guard lock{mutex_};
      return tls_;
    }();
    const auto session =
        std::make_shared<ServerSession>(*this, tls ? tls_link(std::move(socket), *tls) : plain_link(std::move(socket)));
    {
      const std::lock_guard lock{mutex_};
      if (stopping) {
        return;
      }
      sessions_.insert(session);
      full = sessions_.size() >= options.connections_max;
    }
    session->start();
  }

  std::vector<Loop> loops_;  ///< the first accepts and waits for no handler
  tcp::acceptor acceptor_;
  asio::steady_timer accept_again_;
  asio::steady_timer ask_again_;
  tcp::endpoint endpoint_;
  std::size_t next_loop_ = 0;

  std::mutex mutex_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::condition_variable all_left_;
  std::set<std::shared_ptr<ServerSession>> sessions_;
  bool stopped_ = false;
};

Result<std::unique_ptr<SocketServer>> SocketServer::start(Runtime& runtime, Handler handler, SocketServerOptions options) {
  std::shared_ptr<asio::ssl::context> tls;
  if (options.tls) {
    auto made = tls_context(*options.tls);
    if (!made) {
      return fail(std::move(made).error());
    }
    tls = *std::move(made);
  }
  auto impl = std::make_unique<Impl>(runtime, std::move(handler), std::move(options), std::move(tls));
  if (auto problem = impl->listen()) {
    return fail(*std::move(problem));
  }
  impl->run();
  return std::unique_ptr<SocketServer>{new SocketServer(std::move(impl))};
}

SocketServer::SocketServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
bool SocketServer::is_receiving() { return impl_->is_receiving(); }
std::size_t SocketServer::exchanges_held() { return impl_->exchanges_held(); }

SocketServer::~SocketServer() = default;

Result<void> SocketServer::use(const TlsFiles& files) {
  if (!impl_->options.tls) return fail(complaint("the server was started without TLS"));
  auto made = tls_context(files);
  if (!made) return fail(std::move(made).error());
  impl_->use(*std::move(made));
  return {};
}

std::uint16_t SocketServer::port() const { return impl_->endpoint().port(); }

std::string SocketServer::url() const {
  const auto address = impl_->endpoint().address();
  const auto host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return (impl_->options.tls ? "https://" : "http://") + host + ":" + std::to_string(port());
}

void SocketServer::stop(milliseconds grace) { impl_->stop(grace); }

}  // namespace casewire::http
