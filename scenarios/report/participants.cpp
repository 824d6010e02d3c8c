#include "scenarios/report/participants.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios::report {
namespace {

void add_once(std::vector<std::string>& names, std::string_view name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
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

std::string Participants::customer_name(std::string_view address) const {
  const auto known = customer_names.find(lowercase(address));
  return known == customer_names.end() ? std::string() : known->second;
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
  for (const Person& person : scenario.people) {
    if (person.role == Person::Role::rep) {
      add_once(participants.reps, person.name);
    } else {
      add_once(participants.customers, person.name);
      add_once(participants.customer_addresses, lowercase(person.address));
      participants.customer_names.emplace(lowercase(person.address), person.name);
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
