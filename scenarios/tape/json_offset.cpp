#include "scenarios/tape/json_offset.hpp"

#include <algorithm>

namespace casewire::scenarios {

namespace {

/// Walks over text that is known to be JSON; no check is repeated here.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) { skip_blanks(); }

  std::size_t offset() const { return next_; }

  /// Moves to the member or element of that name; false when there is none.
  bool enter(const std::string& part) {
    if (at_end() || (text_[next_] != '{' && text_[next_] != '[')) {
      return false;
    }
    const bool object = text_[next_] == '{';
    ++next_;
    skip_blanks();
    for (std::size_t index = 0; !at_end() && text_[next_] != '}' && text_[next_] != ']'; ++index) {
      bool found = !object && part == std::to_string(index);
      if (object) {
        const std::size_t begin = next_ + 1;
        skip_string();
        // A name with escapes is never found: no name that HAR knows has any.
        found = text_.substr(begin, next_ - begin - 1) == part;
        skip_blanks();
        ++next_;  // the colon
        skip_blanks();
      }
      if (found) {
        return true;
      }
      skip_value();
      skip_blanks();
      if (!at_end() && text_[next_] == ',') {
        ++next_;
        skip_blanks();
      }
    }
    return false;
  }

 private:
  bool at_end() const { return next_ >= text_.size(); }
  void skip_blanks() { next_ = std::min(text_.find_first_not_of(" \t\r\n", next_), text_.size()); }

  void skip_string() {
    for (++next_; !at_end() && text_[next_] != '"'; ++next_) {
      next_ += text_[next_] == '\\' ? 1 : 0;
    }
    ++next_;
  }

  void skip_value() {
    for (std::size_t depth = 0; !at_end();) {
      const char c = text_[next_];
      if (c == '"') {
        skip_string();
      } else {
        depth += c == '{' || c == '[' ? 1 : 0;
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
          return;
        }
        depth -= c == '}' || c == ']' ? 1 : 0;
        ++next_;
      }
    }
  }

  std::string_view text_;
  std::size_t next_ = 0;
};

}  // namespace

std::size_t json_offset(std::string_view text, const std::vector<std::string>& path) {
  Walker walker(text);
  std::size_t offset = walker.offset();
  for (const std::string& part : path) {
    if (!walker.enter(part)) {
      break;
    }
    offset = walker.offset();
  }
  return offset;
}

}  // namespace casewire::scenarios
