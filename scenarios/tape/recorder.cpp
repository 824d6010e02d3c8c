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
    const std::uint64_t place = recorder_.begin();
    Exchange exchange{.started = recorder_.now_(), .from = from_, .to = to_, .request = request};
    auto answer = inner_.send(request, deadline);
    exchange.time = recorder_.now_() - exchange.started;
    if (answer) {
      exchange.response = *answer;
    } else {
      exchange.response.status = 0;
      exchange.error = name_of(answer.error().kind);
    }
    recorder_.add(place, std::move(exchange));
    return answer;
  }

 private:
  Recorder& recorder_;
  http::Transport& inner_;
  std::string from_, to_;
};

http::Handler Recorder::record(http::Handler inner, std::string system, std::string from) {
  return [this, inner = std::move(inner), system = std::move(system), from = std::move(from)](const http::Request& request) {
    const std::uint64_t place = begin();
    Exchange exchange{.started = now_(), .from = from, .to = system, .request = request};
    http::Reply reply = inner(request);
    exchange.time = reply.delay;
    exchange.response = reply.response;
    exchange.wire = reply.wire;
    add(place, std::move(exchange));
    return reply;
  };
}

std::unique_ptr<http::Transport> Recorder::record(http::Transport& inner, std::string system, std::string to) {
  return std::make_unique<RecordingTransport>(*this, inner, std::move(system), std::move(to));
}

std::uint64_t Recorder::begin() {
  const std::lock_guard lock(mutex_);
  return ++begun_;
}

void Recorder::add(std::uint64_t place, Exchange exchange) {
  const std::lock_guard lock(mutex_);
  const std::size_t bytes = weight(exchange);
  if (exchanges_.size() >= kExchangesMax || bytes > kBytesMax - bytes_) {
    ++dropped_;
    return;
  }
  bytes_ += bytes;
  exchanges_.emplace(place, std::move(exchange));
}

std::string Recorder::to_har() const {
  std::vector<Exchange> all;
  std::size_t dropped = 0;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [place, exchange] : exchanges_) {
      all.push_back(exchange);
    }
    dropped = dropped_;
  }
  return write_har(all, dropped);
}

std::size_t Recorder::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

}  // namespace casewire::scenarios
