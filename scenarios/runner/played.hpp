#pragma once
// How playing a sentence ended.

#include <stdexcept>
#include <string>

#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

/// A deed that cannot be done and a check that does not hold have failed; `cannot` means that this ring or this bridge has no way
/// to exercise the sentence, or that time here did not reach what would decide it; a fault of the harness says nothing about the bridge.
struct Played {
  enum class End { done, failed, cannot, harness_fault };
  End end = End::done;
  std::string expected{}, found{};  ///< `found` also says why not
  std::string recorded{}, made{};   ///< of a departure from a recording: both requests as lines (Replayer::SideBySide)

  static Played failed(std::string expected, std::string found) {
    return {.end = End::failed, .expected = std::move(expected), .found = std::move(found)};
  }
  static Played cannot(std::string why) { return {.end = End::cannot, .found = std::move(why)}; }
  static Played undecided(std::string expected, std::string found) {
    return {.end = End::cannot, .expected = std::move(expected), .found = std::move(found)};
  }
  static Played harness_fault(std::string why) { return {.end = End::harness_fault, .found = std::move(why)}; }
  static Played troubled(std::string expected, const Trouble& trouble) {
    return trouble.is_of_the_machine ? harness_fault(trouble.what) : failed(std::move(expected), trouble.what);
  }
  bool done() const { return end == End::done; }
};

/// Our own mistake, found while a sentence is played: a query of a check that the fake org does not understand, a fixture that
/// went away. Never a verdict on the bridge: Stage::act makes a `harness_fault` of it.
class HarnessFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace casewire::scenarios
