#include "sim/world/network.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>

#include "base/http/connection_headers.hpp"
#include "base/http/credentials.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim {
namespace {

constexpr std::size_t kHeaderBytesMax = 8u << 10;
constexpr const char* kLate = "a call that comes late: its answer reaches nobody";

/// The body as the journal keeps it: of a file the text before it, such as the head of a form, and how much is no text.
std::string kept(std::string_view body, bool& cut) {
  if (!is_valid_utf8(body)) {
    const std::string_view head = valid_prefix(body.substr(0, Journal::kBodyBytesMax));
    return std::string(head) + "(" + std::to_string(body.size() - head.size()) + " bytes that are no text)";
  }
  if (body.size() <= Journal::kBodyBytesMax) return std::string(body);
  cut = true;
  return std::string(prefix_of_bytes(body, Journal::kBodyBytesMax));
}

/// The headers as the journal keeps them: without what is the connection's or the harness's own affair.
std::string kept(const http::Headers& headers) {
  std::string lines;
  for (const http::Header& header : headers) {
    if (http::is_of_connection(header.name) || equals_ignoring_case(header.name, "traceparent")) continue;
    const std::string_view secret = http::secret_part(header.name, header.value);
    lines += header.name;
    lines += ": ";
    lines.append(header.value, 0, header.value.size() - secret.size());
    if (!secret.empty()) lines += "(left out)";
    lines += '\n';
    if (lines.size() > kHeaderBytesMax) break;
  }
  return lines;
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
  exchange.request_headers = kept(request.headers);
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
  exchange.response_headers = kept(response.headers);
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

/// Whether the fake did what it was asked; a composite is answered 200 even when its parts failed.
bool is_carried_out(const http::Response& response) {
  return response.status >= 200 && response.status < 300 && response.body.find("\"errorCode\"") == std::string::npos;
}

}  // namespace

// ---- calls of the bridge

/// One call on its way through the network.
class Network::Call {
 public:
  Call(Network& network, const Service& service, const http::Request& request)
      : network_(network),
        service_(service),
        request_(request),
        operations_(service.operations(request)),
        begun_(network.now_()) {
    network_.let_arrive(service.name, operations_);
    if (network_.journal_.overflowed()) return;  // it would drop what is written here at some cost
    entry_ =
        network_.journal_.append("bridge", described("bridge", service.name, request, operations_), cause_in(request.headers));
  }

  http::Reply make() {
    if (const auto strike = network_.faults_.meet_call(service_.name, operations_, network_.now_())) {
      network_.note(*strike, service_.name, entry_);
      return std::visit([&](const auto& damage) { return struck(*strike, damage); }, strike->damage);
    }
    return carried_out();
  }

 private:
  http::Reply struck(const Strike& strike, const Crash& crash) {
    if (crash.side == Side::after) return crashed(strike, carried_out());
    lost("the bridge crashed");
    network_.crash(strike);
    return {.wire = http::Wire::reset_before_status};
  }
  http::Reply struck(const Strike& strike, const Refuse& refuse) {
    if (refuse.one_row && service_.refuse_row && service_.refuse_row(strike.operation, refuse.code, refuse.rows_before))
      return carried_out();
    auto response = service_.refusal(refuse.code);
    if (!response) response = http::Response{.status = 500, .body = "the fake knows no refusal " + refuse.code};
    if (refuse.retry_after_s) response->headers.set("Retry-After", std::to_string(*refuse.retry_after_s));
    return answered({.response = std::move(*response)}, {});
  }
  http::Reply struck(const Strike&, const AnswerWith& damage) {
    http::Reply reply;
    if (damage.side == Side::after) reply = carried_out();
    reply.response = damage.response;
    return answered(std::move(reply), {});
  }
  http::Reply struck(const Strike&, const Cross& damage) {
    http::Reply reply = carried_out();
    reply.wire = damage.wire;
    return answered(std::move(reply), {});
  }
  http::Reply struck(const Strike&, const Delay& damage) {
    http::Reply reply = carried_out();
    reply.delay += damage.by;
    return answered(std::move(reply), {});
  }
  http::Reply struck(const Strike&, const Lose& damage) {
    if (damage.side == Side::before) {
      lost("lost on the way");
      return {.wire = http::Wire::reset_before_status};
    }
    http::Reply reply = carried_out();
    reply.wire = http::Wire::reset_before_status;
    return answered(std::move(reply), {});
  }
  // The caller knows of the first answer only.
  http::Reply struck(const Strike&, const Repeat& damage) {
    http::Reply reply = carried_out();
    for (std::uint32_t more = 0; more < damage.more; ++more)
      network_.arrive(on_its_own(), "a repetition on the way: its answer reaches nobody");
    return reply;
  }
  http::Reply struck(const Strike& strike, const Straggle& damage) {
    if (damage.code.empty()) lost("still on its way when its caller gave up");
    if (damage.by.count() > 0 && service_.runtime != nullptr) {
      service_.runtime->spawn("a call that comes late",
                              [&network = network_, &runtime = *service_.runtime, by = damage.by, straggler = on_its_own()] {
                                runtime.sleep_for(by);
                                network.arrive(straggler, kLate);
                              });
    } else {
      const std::lock_guard lock(network_.stragglers_mutex_);
      network_.stragglers_.push_back(on_its_own());
    }
    if (!damage.code.empty()) return struck(strike, Refuse{.code = damage.code});
    return {.wire = damage.wire};
  }
  // objection() lets none of these meet a call.
  template <class Other>
  http::Reply struck(const Strike&, const Other&) {
    return carried_out();
  }

  Straggler on_its_own() const { return {service_.name, service_.handler, request_, operations_}; }
  http::Reply handled(std::uint64_t entry) {
    if (entry == 0) return service_.handler(request_);  // there is no entry that could be a cause
    http::Request caused = request_;                    // what the service does now is caused by this exchange
    caused.headers.set("traceparent", traceparent(entry));
    return service_.handler(caused);
  }
  /// The fake does what it is asked; what strikes only then, strikes.
  http::Reply carried_out() {
    http::Reply reply = answered(handled(entry_), {});
    if (!network_.faults_.await_done_calls() || !is_carried_out(reply.response)) return reply;
    const auto strike = network_.faults_.meet_done_call(service_.name, operations_, network_.now_());
    if (!strike) return reply;
    network_.note(*strike, service_.name, entry_);
    if (strike->as<Crash>()) return crashed(*strike, std::move(reply));
    if (strike->as<Lose>()) reply.wire = http::Wire::reset_before_status;
    if (const auto* cross = strike->as<Cross>()) reply.wire = cross->wire;
    if (const auto* delay = strike->as<Delay>()) reply.delay += delay->by;
    if (const auto* answer = strike->as<AnswerWith>()) reply.response = answer->response;
    return answered(std::move(reply), {});
  }
  http::Reply crashed(const Strike& strike, http::Reply reply) {
    reply.wire = http::Wire::reset_before_status;
    reply = answered(std::move(reply), "the bridge crashed");
    network_.crash(strike);
    return reply;
  }
  http::Reply answered(http::Reply reply, std::string error) {
    const auto took = network_.now_() - begun_ + reply.delay;
    network_.journal_.amend<HttpExchange>(entry_, [&](HttpExchange& exchange) {
      put_answer(exchange, request_, reply.response);
      exchange.took = took;
      exchange.wire = reply.wire;
      exchange.error = error.empty() ? what_the_caller_got(reply.wire) : std::move(error);
    });
    return reply;
  }
  void lost(const char* error) {
    network_.journal_.amend<HttpExchange>(entry_, [&](HttpExchange& exchange) {
      exchange.error = error;
      exchange.lost = true;
    });
  }

  Network& network_;
  const Service& service_;
  const http::Request& request_;
  std::vector<std::string> operations_;
  WallTime begun_;
  std::uint64_t entry_ = 0;
};

void Network::arrive(const Straggler& straggler, const char* why_nobody_hears) {
  const std::uint64_t entry =
      journal_.append("network", described("bridge", straggler.system, straggler.request, straggler.operations),
                      cause_in(straggler.request.headers));
  http::Request caused = straggler.request;
  caused.headers.set("traceparent", traceparent(entry));
  const http::Reply reply = straggler.handler(caused);
  journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) {
    put_answer(exchange, straggler.request, reply.response);
    exchange.error = why_nobody_hears;
  });
}

void Network::let_arrive(std::string_view system, const std::vector<std::string>& operations) {
  const auto is_like_them = [&](const Straggler& straggler) {
    return straggler.system == system &&
           std::any_of(straggler.operations.begin(), straggler.operations.end(), [&](const auto& name) {
             return std::find(operations.begin(), operations.end(), name) != operations.end();
           });
  };
  std::vector<Straggler> arriving;
  {
    const std::lock_guard lock(stragglers_mutex_);
    const auto first = std::stable_partition(stragglers_.begin(), stragglers_.end(), std::not_fn(is_like_them));
    arriving.assign(std::make_move_iterator(first), std::make_move_iterator(stragglers_.end()));
    stragglers_.erase(first, stragglers_.end());
  }
  for (const Straggler& straggler : arriving) arrive(straggler, kLate);
}

http::Handler Network::serve(Service service) {
  return [this, service = std::move(service)](const http::Request& request) { return Call(*this, service, request).make(); };
}

http::Handler Network::at_the_door(http::Handler inner) {
  return [this, inner = std::move(inner)](const http::Request& request) {
    // Taken and given back at once: no lock is held over the handler.
    { const std::shared_lock door(door_); }
    return inner(request);
  };
}

std::uint64_t Network::note(const Strike& strike, std::string_view system, std::uint64_t cause) {
  return journal_.append("network", FaultStrike{strike.sentence, std::string(system)}, cause);
}

// ---- the bridge's own store and timers

void Network::commit(const std::function<void(bool must_fail)>& write) {
  const auto strike = faults_.meet_commit(now_());
  if (strike) note(*strike, "bridge", 0);
  const auto* death = strike ? strike->as<Crash>() : nullptr;
  if (death && death->side == Side::before) crash(*strike);
  write(strike && (strike->as<FailWrite>() || (death && death->side == Side::before)));
  if (death && death->side == Side::after) crash(*strike);
}

void Network::pass_timer() {
  const auto strike = faults_.meet_timer(now_());
  if (!strike) return;
  note(*strike, "bridge", 0);
  crash(*strike);
}

// ---- webhooks

class Network::WebhookTransport final : public http::Transport {
 public:
  WebhookTransport(Network& network, std::string from, http::Transport& wire, Runtime& runtime)
      : network_(network), from_(std::move(from)), wire_(wire), runtime_(runtime) {}

  Result<http::Response, http::TransportError> send(const http::Request& request, http::Deadline deadline) override {
    const auto strike = network_.faults_.meet_webhook(from_, network_.now_());
    if (!strike) return passed(request, deadline);
    return std::visit([&](const auto& damage) { return struck(request, deadline, *strike, damage); }, strike->damage);
  }

 private:
  using Answer = Result<http::Response, http::TransportError>;
  static constexpr milliseconds kHeldMax{30'000};

  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Crash& crash) {
    const std::uint64_t entry = written(request, &strike);
    if (crash.side == Side::before) network_.crash(strike);
    auto answer = delivered(entry, request, deadline);
    if (crash.side == Side::after) network_.crash(strike);
    return answer;
  }
  Answer struck(const http::Request& request, http::Deadline, const Strike& strike, const Refuse& refuse) {
    http::Response response{.status = 503};
    int status = 0;
    const auto [end, error] = std::from_chars(refuse.code.data(), refuse.code.data() + refuse.code.size(), status);
    if (error == std::errc{} && end == refuse.code.data() + refuse.code.size()) response.status = status;
    if (refuse.retry_after_s) response.headers.set("Retry-After", std::to_string(*refuse.retry_after_s));
    return stopped(written(request, &strike), request, std::move(response));
  }
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const AnswerWith& damage) {
    const std::uint64_t entry = written(request, &strike);
    if (damage.side == Side::after) (void)delivered(entry, request, deadline);
    return stopped(entry, request, damage.response);
  }
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Lose& damage) {
    const std::uint64_t entry = written(request, &strike);
    if (damage.side == Side::after) (void)delivered(entry, request, deadline);
    const char* what = damage.side == Side::after ? "the answer was lost" : "lost on the way";
    network_.journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) {
      exchange.error = what;
      exchange.lost = damage.side == Side::before;
      exchange.wire = exchange.lost ? http::Wire::intact : http::Wire::reset_before_status;
    });
    return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, what});
  }
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Delay& damage) {
    if (damage.side == Side::before) {
      const std::uint64_t entry = network_.note(strike, from_, cause_in(request.headers));
      runtime_.sleep_for(damage.by);
      http::Request late = request;
      late.headers.set("traceparent", traceparent(entry));
      return passed(late, deadline);
    }
    auto answer = delivered(written(request, &strike), request, deadline);
    runtime_.sleep_for(damage.by);
    return answer;
  }
  // The first answer is the sender's; the repetitions are a matter of the network.
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Repeat& damage) {
    auto answer = delivered(written(request, &strike), request, deadline);
    if (damage.apart.count() == 0) {
      for (std::uint32_t more = 0; more < damage.more; ++more) answer = passed(request, deadline);
      return answer;
    }
    runtime_.spawn("a webhook that comes again", [this, request, deadline, damage] {
      for (std::uint32_t more = 0; more < damage.more; ++more) {
        runtime_.sleep_for(damage.apart);
        (void)passed(request, deadline);
      }
    });
    return answer;
  }
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Overtake&) {
    network_.note(strike, from_, cause_in(request.headers));
    const std::shared_ptr<casewire::Event> passing = runtime_.make_event();
    {
      const std::lock_guard lock(mutex_);
      held_.push_back(passing);
    }
    runtime_.spawn("a webhook that is overtaken", [this, request, deadline, passing] {
      passing->wait_until(runtime_.steady_now() + kHeldMax);
      (void)passed(request, deadline);
    });
    return http::Response{.status = 202};
  }
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike& strike, const Tamper& damage) {
    http::Request forged = request;
    if (damage.how == Tamper::How::unsigned_) {
      for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"}) forged.headers.remove(name);
    } else if (damage.how == Tamper::How::without_header) {
      forged.headers.remove(damage.header);
    } else {
      forged.headers.set("webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }
    return delivered(written(forged, &strike), forged, deadline);
  }
  // objection() lets none of these meet a webhook.
  template <class Other>
  Answer struck(const http::Request& request, http::Deadline deadline, const Strike&, const Other&) {
    return passed(request, deadline);
  }

  std::uint64_t written(const http::Request& request, const Strike* strike) {
    const std::uint64_t entry =
        network_.journal_.append(from_, described(from_, "bridge", request, {}), cause_in(request.headers));
    if (strike) network_.note(*strike, from_, entry);
    return entry;
  }
  Answer passed(const http::Request& request, http::Deadline deadline) {
    return delivered(written(request, nullptr), request, deadline);
  }
  Answer delivered(std::uint64_t entry, const http::Request& request, http::Deadline deadline) {
    http::Request caused = request;
    caused.headers.set("traceparent", traceparent(entry));
    const WallTime begun = network_.now_();
    auto result = wire_.send(caused, deadline);
    const auto took = network_.now_() - begun;
    network_.journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) {
      exchange.took = took;
      if (result) {
        put_answer(exchange, request, *result);
      } else {
        exchange.error = result.error().what;
      }
    });
    let_the_held_go();
    return result;
  }
  /// Somebody between the sender and the bridge answers.
  Answer stopped(std::uint64_t entry, const http::Request& request, http::Response response) {
    network_.journal_.amend<HttpExchange>(entry, [&](HttpExchange& exchange) { put_answer(exchange, request, response); });
    return response;
  }
  void let_the_held_go() {
    std::vector<std::shared_ptr<casewire::Event>> held;
    {
      const std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (const auto& passing : held) passing->notify();
  }

  Network& network_;
  std::string from_;
  http::Transport& wire_;
  Runtime& runtime_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<casewire::Event>> held_;
};

std::unique_ptr<http::Transport> Network::outgoing(std::string from, http::Transport& wire, Runtime& runtime) {
  return std::make_unique<WebhookTransport>(*this, std::move(from), wire, runtime);
}

}  // namespace casewire::sim
