#include <algorithm>
#include <iterator>

#include "base/text/json.hpp"
#include "scenarios/tape/difference.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

namespace {

/// `POST /chat/sessions/1/send to opencx`; the query may hold what a line should not.
std::string named(const std::string& system, const http::Request& request) {
  return request.method + " " + std::string(request.path()) + " to " + system;
}

std::string said(const Difference& difference) {
  return difference.pointer + ": recorded " + difference.recorded + ", made " + difference.made;
}

/// Answers name the hosts of the recording; the caller must find the ones of this run.
void bind_to(http::Response& response, const std::string& system, const http::Request& request) {
  std::string origin(request.origin());
  if (const auto host = request.headers.find("host"); origin.empty() && host) {
    origin = "http://" + std::string(*host);
  }
  if (origin.empty()) {
    return;
  }
  http::Headers headers;
  for (const http::Header& header : response.headers) {
    headers.add(header.name, replaced(header.value, recorded_origin(system), origin));
  }
  // These described the recorded bytes on the recorded connection.
  for (const char* name : {"content-length", "transfer-encoding", "connection", "keep-alive", "content-encoding"}) {
    headers.remove(name);
  }
  response.headers = std::move(headers);
  response.body = replaced(std::move(response.body), recorded_origin(system), origin);
}

}  // namespace

Replayer::Replayer(Tape tape) : tape_(std::move(tape)), used_(tape_.exchanges.size(), false) {}

http::Handler Replayer::handler(std::string system) {
  return [this, system = std::move(system)](const http::Request& request) { return answer(system, request); };
}

http::Reply Replayer::answer(const std::string& system, const http::Request& request) {
  const std::lock_guard lock(mutex_);
  const auto& all = tape_.exchanges;
  const auto is_next = [&](std::size_t i) {
    return !used_[i] && all[i].to == system && all[i].request.method == request.method && all[i].request.path() == request.path();
  };
  std::size_t next = 0;
  while (next < all.size() && !is_next(next)) {
    ++next;
  }
  if (next == all.size()) {
    return refuse(system, request, nearest_unused(system, request));
  }
  if (Bindings bindings; !differences(all[next].request, request, bindings).empty()) {
    return refuse(system, request, next);
  }
  used_[next] = true;
  http::Reply reply{.response = all[next].response, .delay = all[next].time, .wire = all[next].wire};
  if (reply.response.status == 0) {  // recorded without an answer
    reply.response.status = 503;
    reply.wire = http::Wire::reset_before_status;
  }
  bind_to(reply.response, system, request);
  return reply;
}

std::size_t Replayer::nearest_unused(const std::string& system, const http::Request& request) const {
  std::size_t nearest = tape_.exchanges.size();
  std::size_t least = kDifferencesMax + 1;
  for (std::size_t i = 0; i < tape_.exchanges.size(); ++i) {
    if (used_[i] || tape_.exchanges[i].to != system) {
      continue;
    }
    Bindings bindings;
    const std::size_t count = differences(tape_.exchanges[i].request, request, bindings).size();
    if (count < least) {
      nearest = i;
      least = count;
    }
  }
  return nearest;
}

http::Reply Replayer::refuse(const std::string& system, const http::Request& request, std::size_t nearest) {
  std::size_t recorded = 0, unused = 0;  // of this resource
  for (std::size_t i = 0; i < tape_.exchanges.size(); ++i) {
    const Exchange& exchange = tape_.exchanges[i];
    if (exchange.to != system || exchange.request.method != request.method || exchange.request.path() != request.path()) continue;
    ++recorded;
    unused += used_[i] ? 0 : 1;
  }
  std::string complaint = named(system, request);
  if (recorded == 0) {
    complaint += " is not on the tape";
  } else if (unused == 0) {
    complaint += " was recorded " + std::to_string(recorded) + (recorded == 1 ? " time" : " times") + " and made once more";
  } else {
    complaint += " is not what was recorded";
  }
  if (nearest < tape_.exchanges.size()) {
    const http::Request& other = tape_.exchanges[nearest].request;
    Bindings bindings;
    complaint += "; nearest: entry " + std::to_string(nearest) + " (" + named(system, other) + "), which differs at " +
                 said(differences(other, request, bindings).front());
  } else {
    complaint += "; every recorded request to " + system + " was made already";
  }
  if (mismatches_.size() < kMismatchesMax) {
    mismatches_.push_back(complaint);
  }
  return {.response = {.status = 501,
                       .headers = {{"Content-Type", "application/json"}},
                       .body = dump_json({{"message", complaint}, {"errorCode", "NOT_RECORDED"}})}};
}

std::vector<std::string> Replayer::mismatches() const {
  const std::lock_guard lock(mutex_);
  return mismatches_;
}

std::optional<std::string> Replayer::first_mismatch() const {
  const std::lock_guard lock(mutex_);
  return mismatches_.empty() ? std::nullopt : std::optional(mismatches_.front());
}

std::vector<std::string> Replayer::unused() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < tape_.exchanges.size(); ++i) {
    const Exchange& exchange = tape_.exchanges[i];
    if (!used_[i] && exchange.to != "bridge") {
      all.push_back("entry " + std::to_string(i) + ": " + named(exchange.to, exchange.request));
    }
  }
  return all;
}

std::vector<Exchange> Replayer::webhooks() const {
  std::vector<Exchange> all;
  std::copy_if(tape_.exchanges.begin(), tape_.exchanges.end(), std::back_inserter(all),
               [](const Exchange& exchange) { return exchange.to == "bridge" && exchange.response.status != 0; });
  return all;
}

}  // namespace casewire::scenarios
