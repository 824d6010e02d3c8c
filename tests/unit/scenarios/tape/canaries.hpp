#pragma once
// Values that nobody else would say, every spelling of them that is known, and the search for what is left of them.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/text/rng.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

struct Spelling {
  const char* name;
  std::function<std::string(const std::string&)> write;
};
const std::vector<Spelling>& spellings();

struct CanaryKind {
  const char* name;
  std::function<std::string(Rng&)> invent;
};
const std::vector<CanaryKind>& canary_kinds();

/// Of each kind; CASEWIRE_CANARIES, if it is set.
std::size_t canaries();

/// A spelling within a place, as the place needs it written: one of six, of a POST /contacts to OpenCX.
Exchange planted(const std::string& text, std::size_t place);

struct Found {
  std::size_t count = 0;
  std::string example{};
};
/// Each spelling of the telling part of each value, as it would stand; of base64, whatever stands before and behind it.
Found found_in(const std::string& text, const std::vector<std::string>& values);

}  // namespace casewire::scenarios
