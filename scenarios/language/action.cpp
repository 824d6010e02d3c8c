#include "scenarios/language/action.hpp"

#include <algorithm>

#include "scenarios/language/numbers.hpp"
#include "scenarios/language/operations.hpp"

namespace casewire::scenarios {

namespace {

const std::string kNothing;

/// As a cell of a table says it; table_row.hpp reads it back.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '\\') {
      out += '\\';
    }
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

/// Of a choice of words the first is for one, the other for many: `comment|comments`.
const std::string& word_for(const Element& element, const Value* number) {
  const bool one = number != nullptr && (number->text == "1" || number->text.starts_with("1 "));
  return one ? element.words.front() : element.words.back();
}

}  // namespace

std::string Said::text() const {
  std::string all = sentence;
  for (const std::string& row : rows) {
    all += "\n" + row;
  }
  return all;
}

bool Action::says(std::string_view option) const {
  return std::find(variant_->options.begin(), variant_->options.end(), option) != variant_->options.end();
}

const Value* Action::find(std::string_view slot) const {
  const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& value) { return value.slot == slot; });
  return found == values_.end() ? nullptr : &*found;
}

const std::string& Action::text(std::string_view slot) const {
  const Value* value = find(slot);
  return value == nullptr ? kNothing : value->text;
}

std::optional<std::string> Action::text_if_any(std::string_view slot) const {
  const Value* value = find(slot);
  return value == nullptr ? std::nullopt : std::optional(value->text);
}

std::vector<std::string> Action::texts(std::string_view slot) const {
  std::vector<std::string> all;
  for (const Value& value : values_) {
    if (value.slot == slot) {
      all.push_back(value.text);
    }
  }
  return all;
}

milliseconds Action::duration(std::string_view slot) const {
  return has(slot) ? read_duration(text(slot)).value_or(milliseconds{0}) : milliseconds{0};
}

std::uint32_t Action::count(std::string_view slot, std::uint32_t otherwise) const {
  return has(slot) ? read_count(text(slot)).value_or(otherwise) : otherwise;
}

std::uint32_t Action::ordinal(std::string_view slot) const { return read_ordinal(text(slot)).value_or(1); }
std::size_t Action::size() const { return read_size(text("size")).value_or(0); }
int Action::code() const { return read_code(text("code")).value_or(503); }
std::string Action::operation() const { return operation_in_singular(text("operation")); }

Said Action::said() const {
  Said said;
  auto value = values_.begin();
  for (const Element& element : variant_->elements) {
    if (element.kind == Token::Kind::table || !element.begins_slot) {
      continue;
    }
    const bool joins = element.kind == Token::Kind::possessive || element.kind == Token::Kind::colon;
    if (!joins && !said.sentence.empty()) {
      said.sentence += ' ';
    }
    if (element.value_kind != nullptr) {
      const std::string& text = value->written.empty() ? value->text : value->written;
      said.sentence += element.kind == Token::Kind::quoted ? in_straight_quotes(text) : text;
      ++value;
    } else if (element.kind == Token::Kind::possessive) {
      said.sentence += "'s";
    } else if (element.kind == Token::Kind::colon) {
      said.sentence += ':';
    } else {
      said.sentence += word_for(element, value == values_.begin() ? nullptr : &*std::prev(value));
    }
  }
  for (; value != values_.end(); ++value) {
    said.rows.push_back("| " + cell(value->written.empty() ? value->text : value->written) + " |");
  }
  return said;
}

}  // namespace casewire::scenarios
