// parse_json against the library it is built on: it refuses what that refuses, and more only by its rules.

#include "base/text/json.hpp"
#include "base/text/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

namespace {

bool is_own_rule(const std::string& problem) {
  for (const char* rule : {"stands twice", "at most 64 bits", "nested deeper", "NUL byte"}) {
    if (problem.find(rule) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

FUZZ_TARGET(json) {
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto value = parse_json(text, "input", {.depth_max = 16});
  const bool library_accepts = nlohmann::json::accept(text);
  if (value) {
    require(library_accepts, "what parse_json takes is JSON");
    require(is_valid_utf8(text), "what parse_json takes is UTF-8");
    const auto written = dump_json(*value);
    const auto again = parse_json(written);
    require(again && *again == *value, "what is written is read back as the same value");
    require(dump_json(*again) == written, "writing again gives the same bytes");
  } else {
    const auto& error = value.error();
    require(!library_accepts || is_own_rule(error.problem), "JSON is refused only under a rule of ours");
    require(error.where.position.line >= 1 && error.where.position.column >= 1, "the complaint has a place");
    require(!render(error, text).empty(), "the complaint can be shown");
  }
  return 0;
}
