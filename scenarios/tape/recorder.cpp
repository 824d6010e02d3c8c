#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

namespace {

std::size_t weight(const http::Headers& headers) {
  std::size_t bytes = 0;
  for (const http::Header& header : headers) {
    bytes += header.name.size() + header.value.size();
  }
  return bytes;
}

std::size_t weight(const Exchange& exchange) {
  return exchange.request.target.size() + weight(exchange.request.headers) + exchange.request.body.size() +
         weight(exchange.response.headers) + exchange.response.body.size();
}

}  // namespace

class Recorder::RecordingTransport final : public http::Transport {
 public:
  RecordingTransport(Recorder& recorder, http::Transport& inner, std::string from, std::string to)
      : recorder_(recorder), inner_(inner), from_(std::move(from)), to_(std::move(to)) {}

  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const std::uint64_t place = recorder_.begin({.from = from_, .to = to_, .request = request});
    auto answer = inner_.send(request, deadline);
    recorder_.end(place, [&](Exchange& exchange) {
      exchange.time = recorder_.now_() - exchange.started;
      if (answer) exchange.response = *answer;
      exchange.error = answer ? "" : name_of(answer.error().kind);
    });
    return answer;
  }

 private:
  Recorder& recorder_;
  http::Transport& inner_;
  std::string from_, to_;
};

http::Handler Recorder::record(http::Handler inner, std::string system, std::string from) {
  return [this, inner = std::move(inner), system = std::move(system), from = std::move(from)](const http::Request& request) {
    const std::uint64_t place = begin({.from = from, .to = system, .request = request});
    http::Reply reply = inner(request);
    end(place, [&](Exchange& exchange) {
      exchange.time = reply.delay;
      exchange.wire = reply.wire;
      if (reply.response.status == 0) {  // nothing came from beyond (passage.cpp)
        exchange.error = reply.response.body;
        return;
      }
      exchange.response = reply.response;
      exchange.error.clear();
    });
    return reply;
  };
}

std::unique_ptr<http::Transport> Recorder::record(http::Transport& inner, std::string system, std::string to) {
  return std::make_unique<RecordingTransport>(*this, inner, std::move(system), std::move(to));
}

std::uint64_t Recorder::begin(Exchange exchange) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t place = ++begun_;
  if (exchanges_.size() >= kExchangesMax || !has_room(weight(exchange))) {
    ++dropped_;
    return place;
  }
  exchange.started = now_();
  exchange.response.status = 0;
  exchange.error = kUnanswered;
  exchanges_.emplace(place, Kept{std::move(exchange)});
  return place;
}

void Recorder::end(std::uint64_t place, const std::function<void(Exchange&)>& with) {
  const std::lock_guard lock(mutex_);
  const auto kept = exchanges_.find(place);
  if (kept == exchanges_.end()) return;
  const std::size_t begun = weight(kept->second.exchange);
  ++ended_;
  with(kept->second.exchange);
  kept->second.is_under_way = false;
  if (has_room(weight(kept->second.exchange) - begun)) return;
  exchanges_.erase(kept);
  bytes_ -= begun;
  ++dropped_;
}

/// Takes it, if there is.
bool Recorder::has_room(std::size_t bytes) {
  if (bytes > kBytesMax - bytes_) return false;
  bytes_ += bytes;
  return true;
}

void Recorder::note(BridgeFate::What what) {
  const std::lock_guard lock(mutex_);
  Noted noted{.fate = {.what = what, .at = now_()}};
  for (const auto& [place, kept] : exchanges_) {
    // The call that met the crash is the last that began: whatever crashes the bridge at a call does it before any other can begin.
    const bool is_met = kept.is_under_way && kept.exchange.from == "bridge" && kept.exchange.started == noted.fate.at;
    if (what == BridgeFate::What::crashed && is_met) noted.during = place;
  }
  fates_.emplace(++begun_, noted);
}

Tape Recorder::tape() const {
  Tape tape;
  const std::lock_guard lock(mutex_);
  std::map<std::uint64_t, std::size_t> index_of;
  for (const auto& [place, kept] : exchanges_) {
    index_of.emplace(place, tape.exchanges.size());
    tape.exchanges.push_back(kept.exchange);
  }
  for (const auto& [place, noted] : fates_) {
    BridgeFate fate = noted.fate;
    const auto next = index_of.lower_bound(place);
    fate.place = next == index_of.end() ? tape.exchanges.size() : next->second;
    if (const auto during = index_of.find(noted.during); during != index_of.end()) fate.during = during->second;
    tape.fates.push_back(fate);
  }
  return tape;
}

std::uint64_t Recorder::changes() const {
  const std::lock_guard lock(mutex_);
  return begun_ + ended_;
}

std::size_t Recorder::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

std::string_view name_of(BridgeFate::What what) {
  switch (what) {
    case BridgeFate::What::started: return "started";
    case BridgeFate::What::crashed: return "crashed";
    case BridgeFate::What::stopped: return "stopped";
    case BridgeFate::What::parked: return "parked";
  }
  return "";
}

std::optional<BridgeFate::What> fate_named(std::string_view name) {
  using What = BridgeFate::What;
  for (const auto what : {What::started, What::crashed, What::stopped, What::parked}) {
    if (name == name_of(what)) return what;
  }
  return std::nullopt;
}

}  // namespace casewire::scenarios
