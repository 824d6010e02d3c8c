#pragma once
// A copy of a store's file to try something on, at a place of its own that goes with it. The file itself stays as it is, whoever works on it.

#include <memory>
#include <string>

#include "base/text/result.hpp"
#include "bridge/store/rows.hpp"
#include "bridge/store/schema_number.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {

class StoreCopy {
 public:
  /// As the file is at one moment, brought to this program's schema. The error says why it cannot be read, or copied.
  static Result<std::unique_ptr<StoreCopy>> of(const std::string& file);
  ~StoreCopy();
  StoreCopy(const StoreCopy&) = delete;
  StoreCopy& operator=(const StoreCopy&) = delete;

  SqliteStore& store() { return *store_; }
  /// Of the file.
  const SchemaNumber& number() const { return number_; }
  /// All of them. Throw StoreFailure.
  std::vector<Link> links() const;
  std::vector<Job> jobs() const;

 private:
  StoreCopy() = default;
  std::string file() const { return folder_ + "/copy.sqlite"; }

  std::string folder_;
  SchemaNumber number_{};
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace casewire::bridge
