#pragma once
// One field's value, in the form SOQL compares and JSON shows.

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
  const Value& operator[](std::size_t field) const;
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
  unsigned state(std::size_t field) const { return (static_cast<unsigned char>(states_[field / 4]) >> (field % 4 * 2)) & 3u; }
  void set_state(std::size_t field, unsigned state);
  /// Where a stored value stands, or would stand.
  std::size_t place(std::size_t field) const;

  std::string states_;  ///< four fields a byte; short enough to need no memory of its own for most objects
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
