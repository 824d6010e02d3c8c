#include "scenarios/report/formats.hpp"

#include "scenarios/report/cucumber.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/junit.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/report/test_lists.hpp"

namespace casewire::scenarios::report {

const std::vector<Format>& formats() {
  static const std::vector<Format> all{
      {"html", "Write a report with sequence diagrams", html},
      {"junit", "Write JUnit XML, which every CI server reads", junit},
      {"xunit", "Write JUnit XML that Jenkins' xUnit plugin takes too: without file and line of the scenarios", junit_for_xunit},
      {"json", "Write the whole result, journals included, for casewire merge", run_json},
      {"messages", "Write Cucumber messages (NDJSON), for Cucumber's own reporters", cucumber_messages},
      {"cucumber", "Write Cucumber JSON, for older report plugins", cucumber_json},
      {"ctrf", "Write CTRF JSON (ctrf.io)", ctrf},
      {"tap", "Write TAP version 14", tap},
  };
  return all;
}

}  // namespace casewire::scenarios::report
