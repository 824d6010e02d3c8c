#include "base/text/json_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "base/text/ascii.hpp"
#include "base/text/json_bytes.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

using Member = std::pair<std::string, Json>;

class SoundReader {
 public:
  SoundReader(std::string_view text, std::size_t depth_max) : rest_(text), levels_left_(depth_max) {}

  /// The whole text is one value.
  bool read(Json& value) {
    if (!read_value(value)) return false;
    skip_blanks();
    return rest_.empty();
  }

 private:
  void skip_blanks() {
    std::size_t blanks = 0;
    while (blanks < rest_.size() && is_blank(rest_[blanks])) ++blanks;
    rest_.remove_prefix(blanks);
  }
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// Between two values: true with `done` at the closing bracket.
  bool go_on(char closing, bool& done) {
    skip_blanks();
    done = take(closing);
    return done || take(',');
  }

  bool read_value(Json& value) {
    skip_blanks();
    switch (front()) {
      case '{': return read_object(value);
      case '[': return read_array(value);
      case '"': {
        std::string text;
        if (!read_string(text)) return false;
        value = std::move(text);
        return true;
      }
      case 't': value = true; return take_word("true");
      case 'f': value = false; return take_word("false");
      case 'n': value = nullptr; return take_word("null");
      default: return read_number(value);
    }
  }

  bool read_array(Json& value) {
    if (levels_left_ == 0) return false;
    --levels_left_;
    value = Json::array();
    auto& elements = value.get_ref<Json::array_t&>();
    rest_.remove_prefix(1);
    skip_blanks();
    for (bool done = take(']'); !done;) {
      if (!read_value(elements.emplace_back()) || !go_on(']', done)) return false;
    }
    ++levels_left_;
    return true;
  }

  // The members wait beside, for the library's object copies every name when it grows.
  bool read_object(Json& value) {
    if (levels_left_ == 0) return false;
    --levels_left_;
    const auto first = members_.size();
    rest_.remove_prefix(1);
    skip_blanks();
    for (bool done = take('}'); !done;) {
      skip_blanks();
      Member member;
      if (front() != '"' || !read_string(member.first)) return false;
      skip_blanks();
      if (!take(':') || !read_value(member.second)) return false;
      members_.push_back(std::move(member));
      if (!go_on('}', done)) return false;
    }
    const auto begin = members_.begin() + static_cast<std::ptrdiff_t>(first);
    if (has_a_name_twice(begin, members_.end())) return false;
    value = Json::object();
    auto& object = value.get_ref<Json::object_t&>();
    object.reserve(members_.size() - first);
    for (auto member = begin; member != members_.end(); ++member)
      object.emplace_back(std::move(member->first), std::move(member->second));
    members_.erase(begin, members_.end());
    ++levels_left_;
    return true;
  }

  static bool has_a_name_twice(std::vector<Member>::const_iterator begin, std::vector<Member>::const_iterator end) {
    constexpr std::ptrdiff_t kCompared = 24;
    if (end - begin <= kCompared) {
      for (auto one = begin; one != end; ++one)
        if (std::any_of(begin, one, [&](const Member& earlier) { return earlier.first == one->first; })) return true;
      return false;
    }
    std::vector<std::string_view> names;
    names.reserve(static_cast<std::size_t>(end - begin));
    std::transform(begin, end, std::back_inserter(names), [](const Member& member) { return std::string_view{member.first}; });
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  bool read_string(std::string& text) {
    rest_.remove_prefix(1);
    for (;;) {
      const auto plain = plain_json_bytes(rest_);
      text.append(rest_, 0, plain);
      rest_.remove_prefix(plain);
      if (take('"')) return true;
      if (take('\\')) {
        if (!read_escape(text)) return false;
      } else {
        const auto character = prefix_of_characters(rest_, 1);
        if (character.size() < 2) return false;  // the end, a control character, or no UTF-8
        text += character;
        rest_.remove_prefix(character.size());
      }
    }
  }

  bool read_escape(std::string& text) {
    const char letter = front();
    if (letter == 'u') return read_code_escape(text);
    constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    const auto at = kLetters.find(letter);
    if (at == kLetters.npos) return false;
    text += kMeanings[at];
    rest_.remove_prefix(1);
    return true;
  }

  bool read_code_escape(std::string& text) {
    std::uint32_t code = 0;
    if (!read_code(code)) return false;
    const auto is_high = [](std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; };
    const auto is_low = [](std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; };
    if (is_low(code)) return false;
    if (is_high(code)) {
      std::uint32_t low = 0;
      if (!take('\\') || !read_code(low) || !is_low(low)) return false;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    text += utf8_of(code);
    return true;
  }

  /// "u00e9"
  bool read_code(std::uint32_t& code) {
    constexpr std::size_t kDigits = 4;
    if (front() != 'u' || rest_.size() <= kDigits) return false;
    for (std::size_t at = 1; at <= kDigits; ++at) {
      const int digit = hex_value(rest_[at]);
      if (digit < 0) return false;
      code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    rest_.remove_prefix(1 + kDigits);
    return true;
  }

  bool read_number(Json& value) {
    const auto digits_from = [&](std::size_t at) {
      while (at < rest_.size() && rest_[at] >= '0' && rest_[at] <= '9') ++at;
      return at;
    };
    const auto is_at = [&](std::size_t at, std::string_view any) { return at < rest_.size() && any.find(rest_[at]) != any.npos; };
    const std::size_t first = is_at(0, "-") ? 1 : 0;
    std::size_t end = digits_from(first);
    if (end == first || (is_at(first, "0") && end > first + 1)) return false;
    const std::size_t integer_end = end;
    if (is_at(end, ".")) {
      const auto fraction = end + 1;
      end = digits_from(fraction);
      if (end == fraction) return false;
    }
    if (is_at(end, "eE")) {
      const auto exponent = end + 1 + (is_at(end + 1, "+-") ? 1 : 0);
      end = digits_from(exponent);
      if (end == exponent) return false;
    }
    const auto number = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (end != integer_end) return put_number<double>(value, number);
    return first == 1 ? put_number<std::int64_t>(value, number) : put_number<std::uint64_t>(value, number);
  }

  template <class Number>
  static bool put_number(Json& value, std::string_view digits) {
    Number number{};
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc{}) return false;
    value = number;
    return true;
  }

  std::string_view rest_;
  std::size_t levels_left_;
  std::vector<Member> members_;  ///< of all objects that are open
};

}  // namespace

std::optional<Json> read_sound_json(std::string_view text, std::size_t depth_max) {
  std::optional<Json> value{std::in_place};
  if (!SoundReader{text, depth_max}.read(*value)) value.reset();
  return value;
}

}  // namespace casewire
