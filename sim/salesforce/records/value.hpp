#pragma once
// One field's value, in the form SOQL compares and JSON shows.

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/text/json_writer.hpp"
#include "base/text/time.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

struct Date {
  std::chrono::sys_days day;
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// null; boolean; int, long; double, currency, percent; every kind of text and id (18 characters); date; datetime.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, WallTime>;

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }
/// As REST answers show it: `2026-01-05T09:00:00.000+0000`, `10.0` for doubles, ids in 18 characters.
void write_json(JsonWriter& json, const Value& value);
/// The same as a tree.
Json to_json(const Value& value);

/// The values of one row, by the fields' indexes. Most fields of most rows are null or a boolean: those take two bits, and only the
/// others are stored; and most of those are what the row before has too (the owner, who made it and when, the status): then both
/// rows share them. Not for two threads at once: the org's lock guards it.
class Values {
 public:
  Values() = default;
  Values(const std::vector<Value>& values) : Values(values, Values{}) {}  // NOLINT: a list of values is the values of a row
  /// Shares with `other` what both have in the same field.
  Values(const std::vector<Value>& values, const Values& other);

  std::size_t size() const { return size_; }
  /// Good until the next set().
  const Value& operator[](std::size_t field) const {
    const auto found = state(field);
    return found == stored ? *stored_[place(field)] : kUnstored[found];
  }
  const Value& front() const { return (*this)[0]; }
  void set(std::size_t field, Value value);
  /// One Value for each field, to be changed at will.
  std::vector<Value> list() const;

 private:
  enum State : unsigned { null = 0, no = 1, yes = 2, stored = 3 };
  /// A value and how many rows have it: half of what the standard library's shared pointer takes.
  class Shared {
   public:
    explicit Shared(Value value) : cell_(new Cell{1, std::move(value)}) {}
    Shared(const Shared& other) : cell_(other.cell_) { ++cell_->rows; }
    Shared(Shared&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
    Shared& operator=(Shared other) noexcept {
      std::swap(cell_, other.cell_);
      return *this;
    }
    ~Shared() {
      if (cell_ && --cell_->rows == 0) delete cell_;
    }
    const Value& operator*() const { return cell_->value; }

   private:
    struct Cell {
      std::uint32_t rows;
      const Value value;
    };
    Cell* cell_;
  };

  // The states of 32 fields a word. Those of most objects are two words; further ones have memory of their own.
  static constexpr std::size_t kFieldsEach = 32;
  static const std::array<Value, stored> kUnstored;  ///< by state
  std::uint64_t word(std::size_t at) const { return at < states_.size() ? states_[at] : more_states_[at - states_.size()]; }
  std::uint64_t& word(std::size_t at) { return at < states_.size() ? states_[at] : more_states_[at - states_.size()]; }
  unsigned state(std::size_t field) const {
    return static_cast<unsigned>(word(field / kFieldsEach) >> (2 * (field % kFieldsEach))) & 3u;
  }
  void set_state(std::size_t field, unsigned state);
  static std::size_t stored_among(
      std::uint64_t states) {  // pairs of two ones; without a call, since not every machine has one for it
    constexpr std::uint64_t kPairs = 0x5555'5555'5555'5555, kFours = 0x3333'3333'3333'3333, kEights = 0x0f0f'0f0f'0f0f'0f0f;
    const auto pairs = states & (states >> 1) & kPairs;
    const auto fours = (pairs & kFours) + ((pairs >> 2) & kFours);
    return static_cast<std::size_t>((((fours + (fours >> 4)) & kEights) * 0x0101'0101'0101'0101) >> 56);
  }
  /// Where a stored value stands, or would stand.
  std::size_t place(std::size_t field) const {
    std::size_t before = 0;
    for (std::size_t at = 0; at < field / kFieldsEach; ++at) before += stored_among(word(at));
    const auto bits = 2 * (field % kFieldsEach);
    return before + (bits == 0 ? 0 : stored_among(word(field / kFieldsEach) & ((std::uint64_t{1} << bits) - 1)));
  }

  std::array<std::uint64_t, 2> states_{};
  std::vector<std::uint64_t> more_states_{};
  std::vector<Shared> stored_;
  std::size_t size_ = 0;
};

/// A row: one value per field of its SObjectType, by the field's index there.
struct Record {
  const SObjectType* type = nullptr;
  Values values;
  const Value& operator[](std::size_t field) const { return values[field]; }
  /// By name, without case; null when the type has no such field.
  const Value& at(std::string_view field) const;
  std::string text(std::string_view field) const;  ///< empty when null or no text
};

}  // namespace casewire::sim::salesforce
