#include "scenarios/report/promises.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace casewire::scenarios {
namespace {

constexpr std::string_view kPromiseTag = "@promise:";

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

bool has_tag(const ScenarioResult& scenario, const std::string& tag) {
  return std::find(scenario.tags.begin(), scenario.tags.end(), tag) != scenario.tags.end();
}

/// The number in `@F24`.
std::optional<unsigned> failure_mode_in(std::string_view tag) {
  if (!tag.starts_with("@F")) return std::nullopt;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(tag.data() + 2, tag.data() + tag.size(), number);
  return error == std::errc{} && end == tag.data() + tag.size() ? std::optional(number) : std::nullopt;
}

/// The scenarios with that tag, a line each.
std::string lines_of(const RunResult& result, const std::string& tag) {
  std::string lines;
  for (const ScenarioResult& scenario : result.scenarios) {
    if (!has_tag(scenario, tag)) continue;
    lines += "    " + padded(std::string(name_of(scenario.verdict)), 14) + place_of(scenario) + "  " + scenario.name +
             (scenario.verdict == Verdict::pending ? " (" + scenario.pending + ")" : std::string()) + "\n";
  }
  return lines;
}

bool is_known(const std::string& tag) {
  if (tag.starts_with(kPromiseTag)) {
    return std::any_of(promises().begin(), promises().end(),
                       [&](const Promise& promise) { return tag.substr(kPromiseTag.size()) == promise.name; });
  }
  const auto number = failure_mode_in(tag);
  return !number || std::any_of(failure_modes().begin(), failure_modes().end(),
                                [&](const FailureMode& mode) { return mode.number == *number; });
}

}  // namespace

Matrix matrix_of(const RunResult& result) {
  Matrix matrix;
  matrix.text = "Promises\n";
  for (const Promise& promise : promises()) {
    const std::string tag = std::string(kPromiseTag) + std::string(promise.name);
    const std::string lines = lines_of(result, tag);
    matrix.text +=
        "  " + tag + "  " + std::string(promise.what) + (promise.is_the_vendors ? "" : " (docs/bridge.md)") + "\n" + lines;
    if (!lines.empty()) continue;
    matrix.text += "    no scenario\n";
    matrix.holes.push_back(tag + ": " + std::string(promise.what));
  }
  matrix.text += "Failure modes\n";
  for (const FailureMode& mode : failure_modes()) {
    const std::string tag = "@F" + std::to_string(mode.number);
    const std::string lines = lines_of(result, tag);
    matrix.text += "  " + padded(tag, 5) + " " + std::string(mode.what) + "\n" + lines;
    if (!mode.elsewhere.empty()) matrix.text += "    elsewhere     " + std::string(mode.elsewhere) + "\n";
    if (!lines.empty() || !mode.elsewhere.empty()) continue;
    matrix.text += "    no scenario\n";
    matrix.holes.push_back(tag + ": " + std::string(mode.what));
  }
  for (const ScenarioResult& scenario : result.scenarios) {
    for (const std::string& tag : scenario.tags) {
      if (!is_known(tag)) matrix.holes.push_back(place_of(scenario) + ": " + tag + " names nothing that is listed");
    }
  }
  return matrix;
}

const std::vector<Promise>& promises() {
  static const std::vector<Promise> all{
      {"case-create", "Each conversation that is handed off has a Case", true},
      {"case-content", "The Case has the summary, the whole transcript, and the mark of the channel", true},
      {"case-append", "Who writes again before the Case is closed stays on it", true},
      {"session-shows-case", "The conversation in OpenCX shows the Case's id", true},
      {"by-hand", "A person in the Inbox can hand over too", true},
      {"reply", "What a rep answers on the Case reaches the customer in her thread, and the Inbox as an agent's message", true},
      {"takeover", "The AI is silent once a person is on the conversation", true},
      {"attachments", "The customer's files are there, and the rep's travel back within the mailbox's limit", true},
      {"symptom-no-case", "Troubleshooting: a handoff whose webhook does not come through still gets its Case", true},
      {"symptom-no-reply", "Troubleshooting: a reply that no webhook tells still reaches the customer", true},
      {"case-new-after-close", "Who writes after the close gets a new Case, tied to the old one"},
      {"lifecycle", "A Case and its conversation end together"},
      {"internal-stays-internal", "What is not meant for the customer never leaves, and reaches nobody else"},
      {"webhooks-are-hints", "Late, doubled, overtaken, lost, unsigned or forged webhooks change nothing but the time"},
      {"keeps-trying", "A system that is down or refuses costs time and nothing else"},
      {"no-loss", "Nothing is lost"},
      {"no-doubles", "Nothing is done twice"},
      {"survives-crashes", "A bridge that dies at any call goes on where it was"},
  };
  return all;
}

// docs/failure-modes.md says of each what happens and what our bridge does.
const std::vector<FailureMode>& failure_modes() {
  static const std::vector<FailureMode> all{
      {1, "The create is done, its answer lost"},
      {2, "Two creates race on one external id", "one process is under test: tests/unit/bridge/salesforce"},
      {3, "The AI escalates while a person takes over"},
      {4, "The Case's webhook comes before the create was acknowledged"},
      {5, "A summary longer than the Case's description"},
      {6, "A comment longer than 4,000 bytes"},
      {7, "A crash between comments"},
      {8, "A rule rejects the Case"},
      {9, "Two Contacts share the address", "no sentence makes contacts in the org: tests/unit/bridge/cases"},
      {10, "The org refuses a value"},
      {11, "The user cannot write the bridge's fields"},
      {12, "A subject that is empty, long or folded"},
      {13, "NUL, lone surrogates", "no mail program writes them into a script: tests/unit/bridge/cases"},
      {14, "The access token expires"},
      {15, "Two refreshes at once; the refresh token rotates", "tests/unit/bridge/salesforce/token_test.cpp"},
      {16, "The refresh token is revoked"},
      {17, "The day's calls are used up"},
      {18, "The same code for concurrent calls", "no sentence says which of the two: tests/unit/bridge/salesforce"},
      {19, "Row locks"},
      {20, "A page instead of an answer; \"not there\""},
      {21, "Salesforce's own mail limits", "a bridge that mails through OpenCX does not meet it"},
      {22, "Mail rows that were never sent", "a bridge that mails through OpenCX does not meet it"},
      {23, "Deliverability is off", "a bridge that mails through OpenCX does not meet it"},
      {24, "A callout is lost"},
      {25, "One transaction changes hundreds of Cases", "the package's affair: tests/unit/sim/salesforce"},
      {26, "The Named Credential holds an old URL"},
      {27, "The trigger is switched off"},
      {28, "A copy of the org answers", "no sentence copies an org: tests/unit/bridge/salesforce/token_test.cpp"},
      {29, "A webhook comes twice"},
      {30, "Webhooks come in another order"},
      {31, "Several changes, one webhook"},
      {32, "A webhook is replayed"},
      {33, "A webhook is forged"},
      {34, "The key is rotated", "a setting of each bridge: tests/unit/bridge/intake"},
      {35, "The work is slow, and the sender waits", "tests/e2e, tests/bench"},
      {36, "A crash behind a send"},
      {37, "Power loss after an acknowledgement", "no sentence cuts the power: tests/contract/store_contract_test.cpp"},
      {38, "The bridge is down for days"},
      {39, "Ids come again after a migration", "as F28"},
      {40, "Clocks differ"},
      {41, "A poison record"},
      {42, "Other kinds of reply"},
      {43, "Salesforce has mailed it itself", "tests/unit/bridge/replies"},
      {44, "The bridge's own writing comes back"},
      {45, "The bridge's own user is told by its id", "as F44; tests/unit/bridge/replies"},
      {46, "Internal comments"},
      {47, "No thread headers"},
      {48, "An internal id as In-Reply-To", "OpenCX writes the headers"},
      {49, "The provider rewrites Message-IDs", "OpenCX writes the headers"},
      {50, "An edited subject, foreign prefixes"},
      {51, "Another From"},
      {52, "The customer's address bounces"},
      {53, "A reply's file comes after the reply"},
      {54, "Files over the mailbox's limit"},
      {55, "Inline pictures"},
      {56, "HTML with scripts or links of the org"},
      {57, "Edited or deleted after the send"},
      {58, "Two replies in one second"},
      {59, "The contact is merged or renamed"},
      {60, "Out-of-office notes"},
      {61, "Bounces"},
      {62, "Our own auto-responders", "the mailbox's affair"},
      {63, "Salesforce's auto-response rules", "the org's affair"},
      {64, "The same mail fetched twice", "OpenCX fetches mail"},
      {65, "Two mails with one Message-ID", "OpenCX fetches mail"},
      {66, "A mail without Message-ID", "OpenCX fetches mail"},
      {67, "One mail to two of our addresses", "OpenCX fetches mail"},
      {68, "Charsets that lie"},
      {69, "Quotes grow each turn", "OpenCX cuts them"},
      {70, "Reply-all, forwards"},
      {71, "She writes from another address"},
      {72, "She writes again before the close"},
      {73, "The close races with her mail"},
      {74, "She writes after the close"},
      {75, "Cases are merged"},
      {76, "A Case is deleted, and undeleted"},
      {77, "A person takes over while the AI writes"},
      {78, "Handed back to the AI"},
      {79, "A reply on a closed Case; closed by another word"},
      {80, "An older store is restored"},
  };
  return all;
}

}  // namespace casewire::scenarios
