#pragma once
// Reads the values that bound paths and date functions stand for.

#include "sim/salesforce/records/database.hpp"
#include "sim/salesforce/soql/bound.hpp"

namespace casewire::sim::salesforce::soql {

/// The integer or day that a date function gives; null for null. Fiscal years are not among them.
Value date_function(Function function, const Value& value);

/// Borrows the database; values live as long as it holds still.
class Reader {
 public:
  Reader(const Database& database, bool with_deleted) : database_(database), with_deleted_(with_deleted) {}

  /// A live row, or any when deleted ones are asked for.
  bool is_visible(const Record& row) const;
  /// The row that a reference field points to; nullptr when it is null, unknown or not visible.
  const Record* parent(const Record& row, const FieldSlot& reference) const;
  /// Null over a null parent, and for a field that the row's type has not.
  const Value& value(const Record& row, const FieldSlot& field) const;
  const Value& value(const Record& row, const Operand& operand, Value& scratch) const;
  /// What `Owner.Type` shows: the object's name, `Queue` for a Group that is one (recalled).
  static std::string type_name(const Record& row);

  const Database& database() const { return database_; }
  bool with_deleted() const { return with_deleted_; }

 private:
  const Database& database_;
  bool with_deleted_;
};

}  // namespace casewire::sim::salesforce::soql
