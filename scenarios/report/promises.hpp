#pragma once
// What a bridge is held to, and which scenarios show it: the promises of OpenCX's page on Salesforce email Cases and of docs/bridge.md
// (tags `@promise:NAME`), and the failure modes of docs/failure-modes.md (tags `@F24`). The two lists have their home here.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct Promise {
  std::string_view name;  ///< "case-create"
  std::string_view what;
  bool is_the_vendors = false;  ///< on OpenCX's page; otherwise what a bridge owes its operators (docs/bridge.md)
};
const std::vector<Promise>& promises();

struct FailureMode {
  unsigned number = 0;  ///< 24: F24
  std::string_view what;
  std::string_view elsewhere{};  ///< why no scenario shows it: a bridge does not meet it, or where it is shown instead
};
const std::vector<FailureMode>& failure_modes();

struct Matrix {
  std::string text;                ///< each promise and each failure mode with its scenarios and their verdicts
  std::vector<std::string> holes;  ///< what no scenario shows, and tags that name nothing
};
Matrix matrix_of(const RunResult& result);

}  // namespace casewire::scenarios
