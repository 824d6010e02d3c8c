// The table of docs/opencx.md is what the description says. UPDATE_GOLDEN=1 writes it anew.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/opencx/description.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr const char* kBegin = "<!-- operations: begin -->\n";
constexpr const char* kEnd = "<!-- operations: end -->\n";

std::string door(const Operation& operation) {
  switch (operation.door) {
    case Door::key: return "key, `" + operation.scope + "`";
    case Door::bot: return "widget's token";
    case Door::contact: return "widget's and contact's token";
    case Door::open: return "anybody";
  }
  return {};
}

std::string table() {
  std::string text = "| Operation | Request | Who may | |\n|---|---|---|---|\n";
  for (const auto& operation : Description::embedded().operations()) {
    text += "| " + operation.name + " | `" + operation.method + " " + operation.pattern + "` | " + door(operation) + " | " +
            (operation.is_assumed ? "assumed" : "") + " |\n";
  }
  return text;
}

TEST(Capabilities, StandInTheDocumentAsTheyAre) {
  const std::string path = std::string{CASEWIRE_SOURCE_DIR} + "/docs/opencx.md";
  std::string document = (std::ostringstream{} << std::ifstream{path}.rdbuf()).str();
  const auto begin = document.find(kBegin);
  const auto end = document.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const auto from = begin + std::string_view{kBegin}.size();
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream{path} << document.substr(0, from) << table() << document.substr(end);
    return;
  }
  EXPECT_EQ(document.substr(from, end - from), table()) << "UPDATE_GOLDEN=1 writes it anew";
}

}  // namespace
}  // namespace casewire::sim::opencx
