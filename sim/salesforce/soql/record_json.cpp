// Rows as REST shows them, written straight into the text of the answer.

#include <algorithm>
#include <cmath>

#include "sim/salesforce/records/row_json.hpp"
#include "sim/salesforce/soql/executor.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

using Member = Selection::Member;

const Selection* arm_for(const Member& member, const SObjectType& type) {
  for (const auto& [wanted, selection] : member.arms) {
    if (!wanted || wanted == &type) return &selection;
  }
  return nullptr;
}

/// Digits in groups of three.
std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > begin + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string american_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return std::to_string(static_cast<unsigned>(date.month())) + "/" + std::to_string(static_cast<unsigned>(date.day())) + "/" +
         std::to_string(static_cast<int>(date.year()));
}

std::string american_time(WallTime when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::minutes>(when - day)};
  const auto hour = clock.hours().count() % 12 == 0 ? 12 : clock.hours().count() % 12;
  const auto minute = std::to_string(clock.minutes().count());
  return american_date(day) + ", " + std::to_string(hour) + ":" + (minute.size() == 1 ? "0" : "") + minute +
         (clock.hours().count() < 12 ? " AM" : " PM");
}

/// FORMAT() for en_US, the locale of every user here. Source: SOQL and SOSL Reference, "FORMAT()"; the very forms are recalled.
std::string as_the_locale_writes(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) return american_date(date->day);
  if (const auto* when = std::get_if<WallTime>(&value)) return american_time(*when);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return grouped(std::to_string(*whole));
  if (const auto* real = std::get_if<double>(&value)) {
    auto text = std::to_string(std::round(*real * 1000) / 1000);
    text.erase(text.find_last_not_of('0') + 1);
    const auto point = text.find('.');
    return grouped(text.substr(0, point)) + (point + 1 == text.size() ? std::string{} : text.substr(point));
  }
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::get<bool>(value) ? "true" : "false";
}

constexpr std::size_t kRowsReserved = 2'000;

class RecordWriter {
 public:
  RecordWriter(JsonWriter& json, const Reader& reader, const Options& options)
      : json_(json), reader_(reader), options_(options) {}

  void record(const Record& row, const Selection& selection) {
    json_.begin_object();
    json_.written({attributes(*row.type, selection.names_only), id_of(row), kAttributesTail});
    for (const Member& member : selection.members) {
      json_.key_as_written(member.written_key);
      value(row, member);
    }
    json_.end_object();
  }

 private:
  /// Rows of one type come one after the other.
  std::string_view attributes(const SObjectType& type, bool names_only) {
    if (&type != attributes_type_ || names_only != attributes_names_only_) {
      attributes_type_ = &type;
      attributes_names_only_ = names_only;
      attributes_ = attributes_head(type, options_.url_prefix, names_only ? "Name" : "");
    }
    return attributes_;
  }

  void value(const Record& row, const Member& member) {
    switch (member.kind) {
      case Member::Kind::field: return field(row, member);
      case Member::Kind::children: return children(row, *member.children);
      case Member::Kind::parent: return parent(reader_.parent(row, member.slot), &member.parent);
      case Member::Kind::type_of: {
        const Record* found = reader_.parent(row, member.slot);
        return parent(found, found ? arm_for(member, *found->type) : nullptr);
      }
    }
  }

  void field(const Record& row, const Member& member) {
    if (member.is_type_name) return json_.string(Reader::type_name(row));
    const Field* field = member.slot.find(*row.type);
    if (field && member.is_formatted) return formatted(row.values[index_of(*row.type, *field)]);
    field ? write_field(json_, row, *field, options_.url_prefix) : json_.null();
  }

  void formatted(const Value& value) { is_null(value) ? json_.null() : json_.string(as_the_locale_writes(value)); }

  void parent(const Record* found, const Selection* selection) { found&& selection ? record(*found, *selection) : json_.null(); }

  void children(const Record& row, const BoundQuery& query) {
    const auto rows = matching_rows(query, reader_, &row);
    if (rows.empty()) return json_.null();
    const bool all = !options_.keep_children || rows.size() <= options_.child_rows;
    json_.begin_object();
    json_.key("totalSize");
    json_.integer(static_cast<std::int64_t>(rows.size()));
    json_.key("done");
    json_.boolean(all);
    if (all) {
      json_.key("records");
      json_.begin_array();
      for (const Record* child : rows) record(*child, query.selection);
    } else {
      first_children({.total = rows.size(), .records = shown_records(rows, query, reader_, options_)});
    }
    json_.end_array();
    json_.end_object();
  }

  void first_children(Rows children) {
    const std::string page{children.records.slice(0, options_.child_rows)};
    json_.key("nextRecordsUrl");
    json_.string(options_.keep_children(std::move(children)));
    json_.key("records");
    json_.begin_array();
    json_.written(page);
  }

  JsonWriter& json_;
  const Reader& reader_;
  const Options& options_;
  const SObjectType* attributes_type_ = nullptr;
  bool attributes_names_only_ = false;
  std::string attributes_{};
};

}  // namespace

Records shown_records(const std::vector<const Record*>& rows, const BoundQuery& query, const Reader& reader,
                      const Options& options) {
  Records records;
  records.ends.reserve(rows.size());
  JsonWriter json;
  RecordWriter writer{json, reader, options};
  for (const Record* row : rows) {
    writer.record(*row, query.selection);
    records.ends.push_back(json.bytes());
    // Rows are about as long as the first.
    if (records.ends.size() == 1) json.reserve(json.bytes() * std::min(rows.size(), kRowsReserved));
  }
  records.text = json.take();
  return records;
}

std::string_view Records::slice(std::size_t first, std::size_t end) const {
  if (first >= end) return {};
  const std::size_t begin = first == 0 ? 0 : ends[first - 1] + 1;  // behind the comma
  return std::string_view{text}.substr(begin, ends[end - 1] - begin);
}

std::vector<Json> Records::trees(std::size_t first, std::size_t end) const {
  std::vector<Json> trees;
  trees.reserve(end - first);
  for (std::size_t i = first; i < end; ++i) {
    const std::string_view record = slice(i, i + 1);  // our own text, which may be longer than any that we take
    trees.push_back(parse_json(record, {}, {.bytes_max = record.size()}).value());
  }
  return trees;
}

}  // namespace casewire::sim::salesforce::soql
