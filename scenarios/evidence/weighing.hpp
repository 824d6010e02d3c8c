#pragma once
// Whether what breaks a promise in the material broke it in the world, and whether what breaks none was all there was. The invariants judge what is
// there; here stands, symptom by symptom, what must be there for that to be a proof.

#include <string>
#include <vector>

#include "scenarios/evidence/story.hpp"
#include "sim/world/invariants.hpp"

namespace casewire::scenarios {

/// What a broken promise is worth.
struct Weight {
  enum class Kind {
    proved,
    suggested,  ///< something is missing in the material, which may lack it for another reason
    unknown,    ///< what it rests on is not in the material
    other,      ///< a fault, and not the one that the symptom speaks of
    none,       ///< no fault
  };
  Kind kind = Kind::proved;
  std::string why{};  ///< of what is suggested or unknown
};

/// For each symptom how a violation of its invariants weighs, and why the material may not hold all there was ("" when it does).
Weight weigh_two_cases(const Story& story, const sim::Violation& violation);
std::string two_cases_left_open(const Story& story);
Weight weigh_case_missing(const Story& story, const sim::Violation& violation);
/// Of what stands in histories.
std::string histories_left_open(const Story& story);
Weight weigh_mail_lost(const Story& story, const sim::Violation& violation);
Weight weigh_reply_lost(const Story& story, const sim::Violation& violation);
std::string reply_lost_left_open(const Story& story);
Weight weigh_reply_twice(const Story& story, const sim::Violation& violation);
std::string reply_twice_left_open(const Story& story);
Weight weigh_order(const Story& story, const sim::Violation& violation);
Weight weigh_conversation(const Story& story, const sim::Violation& violation);
std::string conversation_left_open(const Story& story);
Weight weigh_internal(const Story& story, const sim::Violation& violation);
std::string internal_left_open(const Story& story);
Weight weigh_file(const Story& story, const sim::Violation& violation);
std::string files_left_open(const Story& story);
/// Mails of customers to support that neither a history nor a row of a Case of theirs has, by their entries: whether they reached OpenCX is not known.
std::vector<const sim::Entry*> unheard_mails(const Story& story);
Weight weigh_ai(const Story& story, const sim::Violation& violation);

}  // namespace casewire::scenarios
