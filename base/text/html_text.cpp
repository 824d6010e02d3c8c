#include "base/text/html_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text/html_references.hpp"
#include "base/text/html_tokens.hpp"
#include "base/text/strings.hpp"
#include "base/text/text_page.hpp"
#include "base/text/utf8.hpp"

namespace casewire {
namespace {

using Kind = HtmlToken::Kind;

constexpr std::size_t kHiddenBytesMax = 64u << 10;  // what is hidden and longer is shown rather than looked through
constexpr std::size_t kHiddenSearchMax = 4u << 20;  // over all hidden elements of one document, so that time stays linear
constexpr std::size_t kOpenMax = 512;               // open elements; deeper ones are read as part of their parents
constexpr std::size_t kLinkTextMax = 4096;          // a longer one is not searched for its address
constexpr std::size_t kAddressMax = 2048;           // a longer one is no address that a reader could use

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Section 15.3.1 "Hidden elements": those whose content is no markup, and the others that hold text.
constexpr std::array<std::string_view, 6> kUnseenRaw{"script", "style", "title", "iframe", "noembed", "noframes"};
constexpr std::array<std::string_view, 3> kUnseen{"rp", "datalist", "template"};
constexpr std::array<std::string_view, 13> kParagraphs{"p",  "h1", "h2", "h3",  "h4",         "h5",    "h6",
                                                       "ul", "ol", "dl", "pre", "blockquote", "figure"};
constexpr std::array<std::string_view, 34> kLines{"address", "article", "aside",   "body",   "caption",  "center",   "dd",
                                                  "details", "dialog",  "dir",     "div",    "dt",       "fieldset", "figcaption",
                                                  "footer",  "form",    "header",  "hgroup", "hr",       "html",     "legend",
                                                  "li",      "listing", "main",    "menu",   "nav",      "optgroup", "option",
                                                  "search",  "section", "summary", "table",  "textarea", "xmp"};
constexpr std::array<std::string_view, 13> kVoid{"area",  "base", "br",   "col",    "embed", "hr", "img",
                                                 "input", "link", "meta", "source", "track", "wbr"};

// CSS Display 3, section 2: outside they are blocks, whatever they are within. "inline-block" is none.
constexpr std::array<std::string_view, 6> kBlockStyles{"display:block", "display:flex",      "display:grid",
                                                       "display:table", "display:list-item", "display:flow-root"};

/// "iv" of 4, "d" of 4: how an ordered list of that type counts. Beyond what the type can say, a number.
std::string ordinal(long number, std::string_view type) {
  if ((type == "a" || type == "A") && number > 0 && number < 1'000'000) {
    std::string letters;
    for (long rest = number; rest > 0; rest = (rest - 1) / 26)
      letters.insert(letters.begin(), static_cast<char>(type[0] + (rest - 1) % 26));
    return letters;
  }
  if ((type == "i" || type == "I") && number > 0 && number < 4000) {
    static constexpr std::array<std::pair<long, std::string_view>, 13> kRoman{{{1000, "m"},
                                                                               {900, "cm"},
                                                                               {500, "d"},
                                                                               {400, "cd"},
                                                                               {100, "c"},
                                                                               {90, "xc"},
                                                                               {50, "l"},
                                                                               {40, "xl"},
                                                                               {10, "x"},
                                                                               {9, "ix"},
                                                                               {5, "v"},
                                                                               {4, "iv"},
                                                                               {1, "i"}}};
    std::string roman;
    for (const auto& [value, letters] : kRoman) {
      for (; number >= value; number -= value) roman += letters;
    }
    if (type == "I")
      std::transform(roman.begin(), roman.end(), roman.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return roman;
  }
  return std::to_string(number);
}

std::optional<long> number_in(const HtmlToken& tag, std::string_view attribute) {
  const auto* text = tag.attribute(attribute);
  if (text == nullptr) return std::nullopt;
  const auto digits = trimmed(*text);
  long number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc{} || end == digits.data()) return std::nullopt;
  return std::clamp(number, -1'000'000L, 1'000'000L);
}

/// The rules of the tag's own style, lower case and without blanks: "color:red;display:none".
std::string style_of(const HtmlToken& tag) {
  const auto* style = tag.attribute("style");
  if (style == nullptr) return {};
  std::string rules = lowercase(*style);
  rules.erase(std::remove_if(rules.begin(), rules.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }),
              rules.end());
  return rules;
}

bool is_hidden(const HtmlToken& tag) {
  if (is_one_of(tag.name, kUnseen) || tag.attribute("hidden") != nullptr) return true;
  return style_of(tag).find("display:none") != std::string::npos;
}

/// Begins a line and ends one, whatever the tag is.
bool is_block_by_style(const HtmlToken& tag) {
  const std::string style = style_of(tag);
  return std::any_of(kBlockStyles.begin(), kBlockStyles.end(),
                     [&](std::string_view rule) { return style.find(rule) != std::string::npos; });
}

/// "10<sup>6</sup>" would be read as 106. Nullopt where it is more than a number ("1<sup>st</sup>").
std::optional<std::string> superscript(std::string_view text) {
  constexpr std::string_view kPlain = "0123456789+-";
  constexpr std::array<std::string_view, kPlain.size()> kRaised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁺", "⁻"};
  std::string raised;
  for (const char c : trimmed(text)) {
    const auto at = kPlain.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    raised += kRaised[at];
  }
  return raised;
}

/// What a reader would be told of a link's target; empty for one that leads nowhere.
std::string shown_address(std::string_view target) {
  std::string address;
  for (const char c : trimmed(target)) {
    if (static_cast<unsigned char>(c) >= ' ') address += c;  // the URL Standard strips line ends and tabs
  }
  const std::string start = lowercase(std::string_view{address}.substr(0, 16));
  for (const std::string_view mute : {"#", "javascript:", "vbscript:", "data:", "cid:", "mid:", "about:"}) {
    if (start.starts_with(mute)) return {};
  }
  if (start.starts_with("mailto:")) return address.substr(7, address.find('?') - 7);
  if (start.starts_with("tel:")) return address.substr(4);
  return address.size() > kAddressMax ? std::string{} : address;
}

/// The address without what people leave out when they write one.
std::string bare(std::string_view address) {
  std::string text = lowercase(trimmed(address));
  for (const std::string_view start : {"https://", "http://", "mailto:", "www."}) {
    if (text.starts_with(start)) text.erase(0, start.size());
  }
  while (text.ends_with('/')) text.pop_back();
  return text;
}

class Layout {
 public:
  explicit Layout(std::string_view html) : tokens_(html) {}

  std::string text() {
    for (auto token = tokens_.next(); token.kind != Kind::end; token = tokens_.next()) {
      if (token.kind == Kind::text) {
        write(token);
      } else if (token.kind == Kind::start_tag) {
        open(token);
      } else {
        close(token.name);
      }
    }
    end_link();
    return page_.taken();
  }

 private:
  /// An element that is open and means something for what stands in it.
  struct Element {
    std::string name;
    bool keeps_blanks = false;  ///< preformatted
    bool framed = false;        ///< its end ends a frame of the page
    bool ends_line = false;     ///< a block by its style alone
    long next_number = 1;       ///< of an ordered list
    long step = 1;              ///< -1 in a reversed one
    std::string type{};         ///< how an ordered list counts
    std::size_t text_at = 0;    ///< of a row: where it began on the page
    std::size_t cell_at = 0;    ///< of a row: where its last cell began
  };

  // ---- words

  void write(const HtmlToken& token) {
    if (!unseen_.empty()) return;
    std::string_view text = token.text;
    if (at_pre_begin_) {  // the first line end of <pre> and <textarea> is no text
      at_pre_begin_ = false;
      if (text.starts_with('\r')) text.remove_prefix(1);
      if (text.starts_with('\n')) text.remove_prefix(1);
    }
    for (std::size_t at = 0; at < text.size();) {
      const auto reference = text[at] == '&' && token.has_references ? html_reference_at(text, at) : HtmlReference{};
      if (reference.bytes > 0) {
        write_character(reference.utf8);
        at += reference.bytes;
        continue;
      }
      const auto begin = at++;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      write_character(text.substr(begin, at - begin));
    }
  }

  void write_character(std::string_view character) {
    const char c = character.front();
    if (c == '\n') {
      pre_ > 0 ? page_.break_line_kept() : page_.blank();
    } else if (character == "\xC2\xA0") {
      page_.blank_kept(' ');  // a blank that does not fold
    } else if (c == ' ' || c == '\t') {
      pre_ > 0 ? page_.blank_kept(c) : page_.blank();
    } else if (c == '\f' || c == '\r') {
      if (pre_ == 0) page_.blank();
    } else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) {
      page_.write(character);
    }
  }

  void write_plain(std::string_view text) { write(HtmlToken{.kind = Kind::text, .text = text}); }

  // ---- elements

  void open(const HtmlToken& tag) {
    unseen_.clear();
    at_pre_begin_ = false;
    if (is_one_of(tag.name, kUnseenRaw)) {
      unseen_ = tag.name;
    } else if (is_hidden(tag) && !is_one_of(tag.name, kVoid) && skip(tag.name)) {
      return;
    } else if (tag.name == "br") {
      pre_ > 0 ? page_.break_line_kept() : page_.break_line();
    } else if (tag.name == "img" || tag.name == "input" || tag.name == "area") {
      open_replaced(tag);
    } else if (tag.name == "a") {
      end_link();
      if (is_block_by_style(tag)) page_.begin_line();
      if (const auto* target = tag.attribute("href")) begin_link(*target);
    } else if (tag.name == "q") {
      page_.write("\"");
      ++quotations_;
    } else if (tag.name == "sup") {
      write_raised();
    } else if (tag.name == "li") {
      open_item(tag);
    } else if (tag.name == "tr") {
      close_within("tr", "table");
      page_.begin_row();
      push({.name = "tr", .text_at = page_.bytes(), .cell_at = page_.bytes()});
    } else if (tag.name == "td" || tag.name == "th") {
      open_cell();
    } else {
      open_block(tag);
    }
  }

  void open_block(const HtmlToken& tag) {
    const bool list_in_item = (tag.name == "ul" || tag.name == "ol") && !elements_.empty() && elements_.back().name == "li";
    if (is_one_of(tag.name, kParagraphs)) {
      list_in_item ? page_.begin_line() : page_.begin_paragraph();
    } else if (is_one_of(tag.name, kLines)) {
      page_.begin_line();
    }
    if (tag.name == "ul" || tag.name == "menu" || tag.name == "dir" || tag.name == "table") {
      push({.name = tag.name});
    } else if (tag.name == "ol") {
      const auto* type = tag.attribute("type");
      const bool reversed = tag.attribute("reversed") != nullptr;
      push({.name = "ol",
            .next_number = number_in(tag, "start").value_or(reversed ? items_ahead() : 1),
            .step = reversed ? -1 : 1,
            .type = type ? *type : ""});
    } else if (tag.name == "blockquote") {
      push({.name = "blockquote"}, "> ", "> ");
    } else if (tag.name == "dd") {
      close_within("dd", "dl");
      push({.name = "dd"}, "  ", "  ");
    } else if (tag.name == "dl") {
      push({.name = "dl"});
    } else if (tag.name == "dt") {
      close_within("dd", "dl");
    } else if (is_preformatted(tag.name)) {
      if (push({.name = tag.name, .keeps_blanks = true})) ++pre_;
      at_pre_begin_ = true;
    } else if (!is_one_of(tag.name, kVoid)) {
      open_styled(tag);
    }
  }

  /// Within an element that its style alone makes special, all are kept in mind: the next end tag of its name need not be its own.
  void open_styled(const HtmlToken& tag) {
    const bool keeps_blanks = style_of(tag).find("white-space:pre") != std::string::npos;
    const bool is_block = is_block_by_style(tag);
    if (is_block) page_.begin_line();
    if (!keeps_blanks && !is_block && pre_ == 0 && styled_blocks_ == 0) return;
    if (!push({.name = tag.name, .keeps_blanks = keeps_blanks, .ends_line = is_block})) return;
    if (keeps_blanks) ++pre_;
    if (is_block) ++styled_blocks_;
  }

  void write_raised() {
    HtmlTokens ahead = tokens_;
    const auto token = ahead.next();
    if (token.kind != Kind::text) return;
    if (const auto raised = superscript(token.text)) {
      write_plain(*raised);
      tokens_ = ahead;
    }
  }

  static bool is_preformatted(std::string_view name) {
    return name == "pre" || name == "textarea" || name == "xmp" || name == "listing" || name == "plaintext";
  }

  /// Elements that are shown as a text which stands in an attribute.
  void open_replaced(const HtmlToken& tag) {
    if (tag.name == "input") {
      const auto* type = tag.attribute("type");
      const std::string kind = type == nullptr ? "text" : lowercase(*type);
      for (const std::string_view mute : {"hidden", "password", "checkbox", "radio", "file", "color", "range", "image"}) {
        if (kind == mute) return;
      }
      if (const auto* value = tag.attribute("value")) write_plain(*value);
      return;
    }
    if (is_hidden(tag)) return;
    link_has_image_ = true;
    if (const auto* alternative = tag.attribute("alt")) write_plain(*alternative);
  }

  void open_item(const HtmlToken& tag) {
    if (innermost("li", "list")) close_nearest("li");
    std::string marker = "- ";
    if (auto* list = list_of_item(); list != nullptr && list->name == "ol") {
      if (const auto value = number_in(tag, "value")) list->next_number = *value;
      const auto* type = tag.attribute("type");
      marker = ordinal(list->next_number, type ? *type : list->type) + ". ";
      list->next_number += list->step;
    }
    page_.begin_line();
    const std::string later(marker.size(), ' ');
    push({.name = "li"}, std::move(marker), later);
  }

  void open_cell() {
    close_within("td", "tr");
    if (elements_.empty() || elements_.back().name != "tr") {
      close_within("tr", "table");
      page_.begin_row();
      push({.name = "tr", .text_at = page_.bytes(), .cell_at = page_.bytes()});
    }
    auto& row = elements_.back();
    if (page_.bytes() > row.text_at) {
      auto last_cell = page_.from(row.cell_at);
      last_cell.remove_prefix(std::min(last_cell.find_first_not_of('\n'), last_cell.size()));
      page_.begin_cell(last_cell.find('\n') != std::string_view::npos);
    }
    row.cell_at = page_.bytes();
    push({.name = "td"});
  }

  void close(const std::string& name) {
    unseen_.clear();
    at_pre_begin_ = false;
    if (name == "a") {
      end_link();
    } else if (name == "br") {
      page_.break_line();  // as browsers read </br>
    } else if (name == "q") {
      if (quotations_ > 0) --quotations_, page_.append_to_last_word("\"");
    } else if (name == "td" || name == "th") {
      close_within("td", "tr");
    } else if (name == "li") {
      close_item();
    } else {
      if (is_one_of(name, kParagraphs)) {
        close_nearest(name);
        const bool list_in_item = (name == "ul" || name == "ol") && !elements_.empty() && elements_.back().name == "li";
        list_in_item ? page_.begin_line() : page_.begin_paragraph();
      } else if (is_one_of(name, kLines) || name == "tr") {
        close_nearest(name);
        page_.begin_line();
      } else if (pre_ > 0 || styled_blocks_ > 0) {
        close_nearest(name);
      }
    }
  }

  void close_item() {
    if (!innermost("li", "list")) return;
    close_nearest("li");
    page_.begin_line();
  }

  // ---- the stack of open elements

  /// False when too many are open: then the element's content stands in the one around it.
  bool push(Element element, std::string first = {}, std::string later = {}) {
    if (elements_.size() >= kOpenMax) return false;
    element.framed = !later.empty();
    if (element.framed) page_.begin_frame(std::move(first), std::move(later));
    ++open_count_[slot_of(element.name)];
    elements_.push_back(std::move(element));
    return true;
  }

  void pop() {
    const auto& last = elements_.back();
    if (last.framed) page_.end_frame();
    if (last.keeps_blanks) --pre_;
    if (last.ends_line) --styled_blocks_, page_.begin_line();
    if (last.name == "tr") page_.end_row();
    --open_count_[slot_of(last.name)];
    elements_.pop_back();
  }

  /// Closes the nearest open element of that name and all within it. Nothing when none is open.
  void close_nearest(std::string_view name) {
    if (open_count_[slot_of(name)] == 0) return;
    const auto found = std::find_if(elements_.rbegin(), elements_.rend(), [&](const Element& each) { return each.name == name; });
    if (found == elements_.rend()) return;
    const auto left = elements_.size() - static_cast<std::size_t>(found - elements_.rbegin()) - 1;
    while (elements_.size() > left) pop();
  }

  /// The same, when it stands within the nearest `scope`.
  void close_within(std::string_view name, std::string_view scope) {
    if (innermost(name, scope)) close_nearest(name);
  }

  static bool is_list(std::string_view name) { return name == "ul" || name == "ol" || name == "menu" || name == "dir"; }

  /// True when an element of that name is open within the nearest `scope`: an element's name, or "list" for any list or cell.
  bool innermost(std::string_view name, std::string_view scope) const {
    if (open_count_[slot_of(name)] == 0) return false;
    for (auto each = elements_.rbegin(); each != elements_.rend(); ++each) {
      if (each->name == name) return true;
      if (each->name == scope || (scope == "list" && (is_list(each->name) || each->name == "td"))) return false;
    }
    return false;
  }

  Element* list_of_item() {
    for (auto each = elements_.rbegin(); each != elements_.rend() && each->name != "td"; ++each) {
      if (is_list(each->name)) return &*each;
    }
    return nullptr;
  }

  // How many elements of a kind are open, so that closing tags of none cost nothing.
  static constexpr std::array<std::string_view, 16> kCounted{"li",       "ul",  "ol",         "menu",     "dir", "table",
                                                             "tr",       "td",  "blockquote", "dd",       "dl",  "pre",
                                                             "textarea", "xmp", "listing",    "plaintext"};
  static std::size_t slot_of(std::string_view name) {
    return static_cast<std::size_t>(std::find(kCounted.begin(), kCounted.end(), name) - kCounted.begin());
  }

  // ---- links and hidden elements

  void begin_link(std::string_view target) {
    link_ = shown_address(target);
    link_at_ = page_.bytes();
    link_has_image_ = false;
  }

  void end_link() {
    const std::string address = std::exchange(link_, {});
    if (address.empty()) return;
    const auto shown = page_.from(link_at_);
    if (shown.empty()) {
      if (link_has_image_) write_plain("(" + address + ")");
    } else if (shown.size() > kLinkTextMax || lowercase(shown).find(bare(address)) == std::string::npos) {
      page_.append_to_last_word(" (" + address + ")");
    }
  }

  /// Goes behind the closing tag of the element that has just begun. False, and nothing is skipped, when it has none nearby: what
  /// only looks hidden because a tag is missing is shown.
  bool skip(std::string_view name) {
    HtmlTokens ahead = tokens_;
    const auto begin = ahead.at();
    std::size_t depth = 1;
    bool found = false;
    while (depth > 0 && ahead.at() - begin < std::min(kHiddenBytesMax, kHiddenSearchMax - searched_)) {
      const auto token = ahead.next();
      if (token.kind == Kind::end) break;
      if (token.name != name) continue;
      if (token.kind == Kind::start_tag) ++depth;
      if (token.kind == Kind::end_tag) --depth;
      found = depth == 0;
    }
    searched_ = std::min(kHiddenSearchMax, searched_ + (ahead.at() - begin));
    if (found) tokens_ = ahead;
    return found;
  }

  /// Of the list that has just begun, not those of lists in it. Of one that ends far away, as many as were seen.
  long items_ahead() {
    HtmlTokens ahead = tokens_;
    const auto begin = ahead.at();
    long items = 0;
    for (std::size_t depth = 1; depth > 0 && ahead.at() - begin < std::min(kHiddenBytesMax, kHiddenSearchMax - searched_);) {
      const auto token = ahead.next();
      if (token.kind == Kind::end) break;
      if (token.kind == Kind::text) continue;
      if (token.name == "li" && token.kind == Kind::start_tag && depth == 1) ++items;
      if (is_list(token.name)) token.kind == Kind::start_tag ? ++depth : --depth;
    }
    searched_ = std::min(kHiddenSearchMax, searched_ + (ahead.at() - begin));
    return items;
  }

  HtmlTokens tokens_;
  TextPage page_;
  std::vector<Element> elements_;
  std::array<std::size_t, kCounted.size() + 1> open_count_{};
  std::string unseen_{};  ///< the raw element whose text is not shown; empty where text is
  std::size_t pre_ = 0;
  std::size_t styled_blocks_ = 0;
  bool at_pre_begin_ = false;
  std::string link_{};
  std::size_t link_at_ = 0;
  bool link_has_image_ = false;
  std::size_t quotations_ = 0;  ///< <q> that are open
  std::size_t searched_ = 0;    ///< bytes looked through for the ends of hidden elements
};

}  // namespace

std::string text_of_html(std::string_view html) { return Layout{html}.text(); }

}  // namespace casewire
