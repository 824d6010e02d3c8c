#include "scenarios/language/facts.hpp"

namespace casewire::scenarios {

Slip missing(Fact fact, const std::string& whom) {
  switch (fact) {
    case Fact::org: return {"no org was named", "name it first: Given the org \"...\""};
    case Fact::rep: return {"no rep was introduced", "say first: Given the rep Ruiz works the queue \"Support\""};
    case Fact::recording: return {"this scenario has no recording", "name it first: Given the recording \"...\""};
    case Fact::mail:
      return {whom.empty() ? "nobody has written a mail yet" : whom + " has written no mail yet",
              "let " + (whom.empty() ? std::string("a customer") : whom) + " write first: When " +
                  (whom.empty() ? std::string("Dana") : whom) + " emails help@acme.test about \"...\": \"...\""};
    case Fact::person_active:
      return {"no person was active yet, so the AI may speak",
              "let a rep reply, take the case or take the conversation over first"};
    case Fact::operator_asked: return {"the operator has run no command", "say first: When the operator runs \"check\""};
    case Fact::bridge_down:
      return {"the bridge is running", "stop or kill it first; a bridge that crashed is started again by itself"};
  }
  return {};
}

Slip there_already(Fact fact, const std::string& whom) {
  switch (fact) {
    case Fact::org: return {"the scenario has an org already", {}};
    case Fact::rep: return {"the org is named before the reps who work in it", "move this sentence up"};
    case Fact::recording: return {"the scenario has a recording already", {}};
    case Fact::mail: return {(whom.empty() ? std::string("somebody") : whom) + " has written already", "move this sentence up"};
    case Fact::person_active: return {"a person is active already", {}};
    case Fact::operator_asked: return {"the operator has run a command already", {}};
    case Fact::bridge_down: return {"the bridge is down already", "start it again first"};
  }
  return {};
}

}  // namespace casewire::scenarios
