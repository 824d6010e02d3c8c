#include "bridge/orgs/questions.hpp"

#include "base/text/strings.hpp"

namespace casewire::bridge {
namespace {

constexpr const char* kOrgOption = "--org";

std::string with_commas(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

bool knows(const Json& answer) {
  if (answer.contains("is")) return answer["is"] != "unknown";
  return !answer.contains("links") || !answer["links"].empty();
}

}  // namespace

Question question_in(const std::vector<std::string>& words) {
  if (words.size() < 2 || words.front() != kOrgOption) return {.words = words};
  return {.org = words[1], .words = {words.begin() + 2, words.end()}};
}

std::vector<std::string> words_of(const Question& question) {
  if (question.org.empty()) return question.words;
  std::vector<std::string> words{kOrgOption, question.org};
  words.insert(words.end(), question.words.begin(), question.words.end());
  return words;
}

bool is_for_all(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const auto& topic = words.front();
  return topic == "status" || topic == "check" || topic == "trace" || topic == "links" ||
         (topic == "parked" && words.size() == 2);
}

Json of_those_that_know(Json answers) {
  Json known = Json::object();
  for (const auto& [name, answer] : answers.items()) {
    if (knows(answer)) known[name] = answer;
  }
  return known.empty() ? std::move(answers) : std::move(known);
}

Json no_such_org(const std::string& org, const std::vector<std::string>& names) {
  const auto near = nearest(org, names);
  return {{"error", "there is no org \"" + org + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                        " The orgs are: " + with_commas(names)}};
}

Json which_org(const std::vector<std::string>& names) {
  return {{"error", "which org is meant is not said: add --org NAME. The orgs are: " + with_commas(names)}};
}

}  // namespace casewire::bridge
