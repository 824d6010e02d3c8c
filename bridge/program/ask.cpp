#include "bridge/program/ask.hpp"

#include <algorithm>
#include <iostream>

#include "bridge/operation/shown.hpp"
#include "bridge/orgs/questions.hpp"
#include "bridge/program/admin_socket.hpp"
#include "bridge/program/read_settings.hpp"

namespace casewire::bridge {
namespace {

enum AnswerCode { kAllIsWell = 0, kSomethingIsWrong = 1, kNotSaid = 2, kNobodyThere = 3 };

bool is_well(const Json& answer) {
  if (const auto& orgs = member(answer, "orgs"); orgs.is_object()) return std::all_of(orgs.begin(), orgs.end(), is_well);
  const bool is_ready = !answer.contains("status") || answer["status"] == "ready";
  const bool is_parked = answer.contains("total") && answer["total"] != 0;
  const auto& checks = member(answer, "checks");
  const bool is_wrong = std::any_of(checks.begin(), checks.end(), [](const Json& check) { return check["verdict"] == "wrong"; });
  const bool is_unknown = answer.contains("is") && answer["is"] == "unknown";
  return is_ready && !is_parked && !is_unknown && !is_wrong && !answer.contains("error");
}

}  // namespace

std::optional<std::string> state_dir_meant(const CommandLine& line) {
  if (!line.state_dir.empty()) return line.state_dir;
  const auto settings = read_settings(line.config_file);
  if (!settings) return std::nullopt;
  if (!settings->shared.state_dir.empty()) return settings->shared.state_dir;
  std::cerr << render({.where = {"--state-dir", {}},
                       .problem = "which bridge is meant is not said",
                       .hint = "give --state-dir FOLDER, --config FILE or CASEWIRE_STATE_DIR"});
  return std::nullopt;
}

int ask(const CommandLine& line) {
  const auto state_dir = state_dir_meant(line);
  if (!state_dir) return kNotSaid;
  const auto reply = ask_running_bridge(*state_dir, words_of({.org = line.org, .words = line.words}));
  if (!reply) {
    std::cerr << render(reply.error());
    return kNobodyThere;
  }
  if (reply->contains("error")) {
    std::cerr << "error: " << string_member(*reply, "error") << "\n";
    return kSomethingIsWrong;
  }
  const auto& answer = member(*reply, "answer");
  std::cout << (line.as_json ? answer.dump(2) + "\n" : as_text(line.words, answer));
  return is_well(answer) ? kAllIsWell : kSomethingIsWrong;
}

}  // namespace casewire::bridge
