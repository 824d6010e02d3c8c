#include "scenarios/language/feature.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text/strings.hpp"
#include "scenarios/language/cast.hpp"
#include "scenarios/language/explain.hpp"
#include "scenarios/language/gherkin.hpp"
#include "scenarios/language/lines.hpp"
#include "scenarios/language/outline.hpp"
#include "scenarios/language/recognise.hpp"

namespace casewire::scenarios {

namespace {

/// What all scenarios of a file may weigh together once outlines are rolled out, in bytes of text; a step weighs 64 besides.
constexpr std::size_t kWeightMax = 8u << 20;

std::size_t weight(const std::vector<gherkin::Step>& steps) {
  std::size_t bytes = 0;
  for (const gherkin::Step& step : steps) {
    bytes += 64 + step.text.text().size() + (step.doc_string ? step.doc_string->text.size() : 0);
  }
  return bytes;
}

class Builder {
 public:
  Builder(std::string_view path, const Fixtures& fixtures, const Vocabulary& vocabulary, Mistakes& mistakes)
      : path_(path), fixtures_(fixtures), orgs_(fixtures), vocabulary_(vocabulary), mistakes_(mistakes) {}

  Feature build(const gherkin::Document& document) {
    Feature feature{document.name, path_, {}, {}};
    for (const Located& line : document.descriptions) {
      check_description(line);
    }
    for (const gherkin::Rule& rule : document.rules) {
      check_rule(rule);
      for (const gherkin::Scenario& scenario : rule.scenarios) {
        add(feature, document, rule, scenario);
      }
    }
    if (feature.scenarios.empty() && mistakes_.none()) {
      mistakes_.add(document.at, 8,
                    {"the feature has no scenario", "a heading is a keyword with a colon, such as \"Scenario: ...\""});
    }
    return feature;
  }

 private:
  /// A step that nobody would play: a line of prose that is a sentence, with a keyword or without, with a slip or without.
  void check_description(const Located& line) {
    const std::size_t blank = std::min(line.text().find_first_of(" \t"), line.text().size());
    const std::string word = line.text().substr(0, blank);
    const std::string keyword = step_keyword_meant(word);
    const Located rest = line.part(blank, line.text().size()).trimmed();
    if (!keyword.empty() && could_be_a_sentence(vocabulary_, rest)) {
      const bool exact = keyword == word;
      mistakes_.add(line.at(), exact ? line.width() : word.size(),
                    {exact ? std::string("this step belongs to no scenario") : "expected a step, found " + in_quotes(word),
                     exact ? "steps stand under \"Background:\" or \"Scenario:\"" : did_you_mean(keyword)});
    } else if (could_be_a_sentence(vocabulary_, line)) {
      mistakes_.add(line.at(), line.width(),
                    {"this is a sentence without its keyword", "a step begins with Given, When, Then, And or But"});
    }
  }

  static std::string step_keyword_meant(const std::string& word) {
    for (const std::string& keyword : gherkin::step_keywords()) {
      if (equals_ignoring_case(word, keyword)) {
        return keyword;
      }
    }
    return nearest(word, gherkin::step_keywords());
  }

  /// A scenario that expects nothing is green whatever happens.
  static void warn_of_no_check(const Scenario& scenario, Feature& feature) {
    const bool expects = std::any_of(scenario.steps.begin(), scenario.steps.end(),
                                     [](const Step& step) { return step.action.group() == Group::check; });
    if (!expects) {
      feature.warnings.push_back({{feature.path, scenario.where.position},
                                  "this scenario expects nothing: it has no Then",
                                  "say what must be true at its end; the invariants alone watch it",
                                  1});
    }
  }

  void check_rule(const gherkin::Rule& rule) {
    if (rule.background && rule.background_steps.empty()) {
      mistakes_.add(*rule.background, 11, {"the Background has no steps", {}});
    }
    if (!rule.name.empty() && rule.scenarios.empty()) {
      mistakes_.add(rule.at, 5, {"the rule has no scenario", {}});
    }
  }

  void add(Feature& feature, const gherkin::Document& document, const gherkin::Rule& rule, const gherkin::Scenario& scenario) {
    if (scenario.steps.empty()) {
      mistakes_.add(scenario.at, scenario.keyword.size() + 1, {"the scenario has no steps", {}});
      return;
    }
    const std::vector<gherkin::Step>& outer = document.rules.front().background_steps;
    const bool has_inner = &rule != &document.rules.front();
    std::size_t rows = 1;
    for (const gherkin::Examples& examples : scenario.examples) {
      rows += examples.rows.size();
    }
    weight_ += rows * (weight(scenario.steps) + weight(outer) + (has_inner ? weight(rule.background_steps) : 0));
    if (weight_ > kWeightMax) {
      mistakes_.add(scenario.at, scenario.keyword.size() + 1,
                    {"with its outlines rolled out the file is too large", "split the file"});
      return;
    }
    for (const gherkin::RolledOut& one : gherkin::roll_out(scenario, mistakes_)) {
      if (mistakes_.full()) {
        return;
      }
      Scenario built{.feature = document.name,
                     .rule = rule.name,
                     .name = one.name,
                     .tags = {},
                     .where = {path_, one.at},
                     .heading = scenario.at,
                     .steps = {}};
      check_name(built);
      for (const auto* tags : {&document.tags, &rule.tags, &one.tags}) {
        add_tags(built, *tags);
      }
      Cast cast(fixtures_, orgs_, mistakes_);
      add_steps(built, outer, cast);
      if (has_inner) {
        add_steps(built, rule.background_steps, cast);
      }
      add_steps(built, one.steps, cast);
      warn_of_no_check(built, feature);
      feature.scenarios.push_back(std::move(built));
    }
  }

  void check_name(const Scenario& scenario) {
    const auto [first, is_new] = names_.try_emplace(scenario.rule + "\n" + scenario.name, scenario.where.position.line);
    if (!is_new) {
      mistakes_.add(scenario.where.position, 1,
                    {"there is a scenario " + in_quotes(scenario.name) + " already, in line " + std::to_string(first->second),
                     "a name tells one scenario from all others of its feature"});
    }
  }

  static void add_tags(Scenario& scenario, const std::vector<gherkin::Tag>& tags) {
    for (const gherkin::Tag& tag : tags) {
      if (std::find(scenario.tags.begin(), scenario.tags.end(), tag.name) == scenario.tags.end()) {
        scenario.tags.push_back(tag.name);
      }
    }
  }

  /// Each background and the scenario begin anew: an And has no keyword to take over from the block before.
  void add_steps(Scenario& scenario, const std::vector<gherkin::Step>& steps, Cast& cast) {
    std::string keyword;
    for (const gherkin::Step& step : steps) {
      if (mistakes_.full()) {
        return;
      }
      add_step(scenario, step, keyword, cast);
    }
  }

  void add_step(Scenario& scenario, const gherkin::Step& step, std::string& keyword, Cast& cast) {
    const bool follows = step.keyword == "And" || step.keyword == "But";
    if (follows && keyword.empty()) {
      mistakes_.add(step.at, step.keyword.size(),
                    {"expected Given, When or Then, found " + in_quotes(step.keyword) + " as the first step", {}});
    } else if (!follows && step.keyword != "*") {
      keyword = step.keyword;
    }
    if (hopeless_lines_.contains(step.at.line)) {
      cast.miss();
      return;  // unknown in one row of an outline, unknown in all
    }
    std::optional<Action> action = recognise(vocabulary_, step.text, below_of(step), mistakes_);
    if (!action || !has_one_text_in_each_row(step)) {
      hopeless_lines_.insert(step.at.line);
      cast.miss();
      return;
    }
    if (step.keyword == "*") {
      keyword = keyword_of(action->group(), keyword);
    }
    if (!keyword.empty()) {
      cast.hear(*action, keyword, step.text.at(), step.text.width());
    }
    scenario.steps.push_back({keyword, step.text.text(), {path_, step.at}, std::move(*action)});
  }

  static Below below_of(const gherkin::Step& step) {
    Below below;
    if (step.doc_string) {
      below.doc_string = Token{Token::Kind::quoted, step.doc_string->text, step.doc_string->at, 3};
    }
    for (std::size_t row = 0; row < step.table.size(); ++row) {
      const gherkin::Row& cells = step.table[row];
      if (cells.empty()) {  // a lone bar
        below.rows.push_back({.at = step.row_places[row]});
      } else {
        below.rows.push_back({.text = cells.front().text(), .at = cells.front().at(), .length = cells.front().width()});
      }
    }
    return below;
  }

  /// No sentence has use for a second column, and an empty text would be found everywhere.
  bool has_one_text_in_each_row(const gherkin::Step& step) {
    for (std::size_t row = 0; row < step.table.size(); ++row) {
      const std::size_t columns = step.table[row].size();
      if (columns != 1) {
        mistakes_.add(step.row_places[row], 1,
                      {"expected one column, found " + std::to_string(columns), "write \\| for a bar inside a text"});
        return false;
      }
      if (step.table[row].front().empty()) {
        mistakes_.add(step.row_places[row], 1, {"this row has no text", {}});
        return false;
      }
    }
    return true;
  }

  /// A bullet takes its keyword from what it says; a fault may stand anywhere and changes nothing.
  static std::string keyword_of(Group group, const std::string& before) {
    switch (group) {
      case Group::staging: return "Given";
      case Group::deed: return "When";
      case Group::check: return "Then";
      case Group::fault: return before.empty() ? "Given" : before;
    }
    return before;
  }

  std::string path_;
  const Fixtures& fixtures_;
  OrgLexicon orgs_;
  const Vocabulary& vocabulary_;
  Mistakes& mistakes_;
  std::map<std::string, std::size_t> names_;  ///< of scenarios, and their lines
  std::set<std::size_t> hopeless_lines_;      ///< whose sentence is unknown
  std::size_t weight_ = 0;
};

}  // namespace

Result<Feature, std::vector<Diagnostic>> read_feature(std::string_view path, std::string_view text, const Fixtures& fixtures,
                                                      const Vocabulary& vocabulary) {
  Mistakes mistakes(path);
  const gherkin::Document document = gherkin::read(text, mistakes);
  Feature feature;
  if (!document.rules.empty()) {
    feature = Builder(path, fixtures, vocabulary, mistakes).build(document);
  }
  if (!mistakes.none()) {
    return fail(mistakes.take());
  }
  return feature;
}

}  // namespace casewire::scenarios
