#pragma once
// Who and what a scenario has introduced so far, and what its sentences may therefore speak of: customers, reps, cases, support
// addresses, fixtures; and whether a sentence comes at a time when it can mean something.

#include <string>
#include <vector>

#include "scenarios/language/feature.hpp"
#include "scenarios/language/org_words.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

class Cast {
 public:
  Cast(const Fixtures& fixtures, OrgLexicon& orgs, Mistakes& mistakes) : fixtures_(fixtures), orgs_(orgs), mistakes_(mistakes) {}

  /// One step after the other. `keyword` is Given, When or Then; `at` and `length` are those of its sentence.
  void hear(const Recognised& step, std::string_view keyword, Position at, std::size_t length);

 private:
  void check_keyword(Group group, std::string_view keyword, Position at, std::size_t length);
  void check_value(const Recognised& step, const Value& value);
  void check_time(const Action& action, Position at, std::size_t length);
  void note(const Action& action);

  /// Introduces `value` into `known` when the step does that, else demands that it is there.
  void person(std::vector<std::string>& known, bool introduces, const Value& value, std::string_view what,
              std::string_view how_to_introduce);
  void letter(bool opens, const Value& value);
  void support_address(bool introduces, const Value& value);
  void fixture(std::string_view folder, std::string_view what, const Value& value);
  /// A word of the org; `known` empty: the org file does not say.
  void word_of_org(std::string_view what, const std::vector<std::string>& known, const Value& value);
  void say(const Value& value, std::string problem, std::string hint = {}) {
    mistakes_.add(value.at, value.length, {std::move(problem), std::move(hint)});
  }

  const Fixtures& fixtures_;
  OrgLexicon& orgs_;
  Mistakes& mistakes_;
  std::vector<std::string> customers_, reps_, cases_;
  std::vector<std::string> support_addresses_{"help@acme.test"};  ///< every world has this one
  bool something_happened_ = false;                               ///< the first When is behind us
  bool person_was_active_ = false;
  bool has_recording_ = false;
  bool has_org_ = false;
  std::string org_ = kDefaultOrg;
  bool bridge_is_down_ = false;
};

}  // namespace casewire::scenarios
