#pragma once
// The exchanges of a tape by their place, wherever they are: in memory, or in a file from which they are read when they are wanted. Of those of
// a file the last few are kept.

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/tape/tape_reader.hpp"

namespace casewire::scenarios {

/// Thread-safe.
class Exchanges {
 public:
  explicit Exchanges(std::vector<Exchange> all);
  /// `plain`: as their receivers read them (plain_bodies.hpp), for who wants to know what they say.
  enum class Bodies { as_recorded, plain };
  explicit Exchanges(TapeReader tape, Bodies bodies = Bodies::as_recorded) : tape_(std::move(tape)), bodies_(bodies) {}

  std::size_t size() const { return tape_ ? tape_->size() : held_.size(); }
  WallTime started(std::size_t place) const { return tape_ ? tape_->started(place) : held_[place]->started; }
  /// Which entry of its file it is, as people count.
  std::size_t number(std::size_t place) const { return tape_ ? tape_->number(place) : place + 1; }
  /// Never null. Without content where the file is no longer what it was: trouble() says so.
  std::shared_ptr<const Exchange> at(std::size_t place) const;
  /// Why something could not be read again.
  std::optional<Diagnostic> trouble() const;

 private:
  struct Kept {
    std::size_t place = 0;
    std::shared_ptr<const Exchange> exchange{};
  };

  const std::optional<TapeReader> tape_{};
  const Bodies bodies_ = Bodies::as_recorded;
  std::vector<std::shared_ptr<const Exchange>> held_;
  mutable std::mutex mutex_;
  mutable std::array<Kept, 16> kept_{};  ///< by the last bits of the place
  mutable std::optional<Diagnostic> trouble_{};
};

/// A tape that is played: however long it is, its exchanges are read when they are wanted.
struct LongTape {
  LongTape(Tape tape);  // NOLINT(google-explicit-constructor): one in memory is one of these
  /// At most kPlayedMax exchanges: what is to come is looked through at each step.
  static Result<LongTape> of_file(const std::string& file);

  static constexpr std::size_t kPlayedMax = 100'000;

  std::shared_ptr<const Exchanges> exchanges;
  std::vector<BridgeFate> fates{};
  TapeHead head{};

 private:
  explicit LongTape(TapeReader tape);
};

}  // namespace casewire::scenarios
