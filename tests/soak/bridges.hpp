#pragma once
// Who serves the town, and how it is struck: one bridge with a file of its own, or a fleet (fleet.hpp).

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/runner/ring.hpp"

namespace casewire::soak {

class Bridges {
 public:
  virtual ~Bridges() = default;

  /// Returns when all are ready. Here and below: the error is in words.
  virtual Result<void, std::string> start() = 0;
  /// Something dies, or stands still, in the middle of its work. `now`: from the beginning of the soak.
  virtual Result<void, std::string> strike(milliseconds now) = 0;
  /// What was struck comes back in its time.
  virtual Result<void, std::string> recover(milliseconds now) = 0;
  /// Nothing that was struck is still to come back.
  virtual bool are_whole() const = 0;

  /// One that can be asked.
  virtual std::string url() const = 0;
  /// For the table: what was struck, and what was seen of it.
  virtual std::vector<std::pair<std::string, std::size_t>> told() const = 0;
  virtual std::vector<std::string> log() const = 0;
};

/// The one of the ring, which outlives it.
class OneBridge final : public Bridges {
 public:
  explicit OneBridge(scenarios::Ring& ring) : ring_(ring) {}
  Result<void, std::string> start() override;
  Result<void, std::string> strike(milliseconds now) override;
  Result<void, std::string> recover(milliseconds now) override;
  bool are_whole() const override { return true; }
  std::string url() const override;
  std::vector<std::pair<std::string, std::size_t>> told() const override { return {{"kills", kills_}}; }
  std::vector<std::string> log() const override;

 private:
  scenarios::Ring& ring_;
  std::size_t kills_ = 0;
};

}  // namespace casewire::soak
