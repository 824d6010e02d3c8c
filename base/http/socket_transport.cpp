#include "base/http/socket_transport.hpp"

#include <map>
#include <mutex>
#include <optional>
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
  std::optional<TlsTrust> trust_;
};

SocketTransport::SocketTransport(SocketTransportOptions options) : pool_(std::make_unique<Pool>(std::move(options))) {}
SocketTransport::~SocketTransport() = default;

Result<Response, TransportError> SocketTransport::send(const Request& request, Deadline deadline) {
  const Budget budget{deadline.within};
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
      if (error->kind == Kind::not_sent && was_idle && !budget.is_spent()) {
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

}  // namespace casewire::http
