#pragma once
// An operator's words where there are several orgs: of which one they are, and what may be asked of all. Pure.

#include <string>
#include <vector>

#include "base/text/json.hpp"

namespace casewire::bridge {

struct Question {
  std::string org{};  ///< of `--org NAME` before the words; empty: not said
  std::vector<std::string> words{};
};
Question question_in(const std::vector<std::string>& words);
/// The other way.
std::vector<std::string> words_of(const Question& question);

/// It changes nothing, and each org's answer is of use beside the others'.
bool is_for_all(const std::vector<std::string>& words);
/// Answers of all orgs by name. Where they were asked for somebody, those that have never heard of him are left out, unless that is all of them.
Json of_those_that_know(Json answers);

/// `{"error": "..."}` with the names.
Json no_such_org(const std::string& org, const std::vector<std::string>& names);
Json which_org(const std::vector<std::string>& names);

}  // namespace casewire::bridge
