#include "sim/salesforce/records/value.hpp"

namespace casewire::sim::salesforce {
namespace {

std::string text_of(Date date) { return iso8601(WallTime{date.day}).substr(0, 10); }

std::string text_of(WallTime when) {
  auto text = iso8601(when);
  text.replace(text.size() - 1, 1, "+0000");  // for its Z
  return text;
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

const Value kNull{};

}  // namespace

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
