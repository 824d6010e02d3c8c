#pragma once
// What queries read: rows by object and by id. Implemented by the record store; SOQL tests bring their own small one.

#include <functional>
#include <string_view>

#include "sim/salesforce/records/value.hpp"

namespace casewire::sim::salesforce {

class Database {
 public:
  virtual ~Database() = default;
  virtual const Schema& schema() const = 0;
  virtual WallTime now() const = 0;
  /// Live rows in ascending Id order; deleted ones too when `with_deleted`. Stop early by returning false from `visit`.
  virtual void each(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const = 0;
  /// The same in descending Id order.
  virtual void each_backwards(const SObjectType& type, bool with_deleted,
                              const std::function<bool(const Record&)>& visit) const = 0;
  /// Whether each() shows the rows in ascending order of `field` too, as far as is known: none is null, and none below one before it.
  virtual bool ascends(const SObjectType& type, const Field& field) const = 0;
  /// nullptr when absent; a deleted row is still there. `id` in 18 characters.
  virtual const Record* row(std::string_view id) const = 0;
  /// The rows of `type` whose indexed reference, id-lookup or external-id field holds `text` (compared as the field compares);
  /// false when that field has no index, and then the caller scans with each(). Deleted rows are among them: look at IsDeleted.
  /// In ascending Id order.
  virtual bool indexed(const SObjectType& type, const Field& field, std::string_view text,
                       const std::function<bool(const Record&)>& visit) const = 0;
};

}  // namespace casewire::sim::salesforce
