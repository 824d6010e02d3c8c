#pragma once
// Saves: one row is created, updated or deleted, or nothing at all happens. The phases stand in the order of
// docs/salesforce.md, "Order of checks": names and types, writable fields, system validation, the object's own behaviour, required
// fields, uniqueness, the row, what follows from it (records/behaviour.hpp), assignment rules. Triggers are modelled as rules that
// run after commit (automation/), so they see the row before assignment.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/salesforce/records/coerce.hpp"
#include "sim/salesforce/records/obstacles.hpp"
#include "sim/salesforce/records/rights.hpp"
#include "sim/salesforce/records/save_error.hpp"
#include "sim/salesforce/records/store.hpp"

namespace casewire::sim::salesforce {

/// Who saves, and how the request asked for it.
struct Actor {
  std::string user_id;
  bool modify_all = false;  ///< the profile may change what others may not (sent comments, files of sent mails)
  bool auto_assign = true;  ///< `Sforce-Auto-Assign` of the request; REST's default
  bool by_api = false;      ///< a caller from outside, whom ordered refusals meet
  BodyPlace place{};
};

struct SaveResult {
  std::string id{};
  bool created = false;
  SaveErrors errors{};
  bool ok() const { return errors.empty(); }
};

/// The one active rule for an object: its rows go to `owner_id` on every create and update that asks for assignment.
struct AssignmentRule {
  std::string object;
  std::string owner_id;
};

/// A save under way: the row as it will be.
struct Draft {
  Store& store;
  const Actor& actor;
  const SObjectType& type;
  const Row* before = nullptr;  ///< null on insert
  std::string id{};
  std::vector<Value> values{};
  std::vector<std::size_t> written{};
  std::optional<std::string> bytes{};  ///< of a base64 field

  Value& operator[](std::string_view field);
  std::string text(std::string_view field);  ///< empty when null
  bool wrote(std::string_view field) const;
  /// On insert: whether the field has a value; on update: whether it differs from before.
  bool changes(std::string_view field);
};

/// A key that should mean one row means these.
SaveError several_rows_error(const Field& key, const std::vector<Row*>& rows);

class Saver {
 public:
  explicit Saver(Store& store) : store_(store) {}
  void assign(AssignmentRule rule) { assignment_.push_back(std::move(rule)); }

  SaveResult create(const Actor& actor, const SObjectType& type, const Json& fields);
  SaveResult update(const Actor& actor, Row& row, const Json& fields);
  /// What the reader of a body says of its names and values, whatever row it is for.
  static SaveErrors misread(const Actor& actor, const SObjectType& type, const Json& fields);
  /// Soft delete where the object has a recycle bin; takes dependent rows with it.
  SaveErrors remove(const Actor& actor, Row& row);
  /// Takes a row out of the recycle bin, with those that its deletion took along.
  SaveErrors restore(const Actor& actor, Row& row);
  /// The losers are deleted, and what hangs on them hangs on the master then; no trigger runs for what is moved. Source: Apex
  /// Developer Guide, "Merging Records": up to two losers, of the master's object.
  SaveErrors merge(const Actor& actor, Row& master, std::span<Row* const> losers);
  /// What stands in the way of saves.
  Obstacles obstacles{};
  /// What users may not do.
  Rights rights{};

  using NamedValue = std::pair<std::string_view, Value>;
  /// A row that the platform itself makes: any field may be given, and only the database's own rules hold.
  Row& create_by_system(const Actor& actor, std::string_view object, std::span<const NamedValue> values);

 private:
  SaveResult save(Draft draft, const Json& fields);
  SaveErrors read_members(Draft& draft, const Json& fields);
  SaveErrors read_parent(Draft& draft, const Field& reference, const Json& parent, std::string_view member);
  Row& write(Draft& draft);
  void run_assignment(const Actor& actor, Row& row);
  void remove_with_children(const Actor& actor, Row& row, const std::string& with, std::size_t depth);
  void move_children(const Actor& actor, const Row& from, const Row& to);

  Store& store_;
  std::vector<AssignmentRule> assignment_;
};

}  // namespace casewire::sim::salesforce
