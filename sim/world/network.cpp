#include "sim/world/network.hpp"

#include "base/text/utf8.hpp"

namespace casewire::sim {
namespace {

void put_body(Json& data, const char* name, const std::string& body) {
  if (body.empty()) return;
  if (body.size() > Journal::kBodyBytesMax) {
    data[name] = prefix_of_bytes(body, Journal::kBodyBytesMax);
    data["cut"] = true;
  } else {
    data[name] = body;
  }
}

Json described(std::string_view from, std::string_view to, const http::Request& request,
               const std::vector<std::string>& operations) {
  Json data = {{"from", from}, {"to", to}, {"method", request.method}};
  // A webhook's path ends in its secret; the report is no place for it.
  std::string target{request.path()};
  if (to == "bridge") {
    if (const auto slash = target.rfind('/'); slash != std::string::npos && slash > 0)
      target = target.substr(0, slash) + "/SECRET";
  }
  if (const auto query = request.query(); !query.empty()) target += "?" + std::string(query);
  data["target"] = target;
  if (!operations.empty()) {
    std::string joined;
    for (const std::string& operation : operations) {
      if (!joined.empty()) joined += ", ";
      joined += operation;
    }
    data["operation"] = joined;
  }
  // The token endpoint's form holds the refresh token and the client's secret.
  const bool secret = request.path().find("/oauth2/") != std::string_view::npos;
  put_body(data, "request", secret ? std::string("(credentials)") : request.body);
  return data;
}

Json answered(const http::Request& request, const http::Response& response) {
  Json data = {{"status", response.status}};
  const bool secret = request.path().find("/oauth2/") != std::string_view::npos && response.status == 200;
  put_body(data, "response", secret ? std::string("(tokens)") : response.body);
  return data;
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
      journal_.append("bridge", "http", described("bridge", service.name, request, operations), cause_in(request.headers));
  const std::optional<Fault> fault = faults_.meet_call(service.name, operations);
  if (fault) journal_.append("network", "fault", {{"fault", fault->sentence}, {"system", service.name}}, entry);

  if (fault && fault->kind == Fault::Kind::crash_before) {
    journal_.amend(entry, {{"error", "the bridge crashed"}, {"wire", "reset_before_status"}});
    if (crash_) crash_(*fault);
    return {.response = {}, .wire = http::Wire::reset_before_status};
  }
  if (fault && fault->kind == Fault::Kind::refuse) {
    http::Reply reply{.response = service.refusal(fault->status)};
    journal_.amend(entry, answered(request, reply.response));
    return reply;
  }

  http::Request caused = request;  // what the service does now is caused by this exchange
  caused.headers.set("traceparent", traceparent(entry));
  http::Reply reply = service.handler(caused);
  journal_.amend(entry, answered(request, reply.response));

  if (fault && fault->kind == Fault::Kind::lose_answer) reply.wire = http::Wire::reset_before_status;
  if (fault && fault->kind == Fault::Kind::crash_after) {
    journal_.amend(entry, {{"wire", "reset_before_status"}, {"error", "the bridge crashed"}});
    if (crash_) crash_(*fault);
    reply.wire = http::Wire::reset_before_status;
  } else if (reply.wire != http::Wire::intact) {
    journal_.amend(entry, {{"wire", "reset_before_status"}, {"error", "the answer was lost"}});
  }
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
    const std::uint64_t entry = journal.append(from_, "http", described(from_, "bridge", request, {}), cause_in(request.headers));
    if (fault) journal.append("network", "fault", {{"fault", fault->sentence}, {"system", from_}}, entry);
    if (fault && fault->kind == Fault::Kind::lose_webhook) {
      journal.amend(entry, {{"error", "lost on the way"}, {"wire", "lost"}});
      return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "lost on the way"});
    }
    http::Request caused = request;
    caused.headers.set("traceparent", traceparent(entry));
    auto result = wire_.send(caused, deadline);
    if (result) {
      journal.amend(entry, answered(request, *result));
    } else {
      journal.amend(entry, {{"error", result.error().what}});
    }
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
