#include "sim/world/network.hpp"

#include <charconv>

#include "base/text/utf8.hpp"

namespace casewire::sim {
namespace {

/// The body as the journal keeps it.
std::string kept(std::string_view body, bool& cut) {
  if (body.size() <= Journal::kBodyBytesMax) return std::string(body);
  cut = true;
  return std::string(prefix_of_bytes(body, Journal::kBodyBytesMax));
}

// The token endpoint's form holds the refresh token and the client's secret, its answer the tokens.
bool holds_secrets(const http::Request& request) { return request.path().find("/oauth2/") != std::string_view::npos; }

HttpExchange described(std::string_view from, std::string_view to, const http::Request& request,
                       std::vector<std::string> operations) {
  HttpExchange exchange{.from = std::string(from), .to = std::string(to), .method = request.method};
  // A webhook's path ends in its secret; the report is no place for it.
  exchange.target = request.path();
  if (to == "bridge") {
    if (const auto slash = exchange.target.rfind('/'); slash != std::string::npos && slash > 0)
      exchange.target = exchange.target.substr(0, slash) + "/SECRET";
  }
  if (const auto query = request.query(); !query.empty()) exchange.target += "?" + std::string(query);
  exchange.operations = std::move(operations);
  exchange.request = holds_secrets(request) ? "(credentials)" : kept(request.body, exchange.cut);
  return exchange;
}

std::optional<int> retry_after_of(const http::Response& response) {
  const auto value = response.headers.find("Retry-After");
  int seconds = 0;
  if (!value) return std::nullopt;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
  return error == std::errc{} && end == value->data() + value->size() ? std::optional(seconds) : std::nullopt;
}

void put_answer(HttpExchange& exchange, const http::Request& request, const http::Response& response) {
  exchange.status = response.status;
  exchange.retry_after_s = retry_after_of(response);
  const bool secret = holds_secrets(request) && response.status == 200;
  exchange.response = secret ? "(tokens)" : kept(response.body, exchange.cut);
}

/// Empty when the caller has the answer, whatever came with it.
std::string what_the_caller_got(http::Wire wire) {
  switch (wire) {
    case http::Wire::reset_before_status: return "the answer was lost";
    case http::Wire::cut_in_body: return "the answer was cut";
    case http::Wire::stall: return "the answer never came";
    case http::Wire::intact:
    case http::Wire::dribble:
    case http::Wire::answered_twice: return {};
  }
  return {};
}

std::uint64_t cause_in(const http::Headers& headers) {
  const auto value = headers.find("traceparent");
  return value ? cause_of(*value) : 0;
}

}  // namespace

http::Handler Network::serve(Service service) {
  return [this, service = std::move(service)](const http::Request& request) { return exchange(service, request); };
}

http::Reply Network::exchange(const Service& service, const http::Request& request) {
  // Taken and given back at once: a call that arrives while the clocks move waits here, and no lock is held over the handler.
  { const std::shared_lock door(door_); }

  const std::vector<std::string> operations = service.operations(request);
  const std::uint64_t entry =
      journal_.append("bridge", described("bridge", service.name, request, operations), cause_in(request.headers));
  const std::optional<Fault> fault = faults_.meet_call(service.name, operations);
  if (fault) journal_.append("network", FaultStrike{fault->sentence, service.name}, entry);

  if (fault && fault->kind == Fault::Kind::crash_before) {
    journal_.amend<HttpExchange>(entry, [](HttpExchange& exchange) {
      exchange.error = "the bridge crashed";
      exchange.lost = true;
    });
    if (crash_) crash_(*fault);
    return {.response = {}, .wire = http::Wire::reset_before_status};
  }
  if (fault && fault->kind == Fault::Kind::refuse) {
    http::Reply reply{.response = service.refusal(fault->status)};
    journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) { put_answer(exchange, request, reply.response); });
    return reply;
  }

  http::Request caused = request;  // what the service does now is caused by this exchange
  caused.headers.set("traceparent", traceparent(entry));
  http::Reply reply = service.handler(caused);

  const bool crashes = fault && fault->kind == Fault::Kind::crash_after;
  if (crashes || (fault && fault->kind == Fault::Kind::lose_answer)) reply.wire = http::Wire::reset_before_status;
  journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) {
    put_answer(exchange, request, reply.response);
    exchange.wire = reply.wire;
    exchange.error = crashes ? "the bridge crashed" : what_the_caller_got(reply.wire);
  });
  if (crashes && crash_) crash_(*fault);
  return reply;
}

class Network::WebhookTransport final : public http::Transport {
 public:
  WebhookTransport(Network& network, std::string from, http::Transport& wire)
      : network_(network), from_(std::move(from)), wire_(wire) {}

  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const std::optional<Fault> fault = network_.faults_.meet_webhook(from_);
    auto result = once(request, deadline, fault);
    if (fault && fault->kind == Fault::Kind::repeat_webhook) result = once(request, deadline, std::nullopt);
    return result;
  }

 private:
  Result<http::Response, http::TransportError> once(const http::Request& request, http::Deadline deadline,
                                                    const std::optional<Fault>& fault) {
    Journal& journal = network_.journal_;
    const std::uint64_t entry = journal.append(from_, described(from_, "bridge", request, {}), cause_in(request.headers));
    if (fault) journal.append("network", FaultStrike{fault->sentence, from_}, entry);
    if (fault && fault->kind == Fault::Kind::lose_webhook) {
      journal.amend<HttpExchange>(entry, [](HttpExchange& exchange) {
        exchange.error = "lost on the way";
        exchange.lost = true;
      });
      return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "lost on the way"});
    }
    http::Request caused = request;
    caused.headers.set("traceparent", traceparent(entry));
    auto result = wire_.send(caused, deadline);
    journal.amend<HttpExchange>(entry, [&](HttpExchange& exchange) {
      if (result) {
        put_answer(exchange, request, *result);
      } else {
        exchange.error = result.error().what;
      }
    });
    return result;
  }

  Network& network_;
  std::string from_;
  http::Transport& wire_;
};

std::unique_ptr<http::Transport> Network::outgoing(std::string from, http::Transport& wire) {
  return std::make_unique<WebhookTransport>(*this, std::move(from), wire);
}

}  // namespace casewire::sim
