#pragma once
// The objects and fields of an org, as data. The standard ones come from schema/standard.json (vendor facts, Spring '26), an
// org's own from its org file. Knows no records.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::sim::salesforce {

// clang-format off
enum class FieldType {
  id, reference, string, textarea, picklist, multipicklist, combobox, email, phone, url,
  boolean, integer, real, currency, percent, date, datetime, time, base64, address, any,
};
// clang-format on

struct Field {
  std::string name;   ///< API name in its declared case
  std::string label;  ///< what messages name
  FieldType type = FieldType::string;
  std::string type_name;                 ///< as the describe spells it: "double", "int", "textarea"
  std::size_t length = 0;                ///< characters
  std::size_t digits = 0;                ///< of an int
  std::size_t precision = 0, scale = 0;  ///< of a double, currency or percent
  std::size_t bytes_max = 0;             ///< a limit in UTF-8 bytes where the vendor has one (CaseComment.CommentBody); 0: none
  bool nillable = true, createable = true, updateable = true, defaulted = false;
  bool filterable = true, sortable = true, groupable = true;
  bool id_lookup = false, external_id = false, unique = false, case_sensitive = false, auto_number = false;
  bool restricted = false;  ///< restricted picklist
  bool custom = false;
  std::vector<std::string> values{};      ///< of a picklist
  std::string default_value{};            ///< applied when the member is absent on insert; empty: none
  std::vector<std::string> references{};  ///< objects a reference may point to
  std::string relationship{};             ///< name in parent paths ("Contact"); empty: none
};

struct ChildRelationship {
  std::string name;    ///< "CaseComments"; empty: a query cannot name them
  std::string object;  ///< "CaseComment"
  std::string field;   ///< "ParentId"
  bool cascade_delete = false;
};

struct SObjectType {
  std::string name, label, plural;
  std::string key_prefix;
  bool createable = true, updateable = true, deletable = true, queryable = true, custom = false;
  bool searchable = true;     ///< by SOSL
  bool replicateable = true;  ///< what changed and what was deleted is listed
  bool recycle_bin = true;    ///< false: what is deleted is gone
  std::vector<Field> fields;  ///< in describe order
  std::vector<ChildRelationship> children;
  std::vector<std::string> unmodelled;  ///< fields that every real org has and this fake does not

  /// Without case, as the platform does; nullptr when there is none.
  const Field* field(std::string_view name) const;
  const Field* relationship(std::string_view name) const;
  /// The field that stands for a row: in lists, and as its Name behind a reference to several objects. nullptr when there is none.
  const Field* name_field() const;
  const ChildRelationship* child(std::string_view name) const;
  /// True for a name that a real org would know: "no such column" would be a wrong answer.
  bool lacks(std::string_view field_name) const;
};

/// Where in its type a field stands, and so where in a row its value. The field is one of this very type.
inline std::size_t index_of(const SObjectType& type, const Field& field) {
  return static_cast<std::size_t>(&field - type.fields.data());
}

class Schema {
 public:
  Schema() = default;
  Schema(std::vector<SObjectType> types, std::vector<std::string> unmodelled)
      : types_(std::move(types)), unmodelled_(std::move(unmodelled)) {}

  /// The standard objects that this fake models.
  static Schema standard();
  /// A schema file, such as schema/standard.json (form: schema/loader.hpp); `file` names it in errors.
  static Result<Schema> read(std::string_view text, std::string_view file);
  /// Adds the objects and fields of the "schema" member of an org file's text (form: schema/loader.hpp); `file` names it in
  /// errors. Pointers into the schema from before are no longer valid.
  Result<void> extend(std::string_view org_json, std::string_view file);

  /// False when there is no such field. Pointers into the schema from before are no longer valid.
  bool remove_field(std::string_view object, std::string_view field);

  const SObjectType* find(std::string_view name) const;  ///< without case
  const SObjectType* with_prefix(std::string_view key_prefix) const;
  /// True for an object that every real org has and this fake does not.
  bool lacks(std::string_view object_name) const;
  const std::vector<SObjectType>& types() const { return types_; }
  /// The objects by name that every real org has and this fake does not, without those that lacks() knows by their endings.
  const std::vector<std::string>& unmodelled() const { return unmodelled_; }

 private:
  std::vector<SObjectType> types_;
  std::vector<std::string> unmodelled_;
};

}  // namespace casewire::sim::salesforce
