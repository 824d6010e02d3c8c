#include "scenarios/language/lines.hpp"

#include <array>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::scenarios::gherkin {

namespace {

constexpr std::array<std::pair<std::string_view, LineKind>, 11> kHeadings{{
    {"Feature", LineKind::feature},
    {"Ability", LineKind::feature},
    {"Business Need", LineKind::feature},
    {"Rule", LineKind::rule},
    {"Background", LineKind::background},
    {"Scenario", LineKind::scenario},
    {"Example", LineKind::scenario},
    {"Scenario Outline", LineKind::outline},
    {"Scenario Template", LineKind::outline},
    {"Examples", LineKind::examples},
    {"Scenarios", LineKind::examples},
}};
constexpr std::array<std::string_view, 6> kSteps{"Given", "When", "Then", "And", "But", "*"};

std::string_view without_blanks(std::string_view text, std::size_t& indent) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    indent = 0;
    return {};
  }
  indent = first;
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

void classify(Line& line) {
  const std::string_view text = line.text;
  if (text.empty()) {
    line.kind = LineKind::blank;
    return;
  }
  switch (text.front()) {
    case '#': line.kind = LineKind::comment; return;
    case '@': line.kind = LineKind::tags; return;
    case '|': line.kind = LineKind::row; return;
    default: break;
  }
  if (text.starts_with("\"\"\"") || text.starts_with("```")) {
    line.kind = LineKind::doc_string;
    return;
  }
  for (const auto& [keyword, kind] : kHeadings) {
    if (text.size() > keyword.size() && text.starts_with(keyword) && text[keyword.size()] == ':') {
      line.kind = kind;
      line.keyword = text.substr(0, keyword.size());
      return;
    }
  }
  for (const std::string_view keyword : kSteps) {
    if (text == keyword || (text.size() > keyword.size() && text.starts_with(keyword) &&
                            (text[keyword.size()] == ' ' || text[keyword.size()] == '\t'))) {
      line.kind = LineKind::step;
      line.keyword = text.substr(0, keyword.size());
      return;
    }
  }
  line.kind = LineKind::other;
}

}  // namespace

Located Line::rest() const {
  const std::size_t skipped = keyword.size() + (kind == LineKind::step ? 0 : 1);
  return located().part(skipped, text.size()).trimmed();
}

std::vector<Line> lines_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::vector<Line> lines;
  std::size_t number = 0;
  for (std::string_view raw : split(text, '\n')) {
    if (raw.ends_with('\r')) {
      raw.remove_suffix(1);
    }
    Line line{.number = ++number, .raw = raw};
    line.text = without_blanks(raw, line.indent);
    classify(line);
    lines.push_back(line);
  }
  return lines;
}

const std::vector<std::string>& heading_keywords() {
  static const std::vector<std::string> keywords = [] {
    std::vector<std::string> all;
    for (const auto& heading : kHeadings) {
      all.emplace_back(heading.first);
    }
    return all;
  }();
  return keywords;
}

const std::vector<std::string>& step_keywords() {
  static const std::vector<std::string> keywords(kSteps.begin(), kSteps.end());
  return keywords;
}

}  // namespace casewire::scenarios::gherkin
