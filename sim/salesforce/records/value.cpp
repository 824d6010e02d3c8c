#include "sim/salesforce/records/value.hpp"

#include <cstdio>

namespace casewire::sim::salesforce {
namespace {

std::string text_of(Date date) {
  const std::chrono::year_month_day day{date.day};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()));
  return text;
}

std::string text_of(WallTime when) {
  auto text = iso8601(when);
  if (!text.empty() && text.back() == 'Z') text.replace(text.size() - 1, 1, "+0000");
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

const Value kNull{};

}  // namespace

Json to_json(const Value& value) { return std::visit(ToJson{}, value); }

const Value& Record::at(std::string_view name) const {
  const Field* field = type ? type->field(name) : nullptr;
  return field ? values[static_cast<std::size_t>(field - type->fields.data())] : kNull;
}

std::string Record::text(std::string_view name) const {
  const auto* text = std::get_if<std::string>(&at(name));
  return text ? *text : std::string{};
}

}  // namespace casewire::sim::salesforce
