#include "bridge/cases/choice.hpp"

#include <algorithm>
#include <charconv>

namespace casewire::bridge::cases {
namespace {

/// The session's latest Case and the number it has for the session.
struct Current {
  const KnownCase* known = nullptr;
  int number = 0;
};

Current current_of(const Situation& situation) {
  Current current;
  for (const auto& known : situation.cases) {
    for (const auto& link : situation.links) {
      if (link.case_id == known.id && link.number >= current.number) current = {&known, link.number};
    }
  }
  return current;
}

/// The closed Case on which the oldest of the missing messages that belonged on one did so when it was written.
const KnownCase* case_of_its_time(const Situation& situation) {
  for (const auto when : situation.written_at) {
    for (const auto& known : situation.cases) {
      if (known.is_closed && known.was_open_at(when)) return &known;
    }
  }
  return nullptr;
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
  int next = 1;
  for (const auto& link : situation.links) next = std::max(next, link.number + 1);
  const auto append_to = [&](const KnownCase& known) {
    const bool is_current = &known == current.known;
    return Choice{.kind = Choice::Kind::append,
                  .case_id = known.id,
                  .number = is_current ? current.number : next,
                  .is_new_link = !is_current};
  };

  if (current.known != nullptr && (!current.known->is_closed || !situation.needs_an_open_case)) return append_to(*current.known);
  for (const auto& known : situation.cases) {
    if (!known.is_closed) return append_to(known);
  }
  const auto* before = case_of_its_time(situation);
  if (situation.is_with_people) {
    const auto* parent = current.known != nullptr ? current.known : before;
    return {.kind = Choice::Kind::create, .number = next, .parent_id = parent != nullptr ? parent->id : std::string{}};
  }
  if (before == nullptr) return {.kind = Choice::Kind::none};
  auto choice = append_to(*before);
  choice.until = *before->closed_at + std::chrono::seconds{1};
  return choice;
}

}  // namespace casewire::bridge::cases
