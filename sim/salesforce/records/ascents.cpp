#include "sim/salesforce/records/ascents.hpp"

#include <algorithm>
#include <string>

#include "base/text/ascii.hpp"

namespace casewire::sim::salesforce {
namespace {

/// Texts are told apart by queries in a way that is not the bytes'; of as many digits it is.
bool are_numbers_of_one_length(const std::string& a, const std::string& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), is_digit) && std::all_of(b.begin(), b.end(), is_digit);
}

bool follows(const Value& value, const Value& before) {
  if (const auto* time = std::get_if<WallTime>(&value)) {
    const auto* earlier = std::get_if<WallTime>(&before);
    return is_null(before) || (earlier && *earlier <= *time);
  }
  const auto* text = std::get_if<std::string>(&value);
  if (!text) return false;
  const auto* lower = std::get_if<std::string>(&before);
  return is_null(before) ? are_numbers_of_one_length(*text, *text)
                         : lower && are_numbers_of_one_length(*lower, *text) && *lower <= *text;
}

}  // namespace

Ascents::Ascents(const SObjectType& type) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (field.auto_number || field.name == "CreatedDate") ascents_.push_back({.field = i});
  }
}

void Ascents::inserted(const Values& values, bool is_newest) {
  std::erase_if(ascents_, [&](Ascent& ascent) {
    const Value& value = values[ascent.field];
    if (!is_newest || !follows(value, ascent.newest)) return true;
    ascent.newest = value;
    return false;
  });
}

void Ascents::written(std::size_t field) {
  std::erase_if(ascents_, [&](const Ascent& ascent) { return ascent.field == field; });
}

bool Ascents::hold(std::size_t field) const {
  return std::any_of(ascents_.begin(), ascents_.end(), [&](const Ascent& ascent) { return ascent.field == field; });
}

}  // namespace casewire::sim::salesforce
