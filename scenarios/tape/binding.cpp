#include "scenarios/tape/binding.hpp"

#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

const std::string* Bindings::find(const std::map<std::string, std::string, std::less<>> Bindings::*map,
                                  std::string_view key) const {
  for (const Bindings* layer = this; layer != nullptr; layer = layer->base_) {
    if (const auto found = (layer->*map).find(key); found != (layer->*map).end()) return &found->second;
  }
  return nullptr;
}

bool Bindings::agree(std::string_view recorded, std::string_view made) {
  if (const std::string* partner = find(&Bindings::made_of_, recorded)) return *partner == made;
  if (find(&Bindings::recorded_of_, made) != nullptr) return false;
  made_of_.emplace(recorded, made);
  recorded_of_.emplace(made, recorded);
  return true;
}

bool Bindings::agree(WallTime recorded, WallTime made) {
  if (recorded + shift_ == made) return true;
  if (off_) {
    // A second: times are spelled in whole ones too, and what is taken a moment later may fall into the next.
    constexpr milliseconds kSpelling{1'000};
    const milliseconds by = made - recorded - shift_;
    return by >= off_->first - kSpelling && by <= off_->second + kSpelling;
  }
  for (const Bindings* layer = this; layer != nullptr; layer = layer->base_) {
    if (const auto found = layer->times_.find(recorded); found != layer->times_.end()) return found->second == made;
  }
  times_.emplace(recorded, made);
  return true;
}

std::string Bindings::made_of(std::string_view recorded) const {
  const std::string* partner = find(&Bindings::made_of_, recorded);
  return partner == nullptr ? std::string(recorded) : *partner;
}

bool Bindings::agree_in_text(std::string_view recorded, std::string_view made) {
  const auto theirs = pieces_of(recorded);
  const auto ours = pieces_of(made);
  if (theirs.size() != ours.size()) return false;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    if (theirs[i].kind != ours[i].kind) return false;
    switch (theirs[i].kind) {
      case Piece::Kind::words:
        if (theirs[i].text != ours[i].text) return false;
        break;
      case Piece::Kind::time:
        if (!agree(theirs[i].at, ours[i].at)) return false;
        break;
      case Piece::Kind::id:
        if (!agree(theirs[i].text, ours[i].text)) return false;
        break;
    }
  }
  return true;
}

std::string Bindings::told(std::string_view recorded) {
  std::string text;
  for (const Piece& piece : pieces_of(recorded)) {
    if (piece.kind == Piece::Kind::time && shift_.count() != 0) {
      text += respelled(piece, piece.at + shift_);
      continue;
    }
    const std::string* partner = piece.kind == Piece::Kind::id ? find(&Bindings::made_of_, piece.text) : nullptr;
    if (piece.kind == Piece::Kind::id && partner == nullptr) (void)agree(piece.text, piece.text);
    text += partner == nullptr ? piece.text : std::string_view(*partner);
  }
  return text;
}

Bindings Bindings::trial() const {
  Bindings trial;
  trial.base_ = this;
  trial.shift_ = shift_;
  trial.off_ = off_;
  return trial;
}

void Bindings::adopt(Bindings trial) {
  made_of_.merge(trial.made_of_);
  recorded_of_.merge(trial.recorded_of_);
  times_.merge(trial.times_);
}

}  // namespace casewire::scenarios
