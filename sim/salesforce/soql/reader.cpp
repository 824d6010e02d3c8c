#include "sim/salesforce/soql/reader.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

const Value kNull{};

std::int64_t as_number(unsigned value) { return static_cast<std::int64_t>(value); }

}  // namespace

Value date_function(Function function, const Value& value) {
  using namespace std::chrono;
  sys_days day;
  int hour = 0;
  if (const auto* instant = std::get_if<WallTime>(&value)) {
    day = floor<days>(*instant);
    hour = static_cast<int>(floor<hours>(*instant - WallTime{day}).count());
  } else if (const auto* date = std::get_if<Date>(&value)) {
    day = date->day;
  } else {
    return Value{};
  }
  const year_month_day date{day};
  const auto month = static_cast<unsigned>(date.month());
  const auto day_in_month = static_cast<unsigned>(date.day());
  const std::int64_t day_in_year = (day - sys_days{date.year() / January / 1}).count() + 1;
  switch (function) {
    case Function::calendar_year: return std::int64_t{static_cast<int>(date.year())};
    case Function::calendar_quarter: return as_number((month - 1) / 3 + 1);
    case Function::calendar_month: return as_number(month);
    case Function::day_in_month: return as_number(day_in_month);
    case Function::day_in_week: return as_number(weekday{day}.c_encoding() + 1);  // 1 is Sunday
    case Function::day_in_year: return day_in_year;
    case Function::day_only: return Date{day};
    case Function::hour_in_day: return std::int64_t{hour};
    case Function::week_in_month: return as_number((day_in_month - 1) / 7 + 1);
    case Function::week_in_year: return (day_in_year - 1) / 7 + 1;
    default: return value;
  }
}

bool Reader::is_visible(const Record& row) const {
  if (with_deleted_) return true;
  const auto* deleted = std::get_if<bool>(&row.at("IsDeleted"));
  return !deleted || !*deleted;
}

const Value& Reader::value(const Record& row, const FieldSlot& field) const {
  const Field* declared = field.find(*row.type);
  return declared ? row.values[index_of(*row.type, *declared)] : kNull;
}

const Record* Reader::parent(const Record& row, const FieldSlot& reference) const {
  const auto* id = std::get_if<std::string>(&value(row, reference));
  const Record* found = id ? database_.row(*id) : nullptr;
  return found && is_visible(*found) ? found : nullptr;
}

std::string Reader::type_name(const Record& row) {
  if (row.type->name == "Group" && row.text("Type") == "Queue") return "Queue";
  return row.type->name;
}

const Value& Reader::value(const Record& row, const Operand& operand, Value& scratch) const {
  const Record* at = &row;
  for (const FieldSlot& reference : operand.path.parents) {
    at = parent(*at, reference);
    if (!at) return kNull;
  }
  if (!operand.path.declared) {
    scratch = type_name(*at);
    return scratch;
  }
  const Value& plain = value(*at, operand.path.field);
  if (operand.function == Function::none || is_aggregate(operand.function)) return plain;
  scratch = date_function(operand.function, plain);
  return scratch;
}

}  // namespace casewire::sim::salesforce::soql
