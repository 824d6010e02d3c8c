#include "scenarios/language/gherkin.hpp"

#include <algorithm>
#include <utility>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/language/lines.hpp"
#include "scenarios/language/table_row.hpp"

namespace casewire::scenarios::gherkin {

namespace {

// What is not there yet says why, in each total and report.
constexpr std::string_view kPending = "@pending";
bool is_pending(std::string_view tag) { return tag == kPending || tag.starts_with("@pending("); }
bool has_a_reason(std::string_view tag) {
  return tag.size() > kPending.size() + 2 && tag[kPending.size()] == '(' && tag.find(')') == tag.size() - 1;
}

/// Reads line by line. `place_` is the heading it stands under; `describing_` holds until the first line under that heading
/// that is no free text.
class Reader {
 public:
  Reader(std::string_view text, Mistakes& mistakes) : lines_(lines_of(text)), mistakes_(mistakes) {}

  Document read() {
    for (; next_ < lines_.size() && !mistakes_.full(); ++next_) {
      take(lines_[next_]);
    }
    refuse_tags("tags stand before a Feature, a Rule, a Scenario or Examples");
    if (place_ == Place::nowhere && mistakes_.none()) {
      mistakes_.add({1, 1}, 1, {"the file has no feature", "begin with a line such as \"Feature: A mail becomes a Case\""});
    }
    return std::move(document_);
  }

 private:
  enum class Place { nowhere, feature, rule, background, scenario, examples };

  void take(const Line& line) {
    if (line.kind != LineKind::comment && character_count(line.raw) > kLineCharactersMax) {
      mistakes_.add(line.at(), 1,
                    {"a line has at most " + std::to_string(kLineCharactersMax) + " characters",
                     "put a long text into a doc string of several lines"});
      return;
    }
    switch (line.kind) {
      case LineKind::blank: return;
      case LineKind::comment: return comment(line);
      case LineKind::tags: return tags(line);
      case LineKind::feature: return feature(line);
      case LineKind::rule: return rule(line);
      case LineKind::background: return background(line);
      case LineKind::scenario:
      case LineKind::outline: return scenario(line);
      case LineKind::examples: return examples(line);
      case LineKind::step: return step(line);
      case LineKind::doc_string: return doc_string(line);
      case LineKind::row: return row(line);
      case LineKind::other: return other(line);
    }
  }

  void comment(const Line& line) {
    const std::string_view words = trimmed(line.text.substr(1));
    if (place_ == Place::nowhere && words.starts_with("language:")) {
      const std::string_view language = trimmed(words.substr(9));
      if (language != "en") {
        fault(line, "feature files are written in English, found the language " + in_quotes(language), "remove this line");
      }
    }
  }

  void tags(const Line& line) {
    const Located whole = line.located();
    const std::string& text = whole.text();
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
      const Located tag = whole.part(begin, end);
      if (tag.text().starts_with('#')) {
        break;
      }
      if (tag.text().size() < 2 || tag.text().front() != '@' || tag.text().find('@', 1) != std::string::npos) {
        mistakes_.add(tag.at(), tag.width(), {"expected a tag such as \"@smoke\", found " + in_quotes(tag.text()), {}});
      }
      if (is_pending(tag.text()) && !has_a_reason(tag.text())) {
        mistakes_.add(tag.at(), tag.width(),
                      {"expected a reason such as @pending(feed-posts-are-not-read), found " + in_quotes(tag.text()), {}});
      }
      tags_.push_back({tag.text(), tag.at()});
      begin = std::min(text.find_first_not_of(" \t", end), text.size());
    }
    describing_ = false;
  }

  void feature(const Line& line) {
    if (place_ != Place::nowhere) {
      fault(line, "a file holds one feature", "move this one to a file of its own");
      return;
    }
    document_.at = line.at();
    document_.name = line.rest().text();
    document_.tags = std::exchange(tags_, {});
    document_.rules.push_back({.at = line.at()});
    if (document_.name.empty()) {
      fault(line, "the feature has no name", {});
    }
    enter(Place::feature);
  }

  void rule(const Line& line) {
    if (!under_feature(line)) {
      return;
    }
    document_.rules.push_back({.at = line.at(), .name = line.rest().text(), .tags = std::exchange(tags_, {})});
    enter(Place::rule);
  }

  void background(const Line& line) {
    if (!under_feature(line)) {
      return;
    }
    refuse_tags("a Background has no tags");
    Rule& here = document_.rules.back();
    if (here.background || !here.scenarios.empty()) {
      fault(line,
            here.background ? "there is a Background already, in line " + std::to_string(here.background->line)
                            : "a Background stands before the first scenario",
            {});
    }
    here.background = line.at();
    enter(Place::background);
  }

  void scenario(const Line& line) {
    if (!under_feature(line)) {
      return;
    }
    // Said once. The others are read all the same, as a file has an end: left out, each of their steps would be called misplaced.
    if (++scenario_count_ == kScenariosMax + 1) {
      fault(line, "a file has at most " + std::to_string(kScenariosMax) + " scenarios",
            "split it: a file for each promise reads best");
    }
    Scenario scenario{
        .keyword = std::string(line.keyword), .at = line.at(), .name = line.rest(), .tags = std::exchange(tags_, {})};
    if (scenario.name.empty()) {
      fault(line, "the scenario has no name", {});
    }
    document_.rules.back().scenarios.push_back(std::move(scenario));
    enter(Place::scenario);
  }

  void examples(const Line& line) {
    if (place_ != Place::scenario && place_ != Place::examples) {
      fault(line, "Examples belong to a Scenario Outline", {});
      return;
    }
    outline().examples.push_back({.at = line.at(), .tags = std::exchange(tags_, {})});
    enter(Place::examples);
  }

  void step(const Line& line) {
    if (describing_ && place_ != Place::background && place_ != Place::scenario) {
      document_.descriptions.push_back(line.located());
      return;  // "When in doubt" may well begin a line of a description
    }
    std::vector<Step>* steps = here();
    if (steps == nullptr) {
      fault(line, place_ == Place::examples ? "steps stand before the Examples" : "this step belongs to no scenario", {});
      return;
    }
    refuse_tags("a step has no tags");
    describing_ = false;
    if (steps->size() == kStepsMax) {
      fault(line, "a scenario has at most " + std::to_string(kStepsMax) + " steps", "split it in two");
    }
    if (steps->size() < kStepsMax + 1) {
      steps->push_back({.keyword = std::string(line.keyword), .at = line.at(), .text = line.rest()});
    }
  }

  void doc_string(const Line& opening) {
    const std::string_view delimiter = opening.text.substr(0, 3);
    DocString doc{.at = opening.at(), .media_type = std::string(trimmed(opening.text.substr(3)))};
    const std::size_t first = next_ + 1;
    std::size_t closing = first;
    while (closing < lines_.size() && lines_[closing].text != delimiter) {
      ++closing;
    }
    if (closing == lines_.size()) {
      fault(opening, "the doc string is not closed", "close it with a line of " + std::string(delimiter));
    }
    const std::string escaped = delimiter == "```" ? "\\`\\`\\`" : "\\\"\\\"\\\"";
    for (std::size_t i = first; i < closing; ++i) {
      const std::string_view raw = lines_[i].raw;
      const std::size_t blanks = std::min(raw.find_first_not_of(" \t"), raw.size());
      std::string content(raw.substr(std::min(opening.indent, blanks)));
      for (std::size_t at = content.find(escaped); at != std::string::npos; at = content.find(escaped, at + 3)) {
        content.replace(at, escaped.size(), delimiter);
      }
      doc.text += (i == first ? "" : "\n") + content;
    }
    next_ = closing;
    Step* step = last_step();
    if (step == nullptr) {
      fault(opening, "a doc string belongs to the step above it", {});
    } else if (step->doc_string || !step->table.empty()) {
      fault(opening, "a step has one doc string or one table", {});
    } else {
      step->doc_string = std::move(doc);
    }
  }

  void row(const Line& line) {
    if (place_ == Place::examples) {
      describing_ = false;
      Examples& table = outline().examples.back();
      return add_row(line, table.rows, table.row_places);
    }
    Step* step = last_step();
    if (step == nullptr) {
      fault(line, "a table belongs to the step above it", {});
    } else if (step->doc_string) {
      fault(line, "a step has one doc string or one table", {});
    } else {
      add_row(line, step->table, step->row_places);
    }
  }

  void add_row(const Line& line, std::vector<Row>& rows, std::vector<Position>& places) {
    if (rows.size() > kRowsMax) {
      fault(line, "a table has at most " + std::to_string(kRowsMax) + " rows", {});
      return;
    }
    Row row = read_row(line, mistakes_);
    if (!rows.empty() && row.size() != rows.front().size()) {
      fault(line,
            "this row has " + std::to_string(row.size()) + " cells, the table's first row " + std::to_string(rows.front().size()),
            "write \\| for a bar inside a cell");
    }
    rows.push_back(std::move(row));
    places.push_back(line.at());
  }

  void other(const Line& line) {
    const std::size_t colon = line.text.find(':');
    const std::string heading =
        colon == std::string_view::npos ? std::string{} : nearest(line.text.substr(0, colon), heading_keywords());
    if (!heading.empty()) {
      mistakes_.add(line.at(), character_count(line.text.substr(0, colon)),
                    {"unknown keyword " + in_quotes(line.text.substr(0, colon)), did_you_mean(heading)});
      return;
    }
    if (describing_) {
      document_.descriptions.push_back(line.located());
      return;
    }
    const std::string_view word = line.text.substr(0, line.text.find_first_of(" \t"));
    const std::string keyword = nearest(word, step_keywords());
    mistakes_.add(
        line.at(), character_count(word),
        {"expected a step or a heading, found " + in_quotes(word),
         keyword.empty() ? "a step begins with Given, When, Then, And or But; a comment with #" : did_you_mean(keyword)});
  }

  void enter(Place place) {
    place_ = place;
    describing_ = true;
  }

  bool under_feature(const Line& line) {
    if (place_ == Place::nowhere) {
      fault(line, "expected \"Feature:\" before \"" + std::string(line.keyword) + ":\"", {});
    }
    return place_ != Place::nowhere;
  }

  void refuse_tags(std::string_view problem) {
    if (!tags_.empty()) {
      mistakes_.add(tags_.front().at, character_count(tags_.front().name), {std::string(problem), {}});
      tags_.clear();
    }
  }

  std::vector<Step>* here() {
    switch (place_) {
      case Place::background: return &document_.rules.back().background_steps;
      case Place::scenario: return &outline().steps;
      default: return nullptr;
    }
  }
  Step* last_step() {
    std::vector<Step>* steps = here();
    return steps == nullptr || steps->empty() ? nullptr : &steps->back();
  }
  Scenario& outline() { return document_.rules.back().scenarios.back(); }

  void fault(const Line& line, std::string problem, std::string hint) {
    mistakes_.add(line.at(), character_count(line.text), {std::move(problem), std::move(hint)});
  }

  std::vector<Line> lines_;
  Mistakes& mistakes_;
  std::size_t next_ = 0;
  Document document_;
  Place place_ = Place::nowhere;
  bool describing_ = true;
  std::vector<Tag> tags_;
  std::size_t scenario_count_ = 0;
};

}  // namespace

Document read(std::string_view text, Mistakes& mistakes) {
  if (text.size() > kFileBytesMax) {
    mistakes.add({}, 1, {"a feature file has at most 1 MiB, this one has more", "split it: a file for each promise reads best"});
    return {};
  }
  for (std::size_t line = 1; const std::string_view raw : split(text, '\n')) {
    if (!is_valid_utf8(raw)) {
      mistakes.add({line, 1}, 1, {"this line is not UTF-8", "save the file as UTF-8"});
      return {};
    }
    ++line;
  }
  return Reader(text, mistakes).read();
}

}  // namespace casewire::scenarios::gherkin
