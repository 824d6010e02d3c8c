#include "scenarios/vocabulary/bridge_calls.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

std::string actor_named(const std::string& system) { return lowercase(system); }

std::size_t calls_of_the_bridge(Stage& stage, const std::string& system, const std::string& operation) {
  std::size_t calls = 0;
  stage.world().journal().visit(1, [&](const sim::Entry& entry) {
    const auto* exchange = entry.as<sim::HttpExchange>();
    if (exchange == nullptr || exchange->from != "bridge" || (!system.empty() && exchange->to != system)) return;
    const auto& names = exchange->operations;
    calls += operation.empty() ? 1 : static_cast<std::size_t>(std::count(names.begin(), names.end(), operation));
  });
  return calls;
}

namespace {

template <class Holds>
std::size_t count_webhooks(Stage& stage, const std::string& system, Holds holds) {
  std::size_t webhooks = 0;
  stage.world().journal().visit(1, [&](const sim::Entry& entry) {
    const auto* exchange = entry.as<sim::HttpExchange>();
    const bool is_webhook = exchange != nullptr && exchange->from == system && exchange->to == "bridge" && !exchange->lost;
    if (is_webhook && holds(*exchange)) ++webhooks;
  });
  return webhooks;
}

}  // namespace

std::size_t webhooks_from(Stage& stage, const std::string& system) {
  return count_webhooks(stage, system, [](const sim::HttpExchange&) { return true; });
}

std::string last_webhook_from(Stage& stage, const std::string& system) {
  std::string last;
  count_webhooks(stage, system, [&](const sim::HttpExchange& exchange) {
    last = exchange.request;
    return true;
  });
  return last;
}

std::size_t webhooks_refused(Stage& stage, const std::string& system) {
  return count_webhooks(stage, system, [](const sim::HttpExchange& exchange) {
    return exchange.status && *exchange.status >= 400 && *exchange.status < 500;
  });
}

}  // namespace casewire::scenarios
