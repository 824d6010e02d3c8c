// docs/salesforce-capabilities.md says what the fake answers and what it refuses. It is made from the same tables that answer;
// UPDATE_GOLDEN=1 writes it anew.

#include <gtest/gtest.h>

#include "base/runtime/thread_runtime.hpp"
#include "sim/salesforce/api/routes.hpp"
#include "sim/salesforce/api/versions.hpp"
#include "tests/support/golden.hpp"

namespace casewire::sim::salesforce {
namespace {

std::string in_code(std::string_view text) { return "`" + std::string{text} + "`"; }

std::string routes_table() {
  std::string text = "| Method | Path | In scripts | State |\n|---|---|---|---|\n";
  for (const auto& route : org_routes()) {
    const bool modelled = route.unmodelled.empty();
    const std::string method{route.method == "*" ? "any" : route.method};
    const std::string operation{route.names ? "its parts" : route.operation == "request" ? "" : route.operation};
    text += "| " + method + " | " + in_code(route.pattern) + " | " + operation + " | " +
            (modelled ? std::string{"modelled"} : "501: " + std::string{route.unmodelled}) +
            (route.since ? ", from v" + std::to_string(route.since) + ".0" : std::string{}) + " |\n";
  }
  return text;
}

std::string objects_table(const Schema& schema) {
  std::string text = "| Object | Fields | Calls | Fields that answer 501 |\n|---|---|---|---|\n";
  for (const auto& type : schema.types()) {
    std::string calls{"read"}, missing;
    if (type.createable) calls += ", create";
    if (type.updateable) calls += ", update";
    if (type.deletable) calls += ", delete";
    for (const auto& name : type.unmodelled)
      if (!type.field(name)) missing += (missing.empty() ? "" : ", ") + name;
    text += "| " + type.name + " | " + std::to_string(type.fields.size()) + " | " + calls + " | " + missing + " |\n";
  }
  return text;
}

std::string versions_text() {
  std::string guessed;
  for (const auto& version : api_versions())
    if (version.is_guessed) guessed += (guessed.empty() ? "v" : ", v") + std::to_string(version.number) + ".0";
  return "v" + std::to_string(kOldestVersion) + ".0 to v" + std::to_string(newest_version()) +
         ".0 are answered and listed. Guessed by the calendar, answered with a `Warning` header and not listed: " + guessed +
         ". v" + std::to_string(kRetiredFrom) + ".0 to v" + std::to_string(kOldestVersion - 1) +
         ".0 are retired (410). Any other is unknown (404).\n";
}

TEST(Capabilities, AreWhatTheDocumentSays) {
  const auto schema = Schema::standard();
  std::string text =
      "# What the fake Salesforce answers\n\nThis page is made by a test from the tables that answer requests. *modelled*: it behaves "
      "as `docs/salesforce.md` says. *501*: every real org has it and this one has not; the client gets `NOT_MODELLED` and the run is red. Any "
      "other path is the vendor's own 404, and the run is red too.\n\n## Paths\n\n" +
      routes_table() + "\n## API versions\n\n" + versions_text() + "\n## Standard objects\n\n" + objects_table(schema) +
      "\nAnother " + std::to_string(schema.unmodelled().size()) +
      " standard objects, and the feeds, histories, shares and change events of all of them, are known by name and answer 501.\n";
  tests::expect_golden("docs/salesforce-capabilities.md", text);
}

// When this fails, look up the vendor's release and add it to api/versions.cpp: known, no longer guessed, and the next one after it.
TEST(Capabilities, KnowTheNewestRelease) {
  ThreadRuntime runtime;
  const auto& newest = api_versions().back().released;
  const std::chrono::year_month_day released{std::chrono::year{newest.year},
                                             std::chrono::month{static_cast<unsigned>(newest.month)}, std::chrono::day{1}};
  const auto overdue = std::chrono::sys_days{released + std::chrono::months{3}};
  EXPECT_LT(runtime.now(), WallTime{overdue})
      << "v" << api_versions().back().number << ".0 is three months old: is there a newer one?";
}

}  // namespace
}  // namespace casewire::sim::salesforce
