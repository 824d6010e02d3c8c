#include "scenarios/report/participants.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios::report {
namespace {

void add_once(std::vector<std::string>& names, std::string_view name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

// The text between two fixed parts of a sentence; `rest` is what follows the second.
std::optional<std::string_view> between(std::string_view sentence, std::string_view head, std::string_view tail,
                                        std::string_view& rest) {
  if (!sentence.starts_with(head)) return std::nullopt;
  sentence.remove_prefix(head.size());
  const auto end = sentence.find(tail);
  if (end == std::string_view::npos) return std::nullopt;
  rest = sentence.substr(end + tail.size());
  return sentence.substr(0, end);
}

std::string joined(const std::vector<std::string>& names, std::string_view otherwise) {
  if (names.empty()) return std::string(otherwise);
  std::string text = names.front();
  for (std::size_t at = 1; at < names.size(); ++at) text += ", " + names[at];
  return text;
}

}  // namespace

bool Participants::is_rep(std::string_view name) const { return std::find(reps.begin(), reps.end(), name) != reps.end(); }

bool Participants::is_customer_address(std::string_view address) const {
  return std::find(customer_addresses.begin(), customer_addresses.end(), lowercase(address)) != customer_addresses.end();
}

std::string Participants::title(Lifeline lifeline) const {
  switch (lifeline) {
    case Lifeline::customer: return joined(customers, "Customer");
    case Lifeline::opencx: return "OpenCX";
    case Lifeline::bridge: return "Bridge";
    case Lifeline::salesforce: return "Salesforce";
    case Lifeline::rep: return joined(reps, "Rep");
  }
  return {};
}

Participants participants_of(const ScenarioResult& scenario) {
  Participants participants;
  for (const StepResult& step : scenario.steps) {
    std::string_view rest;
    if (const auto customer = between(step.text, "the customer ", " writes from ", rest)) {
      add_once(participants.customers, *customer);
      add_once(participants.customer_addresses, lowercase(trimmed(rest)));
    } else if (const auto rep = between(step.text, "the rep ", " works the queue ", rest)) {
      add_once(participants.reps, *rep);
    } else if (const auto agent = between(step.text, "", " takes over ", rest)) {
      add_once(participants.reps, *agent);  // who works in the Inbox need not be a rep of the org
    }
  }
  for (const sim::Entry& entry : scenario.journal) {
    const auto* facts = entry.as<sim::WorldFacts>();
    if (!facts) continue;
    for (const std::string& address : facts->customer_addresses) add_once(participants.customer_addresses, lowercase(address));
  }
  return participants;
}

std::optional<Lifeline> system_lifeline(std::string_view actor) {
  if (actor == "opencx") return Lifeline::opencx;
  if (actor == "bridge") return Lifeline::bridge;
  if (actor == "salesforce") return Lifeline::salesforce;
  return std::nullopt;
}

}  // namespace casewire::scenarios::report
