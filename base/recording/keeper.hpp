#pragma once
// Who keeps what goes by. It wraps handlers and transports; what goes through them is not changed.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/recording/exchange.hpp"

namespace casewire::recording {

struct Parties {
  std::string from, to;
};

/// Thread-safe. Outlives what it wrapped, and so does `inner`.
class Keeper {
 public:
  explicit Keeper(std::function<WallTime()> now) : now_(std::move(now)) {}
  virtual ~Keeper() = default;

  /// What `from` asks of `system` goes through to `inner`, and is kept.
  http::Handler record(http::Handler inner, std::string system, std::string from = "bridge");
  /// The same of what is sent.
  std::unique_ptr<http::Transport> record(http::Transport& inner, std::function<Parties(const http::Request&)> parties);
  /// What `system` sends to the bridge (webhooks, callouts).
  std::unique_ptr<http::Transport> record(http::Transport& inner, std::string system, std::string to = "bridge");
  /// From now on what comes to the bridge bears what `judge` says of its signature. Before anything is recorded.
  void judge_signatures(std::function<std::string(const http::Request&)> judge) { judge_ = std::move(judge); }

 protected:
  WallTime now() const { return now_(); }

 private:
  class RecordingTransport;
  /// The place of the exchange that begins now in the order of all.
  virtual std::uint64_t begin(Exchange exchange) = 0;
  virtual void end(std::uint64_t place, const std::function<void(Exchange&)>& with) = 0;
  std::uint64_t begin_between(Parties parties, const http::Request& request);

  const std::function<WallTime()> now_;
  std::function<std::string(const http::Request&)> judge_{};
};

}  // namespace casewire::recording
