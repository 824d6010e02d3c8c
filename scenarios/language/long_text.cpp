#include "scenarios/language/long_text.hpp"

#include <charconv>

namespace casewire::scenarios {

namespace {

constexpr std::string_view kWide = "\u65E5";  // three bytes in UTF-8

/// Ten characters each: the number of the last one, then filling.
std::string counted_text(std::size_t characters, bool wide) {
  std::string out;
  for (std::size_t ten = 10; ten <= characters; ten += 10) {
    std::string number = std::to_string(ten);
    number.insert(0, number.size() < 6 ? 6 - number.size() : 0, '0');
    out += number + " ";
    for (std::size_t i = number.size() + 1; i < 10; ++i) {
      out += wide ? kWide : i + 1 == 10 ? " " : "x";
    }
  }
  for (std::size_t i = characters - characters % 10; i < characters; ++i) {
    out += wide ? kWide : "x";
  }
  return out;
}

}  // namespace

std::optional<std::string> long_text(std::string_view written) {
  std::string out;
  bool found = false;
  while (true) {
    const std::size_t begin = written.find('%');
    const std::size_t end = begin == std::string_view::npos ? begin : written.find('%', begin + 1);
    if (end == std::string_view::npos) {
      break;
    }
    const std::string_view inside = written.substr(begin + 1, end - begin - 1);
    std::size_t characters = 0;
    const auto [stop, error] = std::from_chars(inside.data(), inside.data() + inside.size(), characters);
    const std::string_view unit = inside.substr(static_cast<std::size_t>(stop - inside.data()));
    const bool wide = unit == " wide characters";
    if (error != std::errc{} || (unit != " characters" && !wide)) {
      out += written.substr(0, end);  // some other text between percent signs; the second may begin one
      written.remove_prefix(end);
      continue;
    }
    if (characters > kLongTextMax) {
      return std::nullopt;
    }
    out += std::string(written.substr(0, begin)) + counted_text(characters, wide);
    written.remove_prefix(end + 1);
    found = true;
  }
  out += written;
  return found ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace casewire::scenarios
