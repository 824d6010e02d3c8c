#include "base/recording/keeper.hpp"

#include <algorithm>
#include <utility>

namespace casewire::recording {

namespace {

milliseconds since(WallTime began, WallTime now) {
  return std::clamp(std::chrono::duration_cast<milliseconds>(now - began), milliseconds{0}, kTimeMax);
}

}  // namespace

class Keeper::RecordingTransport final : public http::Transport {
 public:
  RecordingTransport(Keeper& keeper, http::Transport& inner, std::function<Parties(const http::Request&)> parties)
      : keeper_(keeper), inner_(inner), parties_(std::move(parties)) {}

  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const std::uint64_t place = keeper_.begin_between(parties_(request), request);
    auto answer = inner_.send(request, deadline);
    keeper_.end(place, [&](Exchange& exchange) {
      exchange.time = since(exchange.started, keeper_.now());
      if (answer) exchange.response = *answer;
      exchange.error = answer ? "" : name_of(answer.error().kind);
    });
    return answer;
  }

 private:
  Keeper& keeper_;
  http::Transport& inner_;
  const std::function<Parties(const http::Request&)> parties_;
};

std::uint64_t Keeper::begin_between(Parties parties, const http::Request& request) {
  Exchange exchange{.started = now(), .from = std::move(parties.from), .to = std::move(parties.to), .request = request};
  exchange.response.status = 0;
  exchange.error = kUnanswered;
  if (judge_ && exchange.to == "bridge") exchange.signature = judge_(request);
  return begin(std::move(exchange));
}

http::Handler Keeper::record(http::Handler inner, std::string system, std::string from) {
  return [this, inner = std::move(inner), system = std::move(system), from = std::move(from)](const http::Request& request) {
    const std::uint64_t place = begin_between({from, system}, request);
    http::Reply reply = inner(request);
    end(place, [&](Exchange& exchange) {
      exchange.time = std::min(since(exchange.started, now()) + reply.delay, kTimeMax);
      exchange.wire = reply.wire;
      if (reply.response.status == 0) {  // nothing came from beyond: its body tells why
        exchange.error = reply.response.body;
        return;
      }
      exchange.response = reply.response;
      exchange.error.clear();
    });
    return reply;
  };
}

std::unique_ptr<http::Transport> Keeper::record(http::Transport& inner, std::function<Parties(const http::Request&)> parties) {
  return std::make_unique<RecordingTransport>(*this, inner, std::move(parties));
}

std::unique_ptr<http::Transport> Keeper::record(http::Transport& inner, std::string system, std::string to) {
  return record(inner, [parties = Parties{std::move(system), std::move(to)}](const http::Request&) { return parties; });
}

}  // namespace casewire::recording
