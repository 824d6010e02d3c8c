#include "base/http/socket_transport.hpp"

#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "base/http/client_connection.hpp"
#include "base/http/client_exchange.hpp"
#include "base/http/outgoing.hpp"
#include "base/runtime/stopwatch.hpp"

namespace casewire::http {
namespace {

using Kind = TransportError::Kind;
using Connection = std::unique_ptr<ClientConnection>;

// Servers close connections that idle, and a request that meets such a close may be lost without our knowing. So a connection is
// used again only while it is younger than what servers commonly allow.
constexpr milliseconds kIdleLongest{15'000};
constexpr std::size_t kOriginsMax = 64;

struct IdleConnection {
  Connection connection;
  RealStopwatch since{};
};

}  // namespace

class SocketTransport::Pool {
 public:
  explicit Pool(SocketTransportOptions its_options) : options(std::move(its_options)) {}

  const SocketTransportOptions options;

  /// The connection of that origin that was used last and is still fit; null when there is none.
  Connection take(const std::string& origin) {
    for (;;) {
      std::optional<IdleConnection> idle;
      {
        const std::lock_guard lock{mutex_};
        const auto found = idle_.find(origin);
        if (found == idle_.end()) {
          return nullptr;
        }
        idle = std::move(found->second.back());
        found->second.pop_back();
        if (found->second.empty()) {
          idle_.erase(found);
        }
      }
      if (idle->since.elapsed() < kIdleLongest && idle->connection->is_fresh()) {
        return std::move(idle->connection);
      }
    }
  }

  void give_back(const std::string& origin, Connection connection) {
    const std::lock_guard lock{mutex_};
    if (!idle_.contains(origin) && idle_.size() >= kOriginsMax) {
      return;
    }
    auto& same_origin = idle_[origin];
    if (same_origin.size() < options.idle_connections_max) {
      same_origin.push_back({.connection = std::move(connection)});
    } else if (same_origin.empty()) {
      idle_.erase(origin);
    }
  }

  /// One call, from its first step to its last.
  class Call {
   public:
    Call(Pool& pool, milliseconds within) : pool_(pool) {
      if (pool.options.clock == nullptr) return;
      const std::lock_guard lock{pool.mutex_};
      deadline_ = pool.deadlines_.insert(pool.options.clock->steady_now() + within);
    }
    ~Call() {
      if (!deadline_) return;
      const std::lock_guard lock{pool_.mutex_};
      pool_.deadlines_.erase(*deadline_);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Pool& pool_;
    std::optional<std::multiset<SteadyTime>::iterator> deadline_;
  };

  OpenCalls open_calls() {
    if (options.clock == nullptr) return {};
    const std::lock_guard lock{mutex_};
    const auto first = deadlines_.upper_bound(options.clock->steady_now());
    if (first == deadlines_.end()) return {};
    return {static_cast<std::size_t>(std::distance(first, deadlines_.end())), *first};
  }

  /// Made when first needed: reading the system's authorities takes some milliseconds.
  const TlsTrust* trust() {
    const std::lock_guard lock{mutex_};
    if (!trust_) {
      trust_.emplace(options.ca_file);
    }
    return &*trust_;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<IdleConnection>> idle_;  ///< no entry is empty
  std::multiset<SteadyTime> deadlines_;                      ///< of the calls under way, by the clock
  std::optional<TlsTrust> trust_;
};

SocketTransport::SocketTransport(SocketTransportOptions options) : pool_(std::make_unique<Pool>(std::move(options))) {}
SocketTransport::~SocketTransport() = default;

Result<Response, TransportError> SocketTransport::send(const Request& request, Deadline deadline) {
  const Pool::Call call(*pool_, deadline.within);
  const Budget budget{deadline.within, pool_->options.clock, deadline.permit};
  const auto name = std::string{request.origin()};
  const auto sent = outgoing(request);
  if (!sent) {
    return fail(TransportError{Kind::not_sent, sent.error().why});
  }
  for (;;) {
    auto connection = pool_->take(name);
    const bool was_idle = connection != nullptr;
    if (!was_idle) {
      auto opened =
          ClientConnection::open(sent->origin, sent->origin.tls ? pool_->trust() : nullptr, budget, pool_->options.public_only);
      if (!opened) {
        return fail(TransportError{Kind::not_sent, name + ": " + opened.error()});
      }
      connection = *std::move(opened);
    }
    auto outcome = exchange(*connection, sent->request, budget, pool_->options.response_bytes_max);
    if (auto* error = std::get_if<TransportError>(&outcome.answer)) {
      // The server closed an idle connection, and the kernel took not one byte of the request: another connection may carry it. In
      // every other case the server may have read it, and this transport never sends a request twice.
      if (error->kind == Kind::not_sent && was_idle && !budget.is_spent() && budget.may_write()) {
        continue;
      }
      return fail(TransportError{error->kind, name + ": " + error->what});
    }
    if (outcome.reusable) {
      pool_->give_back(name, std::move(connection));
    }
    return std::get<Response>(std::move(outcome.answer));
  }
}

OpenCalls SocketTransport::open_calls() const { return pool_->open_calls(); }

}  // namespace casewire::http
