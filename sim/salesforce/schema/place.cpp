#include "sim/salesforce/schema/place.hpp"

#include <optional>

namespace casewire::sim::salesforce {
namespace {

class Finder {
 public:
  Finder(std::string_view text, const JsonPath& path) : text_(text), path_(path) {}

  std::size_t find() {
    blanks();
    best_ = at_;
    descend(0);
    return best_;
  }

 private:
  bool more() const { return at_ < text_.size(); }
  void blanks() {
    while (more() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }

  // The text of the string that starts here. Escapes are left as they are: names in a path are plain.
  std::string_view string() {
    const std::size_t start = ++at_;
    while (more() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    const auto text = text_.substr(start, at_ - start);
    if (more()) ++at_;
    return text;
  }

  // Jumps over one value without recursion: brackets are counted, strings are passed over whole.
  void skip() {
    std::size_t open = 0;
    do {
      blanks();
      if (!more()) return;
      const char c = text_[at_];
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        ++open;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (open == 0) return;
        --open;
        ++at_;
      } else if (c == ',' || c == ':') {
        if (open == 0) return;
        ++at_;
      } else {
        while (more() && std::string_view{",:]}[{\" \t\r\n"}.find(text_[at_]) == std::string_view::npos) ++at_;
      }
      blanks();
    } while (open > 0 && more());
  }

  void descend(std::size_t depth) {
    best_ = at_;
    if (depth == path_.size() || !more()) return;
    const char opening = text_[at_];
    if (opening != '{' && opening != '[') return;
    ++at_;
    for (std::size_t index = 0; more(); ++index) {
      blanks();
      if (!more() || text_[at_] == '}' || text_[at_] == ']') return;
      std::string_view name;
      if (opening == '{') {
        name = string();
        blanks();
        if (more()) ++at_;  // the colon
        blanks();
      }
      if (opening == '{' ? name == path_[depth] : std::to_string(index) == path_[depth]) {
        descend(depth + 1);  // at most as deep as the path
        return;
      }
      skip();
      blanks();
      if (more() && text_[at_] == ',') ++at_;
    }
  }

  std::string_view text_;
  const JsonPath& path_;
  std::size_t at_ = 0;
  std::size_t best_ = 0;
};

}  // namespace

std::size_t offset_in_json(std::string_view json, const JsonPath& path) { return Finder{json, path}.find(); }

Position place_in_json(std::string_view json, const JsonPath& path) { return position_at(json, offset_in_json(json, path)); }

}  // namespace casewire::sim::salesforce
