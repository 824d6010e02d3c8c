#pragma once
// The seam for chance. Simulations draw from a seed, so that a run can be repeated; programs in production from the system.

#include <cstdint>
#include <string>

namespace casewire {

class Rng {
 public:
  virtual ~Rng() = default;
  virtual std::uint64_t next() = 0;
  /// Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

/// SplitMix64: small state, same numbers on every machine. One thread at a time.
class SeededRng final : public Rng {
 public:
  explicit SeededRng(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

/// The operating system's generator. Thread-safe.
class SystemRng final : public Rng {
 public:
  std::uint64_t next() override;
};

/// A version 4 UUID in lower case.
std::string uuid(Rng& rng);
/// `length` characters of `0-9A-Za-z`.
std::string alphanumeric(Rng& rng, std::size_t length);

}  // namespace casewire
