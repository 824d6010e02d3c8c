#include "sim/salesforce/records/value.hpp"

#include <array>

namespace casewire::sim::salesforce {
namespace {

std::string text_of(Date date) { return iso8601(WallTime{date.day}).substr(0, 10); }

std::string text_of(WallTime when) {
  auto text = iso8601(when);
  text.pop_back();  // its Z
  return text += "+0000";
}

// Without a string between: answers hold many.
void write_time(JsonWriter& json, WallTime when) {
  std::array text = std::to_array("\"0000-00-00T00:00:00.000+0000\"");
  if (!put_iso8601(when, std::span{text}.subspan<1, kIso8601Bytes>())) return json.string(text_of(when));
  json.written(std::string_view{text.data(), text.size() - 1});
}

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool value) const { return value; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(double value) const { return value; }
  Json operator()(const std::string& value) const { return value; }
  Json operator()(Date value) const { return text_of(value); }
  Json operator()(WallTime value) const { return text_of(value); }
};

struct WriteJson {
  JsonWriter& json;
  void operator()(std::monostate) const { json.null(); }
  void operator()(bool value) const { json.boolean(value); }
  void operator()(std::int64_t value) const { json.integer(value); }
  void operator()(double value) const { json.tree(value); }
  void operator()(const std::string& value) const { json.string(value); }
  void operator()(Date value) const { json.string(text_of(value)); }
  void operator()(WallTime value) const { write_time(json, value); }
};

const Value kNull{};

unsigned state_of(const Value& value) {
  if (is_null(value)) return 0;
  const auto* flag = std::get_if<bool>(&value);
  return !flag ? 3 : *flag ? 2 : 1;
}

}  // namespace

const std::array<Value, Values::stored> Values::kUnstored{Value{}, Value{false}, Value{true}};

Values::Values(const std::vector<Value>& values, const Values& other) : size_(values.size()) {
  const auto words = (size_ + kFieldsEach - 1) / kFieldsEach;
  if (words > states_.size()) more_states_.resize(words - states_.size());
  std::size_t count = 0;
  for (std::size_t field = 0; field < size_; ++field) {
    const auto state = state_of(values[field]);
    set_state(field, state);
    if (state == stored) ++count;
  }
  stored_.reserve(count);
  std::size_t of_other = 0;  // the place there
  for (std::size_t field = 0; field < size_; ++field) {
    const bool is_there = field < other.size_ && other.state(field) == stored;
    if (state(field) == stored) {
      const bool same = is_there && *other.stored_[of_other] == values[field];
      stored_.push_back(same ? other.stored_[of_other] : Shared{values[field]});
    }
    if (is_there) ++of_other;
  }
}

void Values::set_state(std::size_t field, unsigned state) {
  auto& states = word(field / kFieldsEach);
  const auto shift = 2 * (field % kFieldsEach);
  states = (states & ~(std::uint64_t{3} << shift)) | (std::uint64_t{state} << shift);
}

void Values::set(std::size_t field, Value value) {
  const auto before = state(field), after = state_of(value);
  const auto at = static_cast<std::ptrdiff_t>(place(field));
  if (before == stored && after == stored)
    stored_[static_cast<std::size_t>(at)] = Shared{std::move(value)};
  else if (before == stored)
    stored_.erase(stored_.begin() + at);
  else if (after == stored)
    stored_.insert(stored_.begin() + at, Shared{std::move(value)});
  set_state(field, after);
}

std::vector<Value> Values::list() const {
  std::vector<Value> values(size_);
  for (std::size_t field = 0; field < size_; ++field) values[field] = (*this)[field];
  return values;
}

void write_json(JsonWriter& json, const Value& value) { std::visit(WriteJson{json}, value); }

Json to_json(const Value& value) { return std::visit(ToJson{}, value); }

const Value& Record::at(std::string_view name) const {
  const Field* field = type ? type->field(name) : nullptr;
  return field ? values[index_of(*type, *field)] : kNull;
}

std::string Record::text(std::string_view name) const {
  const auto* text = std::get_if<std::string>(&at(name));
  return text ? *text : std::string{};
}

}  // namespace casewire::sim::salesforce
