#include "scenarios/tape/har_entries.hpp"

#include <algorithm>

namespace casewire::scenarios {

namespace {

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  HarEntries found() {
    HarEntries found;
    const std::size_t list = list_of_entries();
    if (list == std::string_view::npos) return found;
    at_ = list + 1;
    bool has_ended = false;
    for (std::size_t begin = next(); begin < text_.size(); begin = next()) {
      if (text_[begin] == ']') {
        has_ended = true;
        break;
      }
      if (text_[begin] == ',') {
        ++at_;
        continue;
      }
      if (!pass_value()) break;
      found.entries.push_back(text_.substr(begin, at_ - begin));
    }
    found.head = std::string(text_.substr(0, list + 1));
    if (has_ended) {
      const std::size_t end = at_;
      depth_ = 2;
      for (++at_; depth_ > 0 && at_ < text_.size();) step();
      has_ended = depth_ == 0;
      if (has_ended) found.head += text_.substr(end, at_ - end);
    }
    if (!has_ended) found.head += "]}}";
    found.is_cut_off = !has_ended;
    return found;
  }

 private:
  std::size_t next() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    return at_;
  }
  bool pass_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') return ++at_, true;
      if (text_[at_] == '\\') ++at_;
    }
    at_ = text_.size();
    return false;
  }
  void step() {
    const char c = text_[at_];
    if (c == '"') {
      (void)pass_string();
      return;
    }
    depth_ += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    ++at_;
  }
  /// False: the text ends before it.
  bool pass_value() {
    const int outer = depth_;
    const bool is_structure = text_[at_] == '{' || text_[at_] == '[';
    if (!is_structure) {
      if (text_[at_] == '"') return pass_string();
      at_ = std::min(text_.find_first_of(",]", at_), text_.size());
      return at_ < text_.size();
    }
    do step();
    while (depth_ > outer && at_ < text_.size());
    return depth_ == outer;
  }
  /// Where its bracket is.
  std::size_t list_of_entries() {
    while (at_ < text_.size()) {
      if (text_[at_] != '"' || depth_ != 2) {
        step();
        continue;
      }
      const std::size_t begin = at_;
      if (!pass_string()) break;
      if (text_.substr(begin, at_ - begin) != "\"entries\"" || next() >= text_.size() || text_[at_] != ':') continue;
      ++at_;
      return next() < text_.size() && text_[at_] == '[' ? at_ : std::string_view::npos;
    }
    return std::string_view::npos;
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

HarEntries entries_of(std::string_view har) { return Scan(har).found(); }

}  // namespace casewire::scenarios
