#pragma once
// Which conversation in OpenCX a sentence speaks of. The fake platform is always told one and never guesses.

#include <optional>
#include <string>
#include <vector>

#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

using sim::opencx::SessionView;

std::vector<SessionView> conversations_of(Stage& stage, const std::string& customer);
/// The one in which the customer spoke last.
std::optional<SessionView> conversation_of(Stage& stage, const std::string& customer);
/// That of the sentence's {customer}; without one, that of the newest mail that the script knows.
std::optional<SessionView> conversation_meant(Stage& stage, const Action& action);
/// Those that name the Case; as long as none does, those of its customer.
std::vector<SessionView> conversations_on(Stage& stage, const std::string& case_name);
/// `session 12345 (open) "Order 1182"`, for findings.
std::string conversation_line(const SessionView& session);

/// What is said on a Case goes to the conversation of that Case in which the customer spoke last: remembers it.
void note_said_on_case(Stage& stage, const std::string& case_name, const std::string& text);
/// The thread, in the customer's mailbox, in which what our side has said with this text belongs; nullopt when the script does not
/// know who said it where.
std::optional<std::string> thread_for(Stage& stage, const std::string& customer, const std::string& text);

}  // namespace casewire::scenarios
