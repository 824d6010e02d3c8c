#pragma once
// Which words were seen, or where first, without the words: 8 or 16 bytes for each and as many to spare, so that those of a long tape can be
// known. That a word passes for another happens once in 10^13 for a million words.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace casewire::scenarios {

/// `Slot` has the member `mark`, which is 0 where nothing is.
template <class Slot>
class WordTable {
 public:
  /// Nullptr: the word was never put.
  const Slot* find(std::string_view word) const {
    const Slot& slot = slots_[place_of(mark_of(word))];
    return slot.mark == 0 ? nullptr : &slot;
  }
  /// Its slot, and whether it is new.
  std::pair<Slot&, bool> put(std::string_view word) { return put(mark_of(word)); }
  /// Each word of another table, as it stands there.
  void put_all_of(const WordTable& other) {
    for (const Slot& slot : other.slots_) {
      if (slot.mark != 0) put(slot.mark).first = slot;
    }
  }

 private:
  std::pair<Slot&, bool> put(std::uint64_t mark) {
    if (Slot& known = slots_[place_of(mark)]; known.mark != 0) return {known, false};
    if (4 * (count_ + 1) > 3 * slots_.size()) grow();
    Slot& slot = slots_[place_of(mark)];
    slot.mark = mark;
    ++count_;
    return {slot, true};
  }
  static std::uint64_t mark_of(std::string_view word) {
    const std::uint64_t mark = std::hash<std::string_view>{}(word);
    return mark == 0 ? 1 : mark;
  }
  /// Where it is, or where it belongs. There is always a place.
  std::size_t place_of(std::uint64_t mark) const {
    std::size_t place = mark & (slots_.size() - 1);
    while (slots_[place].mark != 0 && slots_[place].mark != mark) place = (place + 1) & (slots_.size() - 1);
    return place;
  }
  void grow() {
    for (const Slot& slot : std::exchange(slots_, std::vector<Slot>(2 * slots_.size()))) {
      if (slot.mark != 0) slots_[place_of(slot.mark)] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);  ///< a power of two
  std::size_t count_ = 0;
};

class WordSet {
 public:
  void insert(std::string_view word) { table_.put(word); }
  void insert_all_of(const WordSet& other) { table_.put_all_of(other.table_); }
  bool contains(std::string_view word) const { return table_.find(word) != nullptr; }

 private:
  struct Slot {
    std::uint64_t mark = 0;
  };
  WordTable<Slot> table_;
};

/// A place for each word: of an exchange, of which a tape has fewer than 2^32.
class WordPlaces {
 public:
  /// The first one stays.
  void insert(std::string_view word, std::size_t place) {
    if (const auto [slot, is_new] = table_.put(word); is_new) slot.place = static_cast<std::uint32_t>(place);
  }
  /// The last one counts.
  void assign(std::string_view word, std::size_t place) { table_.put(word).first.place = static_cast<std::uint32_t>(place); }
  std::optional<std::size_t> find(std::string_view word) const {
    const auto* slot = table_.find(word);
    return slot == nullptr ? std::nullopt : std::optional<std::size_t>(slot->place);
  }

 private:
  struct Slot {
    std::uint64_t mark = 0;
    std::uint32_t place = 0;
  };
  WordTable<Slot> table_;
};

}  // namespace casewire::scenarios
