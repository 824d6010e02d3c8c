#include <algorithm>
#include <map>

#include "base/text/html_references.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/lexemes.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::size_t kElementsMax = 64;

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<std::vector<Lexeme>> read() {
    while (!rest_.empty()) {
      if (!rest_.starts_with('<')) {
        take_text();
      } else if (!skip("<?", "?>") && !skip("<!--", "-->") && !take_cdata() && !skip("<!", ">") && !take_tag()) {
        return std::nullopt;
      }
      if (open_.size() > kElementsMax) return std::nullopt;
    }
    return open_.empty() && seen_ ? std::optional(std::move(tokens_)) : std::nullopt;
  }

 private:
  bool skip(std::string_view begin, std::string_view end) {
    if (!rest_.starts_with(begin) || rest_.starts_with("<![CDATA[")) return false;
    const std::size_t found = rest_.find(end, begin.size());
    if (found == std::string_view::npos) return false;
    rest_.remove_prefix(found + end.size());
    return true;
  }

  bool take_cdata() {
    constexpr std::string_view kBegin = "<![CDATA[";
    const std::size_t end = rest_.starts_with(kBegin) ? rest_.find("]]>") : std::string_view::npos;
    if (end == std::string_view::npos) return false;
    add(std::string(rest_.substr(kBegin.size(), end - kBegin.size())), true);
    rest_.remove_prefix(end + 3);
    return true;
  }

  void take_text() {
    const std::size_t end = std::min(rest_.find('<'), rest_.size());
    const std::string_view text = trimmed(rest_.substr(0, end));
    if (!text.empty()) add(resolved(text), true);
    rest_.remove_prefix(end);
  }

  bool take_tag() {
    const std::size_t end = end_of_tag();
    if (end == std::string_view::npos) return false;
    std::string_view tag = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      if (open_.empty() || open_.back() != trimmed(tag.substr(1))) return false;
      add("</>", false);
      open_.pop_back();
      return true;
    }
    const bool empty = tag.ends_with('/');
    if (empty) tag.remove_suffix(1);
    const std::size_t name = std::min(tag.find_first_of(" \t\r\n"), tag.size());
    if (name == 0) return false;
    seen_ = true;
    open_.emplace_back(tag.substr(0, name));
    add("<" + open_.back() + ">", false);
    if (!take_attributes(tag.substr(name))) return false;
    if (empty) {
      add("</>", false);
      open_.pop_back();
    }
    return true;
  }

  /// A `>` may stand in an attribute's value.
  std::size_t end_of_tag() const {
    char quote = 0;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (quote != 0) {
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at;
      }
    }
    return std::string_view::npos;
  }

  bool take_attributes(std::string_view text) {
    std::map<std::string, std::string> attributes;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
      const std::size_t equals = text.find('=');
      if (equals == std::string_view::npos) return false;
      const std::string name(trimmed(text.substr(0, equals)));
      text = trimmed(text.substr(equals + 1));
      if (text.empty() || (text[0] != '"' && text[0] != '\'')) return false;
      const std::size_t end = text.find(text[0], 1);
      if (end == std::string_view::npos) return false;
      attributes[name] = resolved(text.substr(1, end - 1));
      text.remove_prefix(end + 1);
    }
    for (const auto& [name, value] : attributes) {
      add("@" + name, false);
      add(value, true);
    }
    return true;
  }

  static std::string resolved(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
      const HtmlReference reference = text[at] == '&' ? html_reference_at(text, at) : HtmlReference{};
      plain += reference.bytes == 0 ? std::string(1, text[at]) : reference.utf8;
      at += std::max<std::size_t>(reference.bytes, 1);
    }
    return plain;
  }

  void add(std::string text, bool quoted) {
    std::string place;
    for (const std::string& name : open_) place += "/" + name;
    tokens_.push_back({std::move(text), quoted, std::move(place)});
  }

  std::string_view rest_;
  bool seen_ = false;
  std::vector<std::string> open_;
  std::vector<Lexeme> tokens_;
};

}  // namespace

std::optional<std::vector<Lexeme>> xml_lexemes(std::string_view document) { return Reader(trimmed(document)).read(); }

}  // namespace casewire::scenarios
