#include "scenarios/tape/binding.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

namespace {

/// Letters and digits; whatever is not ASCII counts as a letter.
bool is_of_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// The word that begins there, or what stands between two words.
std::string_view word_at(std::string_view text, std::size_t at) {
  const bool is_word = is_of_a_word(text[at]);
  std::size_t end = at + 1;
  while (end < text.size() && is_of_a_word(text[end]) == is_word) ++end;
  return text.substr(at, end - at);
}

/// A disguise keeps small letters, capitals and digits what they are.
bool are_of_one_shape(std::string_view one, std::string_view other) {
  const auto kind = [](char c) {
    return c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : '-';
  };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](char a, char b) { return kind(a) == kind(b); });
}

/// Words are kept apart from ids.
std::string key_of(std::string_view word) { return " " + lowercase(word); }

/// `like` says which letters are capitals.
std::string in_the_case_of(std::string_view word, std::string_view like) {
  std::string result(word);
  for (std::size_t i = 0; i < std::min(word.size(), like.size()); ++i) {
    const bool is_capital = like[i] >= 'A' && like[i] <= 'Z';
    if (is_capital && result[i] >= 'a' && result[i] <= 'z') result[i] = static_cast<char>(result[i] - 'a' + 'A');
  }
  return result;
}

}  // namespace

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
        if (theirs[i].text != ours[i].text && !(disguised_ && agree_in_words(theirs[i].text, ours[i].text))) return false;
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

bool Bindings::agree_in_words(std::string_view recorded, std::string_view made) {
  if (recorded.size() != made.size()) return false;  // a disguise keeps the length
  for (std::size_t at = 0; at < recorded.size();) {
    const std::string_view theirs = word_at(recorded, at), ours = word_at(made, at);
    if (theirs != ours) {
      const bool are_words = is_of_a_word(theirs[0]) && is_of_a_word(ours[0]);
      if (!are_words || !are_of_one_shape(theirs, ours) || !agree(key_of(theirs), key_of(ours))) return false;
    }
    at += theirs.size();
  }
  return true;
}

bool Bindings::agree_in_number(std::string_view recorded, std::string_view made) {
  return recorded == made || (disguised_ && agree(key_of(recorded), key_of(made)));
}

std::string Bindings::words_told(std::string_view recorded) const {
  std::string text;
  for (std::size_t at = 0; at < recorded.size();) {
    const std::string_view word = word_at(recorded, at);
    const std::string* partner = find(&Bindings::made_of_, key_of(word));
    text += partner == nullptr ? std::string(word) : in_the_case_of(std::string_view(*partner).substr(1), word);
    at += word.size();
  }
  return text;
}

std::string Bindings::told(std::string_view recorded) {
  std::string text;
  for (const Piece& piece : pieces_of(recorded)) {
    if (piece.kind == Piece::Kind::time && shift_.count() != 0) {
      text += respelled(piece, piece.at + shift_);
      continue;
    }
    if (piece.kind == Piece::Kind::words && tells_words_) {
      text += words_told(piece.text);
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
  trial.disguised_ = disguised_;
  trial.tells_words_ = tells_words_;
  return trial;
}

void Bindings::adopt(Bindings trial) {
  made_of_.merge(trial.made_of_);
  recorded_of_.merge(trial.recorded_of_);
  times_.merge(trial.times_);
}

}  // namespace casewire::scenarios
