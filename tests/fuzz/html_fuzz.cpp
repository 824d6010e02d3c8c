// Any bytes become text: valid when they were, of bounded length, and every letter outside tags is still there.

#include "base/text/html_text.hpp"

#include "base/text/html_tokens.hpp"
#include "base/text/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(html) {
  const std::string_view html{reinterpret_cast<const char*>(bytes), size};
  const auto text = text_of_html(html);
  require(!is_valid_utf8(html) || is_valid_utf8(text), "text of valid HTML is valid");
  require(text.size() <= 64 * html.size() + 64, "text is bounded by its HTML");
  require(text.find(" \n") == std::string::npos, "no line ends with a blank");

  // An independent look for what can only be visible: capital letters outside of tags when nothing is hidden or raw.
  bool is_plain = true;
  std::string letters;
  HtmlTokens tokens{html};
  for (auto token = tokens.next(); token.kind != HtmlToken::Kind::end; token = tokens.next()) {
    if (token.kind == HtmlToken::Kind::text) {
      is_plain = is_plain && token.has_references && token.text.find('&') == std::string_view::npos;
      for (const char c : token.text) {
        if (c >= 'A' && c <= 'Z') letters += c;
      }
    } else {
      is_plain =
          is_plain && token.attributes.empty() && token.name != "template" && token.name != "rp" && token.name != "datalist";
    }
  }
  std::size_t at = 0;
  for (std::size_t letter = 0; is_plain && letter < letters.size(); ++letter) {
    at = text.find(letters[letter], at);
    require(at != std::string::npos, "no visible letter is lost");
    ++at;
  }
  return 0;
}
