#pragma once
// Who takes part in a scenario, and on which lifeline of the diagram each stands. People are known from the script's
// own sentences ("the customer Dana writes from ...", "the rep Ruiz works the queue ..."), and from the journal's
// actors. The room's inner words live in a namespace of their own: scenarios/language has a Cast and a Row too, and
// means others.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

/// From left to right.
enum class Lifeline { customer, opencx, bridge, salesforce, rep };
inline constexpr std::size_t kLifelines = 5;

struct Participants {
  std::vector<std::string> customers;                 ///< names, in order of appearance
  std::vector<std::string> customer_addresses;        ///< lower case
  std::map<std::string, std::string> customer_names;  ///< by address, lower case
  std::vector<std::string> reps;

  bool is_rep(std::string_view name) const;
  bool is_customer_address(std::string_view address) const;
  /// The script's name for who writes from there; empty: it has none.
  std::string customer_name(std::string_view address) const;
  /// What stands over the lifeline: "Dana", "Dana, Eli", "Rep".
  std::string title(Lifeline lifeline) const;
};

Participants participants_of(const ScenarioResult& scenario);
/// "opencx", "bridge", "salesforce"; nothing for people and the network.
std::optional<Lifeline> system_lifeline(std::string_view actor);

}  // namespace casewire::scenarios::report
