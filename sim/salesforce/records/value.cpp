#include "sim/salesforce/records/value.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace casewire::sim::salesforce {
namespace {

std::string text_of(Date date) { return iso8601(WallTime{date.day}).substr(0, 10); }

std::string text_of(WallTime when) {
  auto text = iso8601(when);
  text.pop_back();  // its Z
  return text += "+0000";
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
  void operator()(WallTime value) const { json.string(text_of(value)); }
};

const Value kNull{}, kNo{false}, kYes{true};

unsigned state_of(const Value& value) {
  if (is_null(value)) return 0;
  const auto* flag = std::get_if<bool>(&value);
  return !flag ? 3 : *flag ? 2 : 1;
}

}  // namespace

Values::Values(const std::vector<Value>& values, const Values& other)
    : states_((values.size() + 3) / 4, '\0'), size_(values.size()) {
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
  auto& byte = states_[field / 4];
  const auto shift = field % 4 * 2;
  byte = static_cast<char>((static_cast<unsigned char>(byte) & ~(3u << shift)) | (state << shift));
}

std::size_t Values::place(std::size_t field) const {
  // Pairs of two ones are counted, eight bytes at a time: it is asked of every value of every row that is shown.
  constexpr std::uint64_t kLowBits = 0x5555'5555'5555'5555;
  const std::size_t whole = field / 4;
  std::size_t before = 0;
  for (std::size_t at = 0; at < whole; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, states_.data() + at, std::min(sizeof word, whole - at));
    before += static_cast<std::size_t>(std::popcount(word & (word >> 1) & kLowBits));
  }
  for (auto i = whole * 4; i < field; ++i) before += state(i) == stored ? 1 : 0;
  return before;
}

const Value& Values::operator[](std::size_t field) const {
  switch (state(field)) {
    case null: return kNull;
    case no: return kNo;
    case yes: return kYes;
    default: return *stored_[place(field)];
  }
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
