#include "scenarios/tape/redacted_xml.hpp"

#include <algorithm>

namespace casewire::scenarios {

namespace {

/// What is no XML is read to its end as whatever it began as: it is taken out all the same.
class RedactedXml {
 public:
  RedactedXml(std::string_view xml, RedactedText& texts) : rest_(xml), texts_(texts) {}

  std::string redacted() {
    while (!rest_.empty()) {
      result_ += texts_.of(take(rest_.find('<')));
      if (rest_.empty()) break;
      const auto text = [&](std::string_view inner) { return texts_.of(inner); };
      const auto names = [&](std::string_view inner) { return texts_.of_names(inner); };
      if (!take_between("<!--", "-->", text) && !take_between("<![CDATA[", "]]>", text) && !take_between("<?", "?>", names) &&
          !take_declaration()) {
        take_tag();
      }
    }
    return std::move(result_);
  }

 private:
  std::string_view take(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  void copy(std::size_t length) { result_ += take(length); }

  template <class Redacted>
  bool take_between(std::string_view begin, std::string_view end, const Redacted& redacted) {
    if (!rest_.starts_with(begin)) return false;
    copy(begin.size());
    result_ += redacted(take(rest_.find(end)));
    copy(end.size());
    return true;
  }

  /// A document type may declare entities, which are texts, between brackets.
  bool take_declaration() {
    if (!rest_.starts_with("<!")) return false;
    copy(2);
    const std::size_t bracket = rest_.find('[');
    const std::size_t behind = bracket < rest_.find('>') ? rest_.find(']', bracket) : 0;
    result_ += texts_.of_names(take(rest_.find('>', std::min(behind, rest_.size()))));
    copy(1);
    return true;
  }

  void take_tag() {
    copy(rest_.starts_with("</") ? 2 : 1);
    result_ += texts_.of_name(take(rest_.find_first_of(kBehindName)));
    while (!rest_.empty() && rest_.front() != '>') {
      if (const std::size_t between = rest_.find_first_not_of(" \t\r\n/=\"'"); between != 0) {
        copy(between);
        continue;
      }
      take_attribute();
    }
    copy(1);
  }

  void take_attribute() {
    const std::string_view name = take(rest_.find_first_of(kBehindName));
    result_ += texts_.of_name(name);
    copy(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    if (!rest_.starts_with('=')) return;
    copy(1);
    copy(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    const bool is_quoted = rest_.starts_with('"') || rest_.starts_with('\'');
    const std::string_view quote = rest_.substr(0, is_quoted ? 1 : 0);
    copy(quote.size());
    const std::string_view value = take(is_quoted ? rest_.find(quote) : rest_.find_first_of(" \t\r\n>"));
    result_ += value_redacted(name, value);
    copy(quote.size());
  }

  std::string value_redacted(std::string_view name, std::string_view value) {
    if (name == "xmlns" || name.starts_with("xmlns:")) return texts_.of_names(value);
    const std::size_t colon = name.find(':');
    return texts_.stays(colon == std::string_view::npos ? name : name.substr(colon + 1)) ? texts_.left(value) : texts_.of(value);
  }

  static constexpr std::string_view kBehindName = " \t\r\n=/>\"'";
  std::string_view rest_;
  RedactedText& texts_;
  std::string result_;
};

}  // namespace

std::string xml_redacted(std::string_view xml, RedactedText& texts) { return RedactedXml(xml, texts).redacted(); }

}  // namespace casewire::scenarios
