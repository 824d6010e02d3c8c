#include "base/text/json.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/text/json_reader.hpp"
#include "base/text/json_writer.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

/// Feeds the lexer and tells how far it has read, which the SAX events of the library do not say.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

struct Complaint {
  std::size_t offset = 0;  ///< in bytes
  std::size_t length = 1;  ///< in bytes
  std::string problem;
};

/// The library's own text without its prefix and without what it read: a body may hold secrets.
std::string without_quotation(std::string message, const std::string& last_token) {
  if (const auto start = message.find("syntax error "); start != std::string::npos) {
    message.erase(0, start);
  }
  const auto quotation = "; last read: '" + last_token + "'";
  if (const auto at = message.find(quotation); at != std::string::npos) {
    message.erase(at, quotation.size());
  }
  return message;
}

/// How many bytes the token has that the parser did not expect, from the name the library gives it.
std::size_t unexpected_bytes(const std::string& message, const std::string& last_token) {
  const auto is = [&](std::string_view name) { return message.find("unexpected " + std::string{name}) != std::string::npos; };
  if (is("string literal") || is("number literal")) return last_token.size();
  if (is("false literal")) return 5;
  if (is("true literal") || is("null literal")) return 4;
  return 1;
}

/// SAX events in, one value out. Members are appended, not looked up: ordered_json's own insertion searches all.
class Builder {
 public:
  Builder(std::string_view text, const char* const& reached, JsonLimits limits)
      : text_(text), reached_(reached), limits_(limits) {}

  bool null() { return add(nullptr) != nullptr; }
  bool boolean(bool value) { return add(value) != nullptr; }
  bool number_integer(Json::number_integer_t value) { return add(value) != nullptr; }
  bool number_unsigned(Json::number_unsigned_t value) { return add(value) != nullptr; }
  bool number_float(Json::number_float_t value, const std::string& digits) {
    if (digits.find_first_of(".eE") == std::string::npos) {
      // The lexer has read the character after the number too, unless there is none.
      const auto start = text_.rfind(digits, offset() - digits.size());
      return complain({start, digits.size(), "expected an integer of at most 64 bits, found a longer one"});
    }
    return add(value) != nullptr;
  }
  bool string(std::string& value) { return add(std::move(value)) != nullptr; }
  bool binary(Json::binary_t& value) { return add(std::move(value)) != nullptr; }
  bool start_object(std::size_t) { return open(Json::value_t::object); }
  bool start_array(std::size_t) { return open(Json::value_t::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    auto& level = open_.back();
    if (!is_new(level, name)) {
      const auto start = start_of_string_before(offset());
      return complain({start, offset() - start, "this member stands twice in the object"});
    }
    level.value->get_ref<Json::object_t&>().emplace_back(name, Json{});
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
    constexpr int number_overflow = 406;
    if (error.id == number_overflow) {
      return complain(
          {position - last_token.size(), last_token.size(), "expected a number in the range of a double, found one beyond it"});
    }
    const auto problem = without_quotation(error.what(), last_token);
    if (problem.find("unexpected end of input") != std::string::npos) {
      return complain({text_.size(), 1, problem});
    }
    const auto bytes = unexpected_bytes(problem, last_token);
    return complain({position >= bytes ? position - bytes : 0, bytes, problem});
  }

  Json take_value() { return std::move(root_); }
  const std::optional<Complaint>& complaint() const { return complaint_; }

 private:
  struct Level {
    Json* value;
    std::set<std::string, std::less<>> names{};  ///< filled once the object is too long to be searched
  };
  static constexpr std::size_t kSearched = 24;

  std::size_t offset() const { return static_cast<std::size_t>(reached_ - text_.data()); }

  template <class Value>
  Json* add(Value&& value) {
    if (open_.empty()) {
      root_ = std::forward<Value>(value);
      return &root_;
    }
    auto& parent = *open_.back().value;
    if (parent.is_array()) {
      return &parent.get_ref<Json::array_t&>().emplace_back(std::forward<Value>(value));
    }
    auto& newest = parent.get_ref<Json::object_t&>().back().second;
    newest = std::forward<Value>(value);
    return &newest;
  }

  bool open(Json::value_t kind) {
    if (open_.size() == limits_.depth_max) {
      return complain({offset() - 1, 1, "nested deeper than " + std::to_string(limits_.depth_max) + " levels"});
    }
    // The parent's storage does not move while this child is open, so the pointer stays good.
    open_.push_back({add(Json(kind))});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  static bool is_new(Level& level, const std::string& name) {
    const auto& members = level.value->get_ref<const Json::object_t&>();
    if (members.size() < kSearched) {
      return std::none_of(members.begin(), members.end(), [&](const auto& known) { return known.first == name; });
    }
    if (level.names.empty()) {
      for (const auto& known : members) level.names.insert(known.first);
    }
    return level.names.insert(name).second;
  }

  /// The offset of the opening quote of the string that ends right before `end`.
  std::size_t start_of_string_before(std::size_t end) const {
    std::size_t at = end - 1;
    std::size_t backslashes = 0;
    do {
      at = text_.rfind('"', at - 1);
      backslashes = at - (text_.find_last_not_of('\\', at - 1) + 1);
    } while (backslashes % 2 == 1);
    return at;
  }

  bool complain(Complaint complaint) {
    complaint_ = std::move(complaint);
    return false;
  }

  std::string_view text_;
  const char* const& reached_;
  JsonLimits limits_;
  Json root_;
  std::vector<Level> open_;
  std::optional<Complaint> complaint_;
};

Diagnostic diagnostic_of(const Complaint& complaint, std::string_view text, std::string_view file) {
  const auto start = std::min(complaint.offset, text.size());
  const auto marked = text.substr(start, complaint.length);
  return {
      {std::string{file}, position_at(text, start)}, complaint.problem, {}, std::max<std::size_t>(1, character_count(marked))};
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string_view file, JsonLimits limits) {
  if (text.size() > limits.bytes_max) {
    return fail(Diagnostic{
        {std::string{file}, {}},
        "expected at most " + std::to_string(limits.bytes_max) + " bytes of JSON, found " + std::to_string(text.size())});
  }
  if (auto value = read_sound_json(text, limits.depth_max)) return std::move(*value);
  // The library takes a NUL byte for the end of the input, and would not look at what follows.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return fail(diagnostic_of({nul, 1, "a NUL byte stands in the JSON"}, text, file));
  }
  const char* reached = text.data();
  Builder builder{text, reached, limits};
  const CountingIterator first{text.data(), &reached};
  const CountingIterator last{text.data() + text.size(), &reached};
  if (!Json::sax_parse(first, last, &builder)) {
    return fail(diagnostic_of(builder.complaint().value(), text, file));
  }
  return builder.take_value();
}

std::string dump_json(const Json& value) {
  JsonWriter writer;
  writer.tree(value);
  return writer.take();
}

std::string string_member(const Json& object, std::string_view name, std::string fallback) {
  const auto& found = member(object, name);
  return found.is_string() ? found.get_ref<const std::string&>() : std::move(fallback);
}

const Json& member(const Json& object, std::string_view name) {
  static const Json none;
  if (object.is_object()) {
    for (const auto& [known, value] : object.get_ref<const Json::object_t&>()) {
      if (known == name) return value;
    }
  }
  return none;
}

}  // namespace casewire
