#include "bridge/cases/choice.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"

namespace casewire::bridge::cases {
namespace {

/// The session's latest Case and the number it has for the session.
struct Current {
  const KnownCase* known = nullptr;
  int number = 0;
  bool is_linked = false;
};

Current current_of(const Situation& situation) {
  Current current;
  for (const auto& known : situation.own_cases) {
    for (const auto& link : situation.links) {
      if (link.case_id == known.id && link.number >= current.number) current = {&known, link.number, true};
    }
    // Made just before a crash: the org knows it by its external id, the store does not yet.
    const auto handoff = handoff_in(known.handoff);
    if (handoff && handoff->session_id == situation.session_id && handoff->number > current.number) {
      current = {&known, handoff->number, false};
    }
  }
  return current;
}

}  // namespace

std::string text_of(const Handoff& handoff) { return handoff.session_id + "#" + std::to_string(handoff.number); }

std::optional<Handoff> handoff_in(std::string_view text) {
  const auto hash = text.rfind('#');
  if (hash == std::string_view::npos || hash == 0) return std::nullopt;
  int number = 0;
  const auto digits = text.substr(hash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 1) return std::nullopt;
  return Handoff{std::string(text.substr(0, hash)), number};
}

Choice choose_case(const Situation& situation) {
  const auto current = current_of(situation);
  int highest = current.number;
  for (const auto& link : situation.links) highest = std::max(highest, link.number);

  const bool stays = current.known != nullptr && (!current.known->is_closed || !situation.needs_an_open_case);
  if (stays) {
    return {
        .kind = Choice::Kind::append, .case_id = current.known->id, .number = current.number, .is_new_link = !current.is_linked};
  }
  if (!situation.open_cases_of_contact.empty()) {
    return {.kind = Choice::Kind::append,
            .case_id = situation.open_cases_of_contact.front().id,
            .number = highest + 1,
            .is_adopted = true};
  }
  return {.kind = Choice::Kind::create,
          .number = highest + 1,
          .parent_id = current.known != nullptr ? current.known->id : std::string{}};
}

}  // namespace casewire::bridge::cases
