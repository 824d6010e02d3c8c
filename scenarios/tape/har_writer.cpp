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

std::string write_har(const Tape& tape, std::size_t dropped, SideBodies* beside) {
  Json log{{"version", "1.2"}, {"creator", {{"name", "casewire"}, {"version", "1"}}}};
  Json ours;
  ours["format"] = kTapeFormat;
  if (tape.head.is_of_fakes) ours["of_fakes"] = true;
  if (tape.head.is_redacted) ours["redacted"] = true;
  if (!tape.head.bridge_settings.empty()) ours["bridge_settings"] = tape.head.bridge_settings;
  for (const BridgeFate& fate : tape.fates) ours["bridge"].push_back(fate_json(fate));
  log["_casewire"] = std::move(ours);
  Json entries = Json::array();
  for (const Exchange& exchange : masked(tape.exchanges)) entries.push_back(recording::har_entry(exchange, beside));
  if (!tape.head.comment.empty()) log["comment"] = tape.head.comment;
  if (dropped > 0) {
    log["comment"] = std::to_string(dropped) + " exchanges were not recorded: the recording was full";
  }
  log["entries"] = std::move(entries);
  return recording::sorted_text({{"log", std::move(log)}}, 2) + "\n";
}

}  // namespace casewire::scenarios
