#include "scenarios/language/outline.hpp"

#include <set>

#include "base/text/strings.hpp"

namespace casewire::scenarios::gherkin {

namespace {

/// One row seen from the scenario: what stands for each column.
class Substitution {
 public:
  Substitution(const Row& columns, const Row& values, Mistakes& mistakes)
      : columns_(columns), values_(values), mistakes_(mistakes) {}

  /// A `<word>` that is no column is a mistake.
  Located in(const Located& text) {
    Located result;
    const std::string& from = text.text();
    std::size_t copied = 0;
    for (std::size_t open = from.find('<'); open != std::string::npos; open = from.find('<', open + 1)) {
      const std::size_t close = from.find_first_of("<>", open + 1);
      if (close == std::string::npos || from[close] == '<' || close == open + 1 || from[open + 1] == ' ') {
        continue;
      }
      const std::string name = from.substr(open + 1, close - open - 1);
      if (const Located* value = value_of(name)) {
        result.append(text.part(copied, open));
        result.append(*value);
        copied = close + 1;
      } else {
        mistakes_.add(text.at(open), text.width(open, close + 1),
                      {"the Examples have no column " + in_quotes(name), did_you_mean(nearest(name, names()))});
      }
      open = close;
    }
    result.append(text.part(copied, from.size()));
    result.set_end(text.at(from.size()));
    return result;
  }

  /// In a doc string a `<word>` that is no column is text: HTML may stand there.
  std::string in_doc_string(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
      const std::string name = text[i] == '<' ? column_name(std::string_view(text).substr(i + 1)) : std::string{};
      const Located* value = name.empty() ? nullptr : value_of(name);
      if (value != nullptr) {
        result += value->text();
        i += name.size() + 2;
      } else {
        result += text[i++];
      }
    }
    return result;
  }

  const std::set<std::string>& used() const { return used_; }

 private:
  /// What stands before the `>`; bounded, since a text may hold many a lonely `<`.
  static std::string column_name(std::string_view text) {
    const std::size_t close = text.substr(0, 100).find('>');
    return close == std::string_view::npos ? std::string{} : std::string(text.substr(0, close));
  }
  const Located* value_of(const std::string& name) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].text() == name) {
        used_.insert(name);
        return &values_[i];
      }
    }
    return nullptr;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Located& column : columns_) {
      all.push_back(column.text());
    }
    return all;
  }

  const Row& columns_;
  const Row& values_;
  Mistakes& mistakes_;
  std::set<std::string> used_;
};

std::vector<Tag> joined(std::vector<Tag> tags, const std::vector<Tag>& more) {
  tags.insert(tags.end(), more.begin(), more.end());
  return tags;
}

std::string in_brackets(const Row& values) {
  std::string text = " (";
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += (i == 0 ? "" : ", ") + values[i].text();
  }
  return text + ")";
}

RolledOut rolled_out(const Scenario& scenario, const Examples& examples, std::size_t row, Mistakes& mistakes) {
  const Row& values = examples.rows[row];
  Substitution substitution(examples.rows.front(), values, mistakes);
  RolledOut one{.at = examples.row_places[row], .tags = joined(scenario.tags, examples.tags)};
  one.name = substitution.in(scenario.name).text();
  if (substitution.used().empty()) {
    one.name += in_brackets(values);
  }
  for (Step step : scenario.steps) {
    step.text = substitution.in(step.text);
    if (step.doc_string) {
      step.doc_string->text = substitution.in_doc_string(step.doc_string->text);
    }
    for (Row& cells : step.table) {
      for (Located& cell : cells) {
        cell = substitution.in(cell);
      }
    }
    one.steps.push_back(std::move(step));
  }
  for (const Located& column : examples.rows.front()) {
    if (!substitution.used().contains(column.text())) {
      mistakes.add(column.at(), column.width(), {"nothing in the outline uses <" + column.text() + ">", {}});
    }
  }
  return one;
}

/// The table has a header with distinct names, and at least one row of as many cells.
bool is_usable(const Examples& examples, Mistakes& mistakes) {
  if (examples.rows.size() < 2) {
    mistakes.add(examples.at, 9, {"these Examples have no row, so nothing would run", {}});
    return false;
  }
  std::set<std::string> names;
  for (const Located& column : examples.rows.front()) {
    if (column.empty() || !names.insert(column.text()).second) {
      mistakes.add(column.at(), column.width(),
                   {column.empty() ? "this column has no name" : "two columns are named " + in_quotes(column.text()), {}});
      return false;
    }
  }
  for (const Row& row : examples.rows) {
    if (row.size() != examples.rows.front().size()) {
      return false;  // the table itself was complained of
    }
  }
  return true;
}

}  // namespace

std::vector<RolledOut> roll_out(const Scenario& scenario, Mistakes& mistakes) {
  const bool is_outline = scenario.keyword == "Scenario Outline" || scenario.keyword == "Scenario Template";
  if (scenario.examples.empty()) {
    if (is_outline) {
      mistakes.add(scenario.at, scenario.keyword.size() + 1,
                   {"a " + scenario.keyword + " needs Examples", "without Examples it is a Scenario"});
      return {};
    }
    return {{scenario.name.text(), scenario.at, scenario.tags, scenario.steps}};
  }
  std::vector<RolledOut> all;
  for (const Examples& examples : scenario.examples) {
    if (!is_usable(examples, mistakes)) {
      continue;
    }
    for (std::size_t row = 1; row < examples.rows.size() && !mistakes.full(); ++row) {
      all.push_back(rolled_out(scenario, examples, row, mistakes));
    }
  }
  return all;
}

}  // namespace casewire::scenarios::gherkin
