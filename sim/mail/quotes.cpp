#include "sim/mail/quotes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/mail/quote_words.hpp"

namespace casewire::sim::mail {
namespace {

constexpr std::size_t kLinesOfAttribution = 4;  // long names and addresses wrap it
constexpr std::size_t kBytesOfAttribution = 600;
constexpr std::size_t kLinesOfBlock = 12;
constexpr std::size_t kLinesLookedUp = 2000;  // in what was said before; longer quotes keep their ends

/// No-break and other blanks as ASCII ones, folded: mail programs write "a écrit :" with them.
std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) ++length;
    const auto character = text.substr(at, length);
    at += length;
    if (has_visible_text(character)) {
      result += character;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

bool is_marked(std::string_view line) {
  const auto at = line.find_first_not_of(' ');
  return at != std::string_view::npos && at <= 3 && line[at] == '>';
}
bool is_empty(std::string_view line) { return !has_visible_text(line); }

/// "2026", "5.1.26", "05. 01. 26", "2026-01-05": how a date is told from a number.
bool has_date(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    const auto number = text.substr(at, end - at);
    if (number.size() == 4 && (number.starts_with("19") || number.starts_with("20"))) return true;
    if (number.size() > 2 || end + 1 >= text.size()) continue;
    const char separator = text[end];
    if (separator != '.' && separator != '/' && separator != '-') continue;
    const auto behind = [&](std::size_t mark) {
      return mark + (separator == '.' && text.substr(mark).starts_with(". ") ? 2 : 1);
    };
    const auto begin = behind(end);
    auto second = begin;
    while (second < text.size() && is_digit(text[second])) ++second;
    if (second == begin || second - begin > 2 || second >= text.size() || text[second] != separator) continue;
    const auto third = behind(second);
    if (third < text.size() && is_digit(text[third])) return true;
  }
  return false;
}

/// "a@b": letters or digits on both sides.
bool has_address(std::string_view text) {
  for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const auto is_word = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '<' && c != '>' && c != ':'; };
    if (at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1])) return true;
  }
  return false;
}

bool ends_with_colon(std::string_view line) { return line.ends_with(':') || line.ends_with("\xEF\xBC\x9A"); }

/// "---- On Mon, 05 Jan 2026 Help <help@acme.test> wrote ----", as Zoho Mail has it in place of a colon.
bool is_between_dashes(std::string_view line) {
  return line.starts_with("---") && (line.ends_with(" ---") || line.ends_with(" ----"));
}

std::string_view without_dashes(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of("- "), line.size()));
  return line;
}

/// A mail that is read line by line.
class Text {
 public:
  Text(std::string_view text, MailKind kind, std::string_view earlier) : kind_(kind), earlier_(folded(earlier)) {
    for (const auto line : split(text, '\n')) lines_.push_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
    keep_.assign(lines_.size(), true);
  }

  std::string own_words() {
    for (std::size_t at = 0; at < lines_.size();) {
      const auto behind = quote_at(at);
      at = behind ? *behind : at + 1;
    }
    std::string own;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (keep_[at]) own.append(lines_[at]).append("\n");
    }
    return own;
  }

 private:
  /// Where to read on when a quote begins at `at`.
  std::optional<std::size_t> quote_at(std::size_t at) {
    if (const auto lines = block_lines_at(at); lines > 0) {
      if (marks_follow(at + lines)) return drop_with_marked(at, at + lines);
      if (kind_ == MailKind::answer) return drop(at, lines_.size()), lines_.size();
      return std::nullopt;
    }
    const auto lines = attribution_lines_at(at);
    if (lines == 0) return std::nullopt;
    if (marks_follow(at + lines)) return drop_with_marked(at, at + lines);
    if (kind_ == MailKind::answer && was_said_before(at + lines)) {
      drop(at, at + lines);
      const auto end = std::min(lines_.size(), at + lines + kLinesLookedUp);
      for (auto line = at + lines; line < end; ++line) keep_[line] = !is_known(line);
      return lines_.size();
    }
    return std::nullopt;
  }

  // ---- attributions

  /// The lines from `at` on that are one; it ends with a colon, and what is quoted begins behind it. Some programs mark it as if it
  /// were quoted itself.
  std::size_t attribution_lines_at(std::size_t at) const {
    const bool is_marked_itself = is_marked(lines_[at]);
    std::string joined;
    for (std::size_t taken = 1; taken <= kLinesOfAttribution && at + taken <= lines_.size(); ++taken) {
      auto line = lines_[at + taken - 1];
      if (is_marked(line) != is_marked_itself || joined.size() + line.size() > kBytesOfAttribution) return 0;
      if (is_marked_itself) line.remove_prefix(line.find('>') + 1);
      if (is_empty(line)) return 0;
      joined += (joined.empty() ? "" : " ") + folded(line);
      if (!ends_with_colon(joined) && !is_between_dashes(joined)) continue;
      if (is_marked_itself) return kind_ == MailKind::answer && is_attribution(joined) && marks_follow(at + taken) ? taken : 0;
      if (is_attribution(joined) && begins_attribution(at, taken)) return begins_later(at, taken) ? 0 : taken;
      // "On Monday Ann wrote:" or "Zitat von Ann <ann@x.test>:" is enough in an answer, when marked lines follow.
      const bool is_loose =
          kind_ == MailKind::answer && taken == 1 &&
          ((says_wrote(joined) && opens_attribution(joined)) || (has_address(joined) && joined.ends_with(">:")));
      return is_loose && marks_follow(at + taken) ? taken : 0;
    }
    return 0;
  }

  bool is_attribution(std::string_view joined) const {
    const bool is_dated = has_date(joined);
    const bool is_addressed = has_address(joined);
    if (!is_dated && !is_addressed) return false;
    if (says_wrote(joined)) return true;
    return is_dated && is_addressed && (kind_ == MailKind::answer || joined.ends_with(">:") || joined.ends_with(">\xEF\xBC\x9A"));
  }

  /// That the lines belong together, and the first is not still the writer's: it holds the date or how attributions begin, or it is
  /// all there is.
  bool begins_attribution(std::size_t at, std::size_t taken) const {
    if (taken == 1) return true;
    const auto first = folded(lines_[at]);
    return has_date(first) || opens_attribution(without_dashes(first));
  }

  /// That one of the lines behind the first is where it truly begins, so that the first is the writer's: "On Friday I am home."
  bool begins_later(std::size_t at, std::size_t taken) const {
    for (std::size_t later = at + 1; later < at + taken; ++later) {
      const auto first = folded(lines_[later]);
      if (!has_date(first) && !opens_attribution(first)) continue;
      std::string joined = first;
      for (auto line = later + 1; line < at + taken; ++line) joined += " " + folded(lines_[line]);
      if (is_attribution(joined)) return true;
    }
    return false;
  }

  // ---- header blocks

  /// "-----Original Message-----", a rule of underscores, and then, or without them, lines such as "From: ...".
  std::size_t block_lines_at(std::size_t at) const {
    std::size_t line = at;
    const auto first = folded(lines_[at]);
    const bool is_announced = announces_original(first);
    if (is_announced || is_rule(first)) ++line;
    while (line < lines_.size() && line > at && line - at < 3 && is_empty(lines_[line])) ++line;
    const auto begin = line;
    bool has_sender = false;
    bool has_time = false;
    bool has_evidence = is_announced;
    std::size_t labels = 0;
    for (; line < lines_.size() && line - begin < kLinesOfBlock && !is_empty(lines_[line]); ++line) {
      const auto text = folded(lines_[line]);
      const auto label = header_label(text);
      if (label == HeaderLabel::none) {
        if (labels == 0 || is_marked(lines_[line])) break;
        continue;  // a folded address list
      }
      ++labels;
      has_sender = has_sender || label == HeaderLabel::from;
      if (label == HeaderLabel::from) has_evidence = has_evidence || has_address(text);
      has_time = has_time || label == HeaderLabel::date;
      if (labels == 1 && !has_sender) return is_announced && kind_ == MailKind::answer ? begin - at : 0;
    }
    if (has_sender && has_time && labels >= 2 && (has_evidence || labels >= 4)) return line - at;
    return is_announced && (kind_ == MailKind::answer || marks_follow(begin)) ? begin - at : 0;
  }

  static bool is_rule(std::string_view line) {
    return line.size() >= 10 && line.find_first_not_of(line.front()) == std::string_view::npos &&
           (line[0] == '_' || line[0] == '-');
  }

  // ---- what is quoted

  bool marks_follow(std::size_t from) const {
    for (auto at = from; at < lines_.size(); ++at) {
      if (!is_empty(lines_[at])) return is_marked(lines_[at]);
    }
    return false;
  }

  /// Behind an attribution every marked line is of the quote; what stands between and below is an answer to it.
  std::size_t drop_with_marked(std::size_t begin, std::size_t behind) {
    drop(begin, behind);
    for (auto at = behind; at < lines_.size(); ++at) {
      if (is_marked(lines_[at])) keep_[at] = false;
    }
    return behind;
  }

  void drop(std::size_t begin, std::size_t end) {
    for (auto at = begin; at < end; ++at) keep_[at] = false;
  }

  bool was_said_before(std::size_t from) const {
    for (auto at = from; at < lines_.size(); ++at) {
      if (!is_empty(lines_[at])) return is_known(at);
    }
    return false;
  }
  bool is_known(std::size_t line) const {
    const auto words = folded(lines_[line]);
    return words.empty() || earlier_.find(words) != std::string::npos;
  }

  MailKind kind_;
  std::string earlier_;
  std::vector<std::string_view> lines_;
  std::vector<bool> keep_;
};

}  // namespace

MailKind kind_of(const Message& message) {
  const auto prefix = prefix_of_subject(folded(message.subject));
  if (prefix == SubjectPrefix::forward) return MailKind::forward;
  const bool answers = prefix == SubjectPrefix::answer || !message.in_reply_to.empty() || !message.references.empty();
  return answers ? MailKind::answer : MailKind::first;
}

std::string without_quotes(std::string_view text, MailKind kind, std::string_view earlier) {
  if (kind == MailKind::forward) return std::string{trimmed(text)};
  const std::string own = Text{text, kind, earlier}.own_words();
  return std::string{has_visible_text(own) ? trimmed(own) : trimmed(text)};
}

}  // namespace casewire::sim::mail
