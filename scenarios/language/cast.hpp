#pragma once
// Who and what a scenario has introduced so far, and what its sentences may therefore speak of; and whether a sentence comes at a
// time when it can mean something. All of it is read from the traits of the sentences.

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/language/action.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/org_words.hpp"

namespace casewire::scenarios {

class Cast {
 public:
  Cast(const Fixtures& fixtures, OrgLexicon& orgs, Mistakes& mistakes) : fixtures_(fixtures), orgs_(orgs), mistakes_(mistakes) {}

  /// One step after the other. `keyword` is Given, When or Then; `at` and `length` are those of its sentence.
  void hear(const Action& action, std::string_view keyword, Position at, std::size_t length);
  /// A step that could not be recognised: what it would have made true is not known, so nothing is called missing from here on.
  void miss() { missed_something_ = true; }

  // ---- what is known so far: the kinds of values read it, and add to it
  std::vector<std::string> customers{}, reps{}, cases{};
  std::vector<std::string> support_addresses{"help@acme.test"};  ///< every world has this one
  std::vector<std::string> made_files{};                         ///< that a sentence makes on the spot
  std::vector<std::string> more_queues{}, more_statuses{};       ///< beside those of the org file
  std::string org = kDefaultOrg;
  const OrgWords& org_words() const { return orgs_.of(org); }
  const Fixtures& fixtures() const { return fixtures_; }

 private:
  void check_keyword(Group group, std::string_view keyword, Position at, std::size_t length);
  void check_facts(const Action& action, Position at, std::size_t length);
  void note_facts(const Action& action);
  bool holds(Fact fact, const std::string& whom) const;

  const Fixtures& fixtures_;
  OrgLexicon& orgs_;
  Mistakes& mistakes_;
  std::set<std::pair<Fact, std::string>> facts_;  ///< with the name of whom they are about; empty: the scenario
  bool something_happened_ = false;               ///< the first When is behind us
  bool missed_something_ = false;
};

}  // namespace casewire::scenarios
