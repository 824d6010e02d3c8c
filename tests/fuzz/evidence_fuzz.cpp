// A bundle of one file: whatever stands in it, it is read or listed, judged, and told as a scenario that has steps or is empty.

#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/retelling.hpp"
#include "scenarios/evidence/symptoms.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using namespace casewire::scenarios;
using fuzz::require;

FUZZ_TARGET(evidence) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  Evidence evidence;
  if (looks_like_bridge_log(text)) {
    read_bridge_log("input", text, evidence);
  } else if (read_recording({.file = "input", .open = [&] { return stream_over(text); }}, evidence)) {
  } else if (const auto json = parse_json(text, "input")) {
    read_json_material("input", *json, evidence);
  } else if (text.starts_with("From ")) {
    read_mailbox("input", text, evidence);
  } else if (text.starts_with("From:")) {
    read_mail("input", {}, text, evidence);
  } else {
    read_table("input", text, evidence);
  }
  const auto files = evidence.files;
  const Story story = told_by(std::move(evidence), {});
  for (const Exhibit& exhibit : judge(story).exhibits) require(!exhibit.what.empty(), "an exhibit says what it is");
  const Retelling retelling = retell(story, files, "input");
  require(retelling.feature.empty() || retelling.feature.find("Scenario:") != std::string::npos, "a telling has a scenario");
  return 0;
}
