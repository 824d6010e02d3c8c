#include <map>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// Who may have written what was sent: everybody who said just that before, on whatever Case.
std::vector<const Utterance*> authors_of(const History& history, const AgentSend& send) {
  std::vector<const Utterance*> authors;
  for (const auto* said : {&history.rep_replies, &history.public_comments}) {
    for (const Utterance& one : *said) {
      if (one.entry < send.entry && one.text.size() >= kSearchedBytesMin && says(send.text, one.text)) authors.push_back(&one);
    }
  }
  return authors;
}

std::vector<Find> agents_are_themselves(const History& history) {
  std::vector<Find> out;
  if (!history.bridge_is_ours) return out;
  std::map<std::string, std::string> name_of, number_of;
  for (const AgentSend& send : history.agent_sends) {
    const auto [name, is_new_number] = name_of.try_emplace(send.agent, send.name);
    if (!is_new_number && name->second != send.name) {
      out.push_back({"the agent " + send.agent + " is called " + name->second + " and " + send.name, send.entry});
    }
    const auto authors = authors_of(history, send);
    if (authors.empty()) continue;
    const bool is_true =
        std::any_of(authors.begin(), authors.end(), [&](const Utterance* one) { return one->name == send.name; });
    if (!is_true) out.push_back({"the reply " + quoted(send.text) + " was sent in the name of " + send.name, send.entry});
    if (authors.size() != 1) continue;
    const auto [number, is_new] = number_of.try_emplace(authors.front()->author, send.agent);
    if (!is_new && number->second != send.agent) out.push_back({send.name + " has two numbers as an agent", send.entry});
  }
  return out;
}

}  // namespace

const Invariant rows::kAgents{
    .id = "I20",
    .title = "Who speaks is who wrote",
    .shown =
        "What our own bridge sends of a reply says the name of the rep who wrote it; each rep has one number as an agent, and no two share one.",
    .source = "this house",
    .make_judge = [] { return Judge(agents_are_themselves); }};

}  // namespace casewire::sim
