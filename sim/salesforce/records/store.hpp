#pragma once
// The rows of an org, their indexes, and an undo log. Knows no rules: records/saver.hpp applies those. Everything written since a
// mark can be taken back, so a failed save, an all-or-none request, or half a collection leaves nothing behind.
// Not thread-safe: the org's lock guards it. Rows stay where they are for the store's life; ids are never used twice.

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sim/salesforce/records/ascents.hpp"
#include "sim/salesforce/records/database.hpp"
#include "sim/salesforce/records/file_shelf.hpp"

namespace casewire::sim::salesforce {

struct Row : Record {
  std::string id;  ///< 18 characters
  bool deleted = false;
};

/// One save, as automation and the journal see it after commit.
struct Change {
  enum class Kind { insert, update, remove, restore };
  Kind kind = Kind::insert;
  const Row* row = nullptr;
  std::vector<Value> before{};  ///< of an update: all values as they were; otherwise empty
  std::vector<Value> after{};   ///< as they were when the triggers ran, before assignment rules
  std::string user_id{};
};

class Store final : public Database {
 public:
  explicit Store(Schema schema);

  // ---- Database
  const Schema& schema() const override { return schema_; }
  WallTime now() const override { return now_; }
  void each(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const override;
  void each_backwards(const SObjectType& type, bool with_deleted, const std::function<bool(const Record&)>& visit) const override;
  bool ascends(const SObjectType& type, const Field& field) const override;
  const Record* row(std::string_view id) const override;
  bool indexed(const SObjectType& type, const Field& field, std::string_view text,
               const std::function<bool(const Record&)>& visit) const override;

  /// The instant of the current request, by the org's clock: it goes back when somebody sets that clock back.
  void set_now(WallTime now) { now_ = now; }

  // ---- writing
  Row* find(std::string_view id);
  const Row* find(std::string_view id) const;
  /// Live rows of `type`, in ascending Id order, whose indexed `field` holds `text`.
  std::vector<Row*> matching(const SObjectType& type, const Field& field, std::string_view text);
  /// The id that the next row of `type` will get.
  std::string next_id(const SObjectType& type);
  Row& insert(const SObjectType& type, std::string id, const std::vector<Value>& values);
  void set(Row& row, std::size_t field, Value value);
  void set(Row& row, std::string_view field, Value value);
  /// `with`: the row whose deletion takes this one along; empty for the row that was meant.
  void remove(Row& row, std::string_view with = {});
  /// Out of the recycle bin.
  void restore(Row& row);
  struct Deletion {
    WallTime when{};
    std::string with;  ///< the id of the row that was meant
  };
  /// nullptr for a row that lives.
  const Deletion* deletion(const Row& row) const;
  /// The rows that went with that one's deletion, itself among them; in the order of their ids.
  std::vector<Row*> deleted_with(std::string_view id);
  /// Every row of the type that is in the recycle bin, with its deletion; in the order of their ids.
  void each_deleted(const SObjectType& type, const std::function<void(const Row&, const Deletion&)>& visit) const;
  void put_bytes(const Row& row, std::string bytes);
  std::optional<std::string> bytes(std::string_view id) const;
  /// The next number of an autonumber field. Gaps are never filled.
  std::uint64_t next_number(const SObjectType& type, const Field& field, std::uint64_t first);

  // ---- transactions
  struct Mark {
    std::size_t undo = 0, changes = 0;
  };
  Mark mark() const { return {undo_.size(), changes_.size()}; }
  void roll_back(Mark mark);
  void note(Change change) { changes_.push_back(std::move(change)); }
  /// Ends the transaction: what was noted since the last commit, in order.
  std::vector<Change> commit();

 private:
  /// Rows by the text of a field. In many small maps: one large one stops the org for a tenth of a second whenever it grows.
  class Index {
   public:
    /// In ascending Id order; nullptr when there are none.
    const std::vector<Row*>* find(const std::string& key) const;
    void add(const std::string& key, Row& row);
    void remove(const std::string& key, const Row& row);

   private:
    using Shard = std::unordered_map<std::string, std::vector<Row*>>;
    Shard& shard(const std::string& key) { return shards_[std::hash<std::string>{}(key) % shards_.size()]; }
    const Shard& shard(const std::string& key) const { return shards_[std::hash<std::string>{}(key) % shards_.size()]; }
    std::array<Shard, 16> shards_;
  };
  struct Table {
    explicit Table(const SObjectType& type) : ascents(type) {}
    /// By the number in their ids, from 1 on, which is the order of their ids; null where a save was taken back. A deque moves
    /// nothing when it grows.
    std::deque<std::unique_ptr<Row>> rows;
    Ascents ascents;
    std::uint64_t next = 1;
    bool soft_delete = true;                      ///< deleted rows stay in the recycle bin, seen by queryAll
    std::vector<std::unique_ptr<Index>> indexes;  ///< by field; null where the field has none
    std::vector<std::size_t> indexed;             ///< the fields that have one
  };
  struct Undo {
    enum class Kind { insert, set, remove, restore } kind = Kind::insert;
    Row* row = nullptr;
    std::size_t field = 0;
    Value before{};
    Deletion deletion{};  ///< of a restore
  };

  Table& table(const SObjectType& type);
  const Table& table(const SObjectType& type) const;
  void index(Row& row, std::size_t field, bool add);
  void write(Row& row, std::size_t field, Value value);
  void write_deleted(Row& row, bool deleted);

  Schema schema_;
  WallTime now_{};
  std::vector<Table> tables_;  ///< parallel to schema_.types()
  FileShelf files_;
  std::map<std::string, Deletion, std::less<>> deletions_;  ///< by id of the deleted row
  std::map<std::pair<const SObjectType*, const Field*>, std::uint64_t> numbers_;
  std::vector<Undo> undo_;
  std::vector<Change> changes_;
};

}  // namespace casewire::sim::salesforce
