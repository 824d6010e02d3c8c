#pragma once
// HTML cut into text and tags. Follows: HTML Living Standard, 13.2.5 "Tokenization", as far as text needs it: what is a tag and what
// is a lone "<", attributes in quotes, comments of every form, and elements whose content is no markup (script, style, title,
// textarea ...). Any bytes are taken; there is no error. One pass, no recursion; a tag that never ends is no text, as in a browser.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casewire {

struct HtmlToken {
  enum class Kind { text, start_tag, end_tag, end };
  Kind kind = Kind::end;
  std::string_view text{};      ///< of a text; references are not decoded yet
  bool has_references = false;  ///< false inside raw elements, where "&amp;" means itself
  std::string name{};           ///< of a tag, lower case
  std::vector<std::pair<std::string, std::string>>
      attributes{};  ///< names in lower case, values decoded; the first of equals counts

  /// Null when the tag has no such attribute.
  const std::string* attribute(std::string_view wanted) const;
};

/// Views into `html`, which outlives it.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html) : html_(html) {}
  HtmlToken next();
  /// Where the next token begins.
  std::size_t at() const { return at_; }

 private:
  HtmlToken text_until(std::size_t end, bool has_references);
  HtmlToken content_of_raw_element();
  HtmlToken tag();
  void attribute_into(HtmlToken& token);
  void skip_comment();
  char byte_at(std::size_t place) const { return place < html_.size() ? html_[place] : '\0'; }
  std::size_t behind(std::string_view end, std::size_t from) const;

  std::string_view html_;
  std::size_t at_ = 0;
  std::string raw_element_{};  ///< its content stands at `at_`; empty when markup does
};

}  // namespace casewire
