#pragma once
// A tape on disk without secrets and people, however long it is: what is known of it at its end holds from its beginning, so it is read several
// times, and an exchange is written when it has been searched with all that is known.

#include <cstddef>
#include <string>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/tape/redaction.hpp"
#include "scenarios/tape/tape_reader.hpp"

namespace casewire::scenarios {

struct RedactionTerms {
  std::string key;
  Policy policy;
};

struct Redacting {
  std::size_t exchanges = 0;
  /// `entry 3, answer's body`: where something would still be readable; then nothing is written. At most kPlacesMax.
  std::vector<std::string> left{};
  bool is_written = false;

  static constexpr std::size_t kPlacesMax = 100;
};

/// Writes `out`. An error: the tape cannot be read to its end, and nothing is written.
Result<Redacting> redact_tape(const TapeReader& tape, const RedactionTerms& terms, const std::string& out);

}  // namespace casewire::scenarios
