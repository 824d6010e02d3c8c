#include "base/recording/har_text.hpp"
#include "base/text/json.hpp"
#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

namespace {

Json fate_json(const BridgeFate& fate) {
  Json json{{"event", name_of(fate.what)}, {"at", iso8601(fate.at)}, {"before", fate.place}};
  if (fate.during) json["during"] = *fate.during;
  if (!fate.words.empty()) json["words"] = fate.words;
  return json;
}

}  // namespace

Json log_json(const TapeHead& head, const std::vector<BridgeFate>& fates, std::size_t dropped) {
  Json ours;
  ours["format"] = kTapeFormat;
  if (head.is_of_fakes) ours["of_fakes"] = true;
  if (head.is_redacted) ours["redacted"] = true;
  if (!head.bridge_settings.empty()) ours["bridge_settings"] = head.bridge_settings;
  for (const BridgeFate& fate : fates) ours["bridge"].push_back(fate_json(fate));
  Json log{{"_casewire", std::move(ours)}, {"creator", {{"name", "casewire"}, {"version", "1"}}}};
  if (!head.comment.empty()) log["comment"] = head.comment;
  if (dropped > 0) log["comment"] = std::to_string(dropped) + " exchanges were not recorded: the recording was full";
  return log;
}

std::string write_har(const Tape& tape, std::size_t dropped, SideBodies* beside) {
  std::string text = recording::har_head(log_json(tape.head, tape.fates, dropped));
  bool is_first = true;
  for (const Exchange& exchange : masked(tape.exchanges)) {
    text += recording::har_piece(recording::har_entry(exchange, beside), is_first);
    is_first = false;
  }
  return text + recording::har_foot(is_first);
}

}  // namespace casewire::scenarios
