// Paths and function calls.

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/tree_builder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

struct FunctionName {
  std::string_view name;
  Function function;
};
constexpr std::array<FunctionName, 22> kFunctions{{
    {"count", Function::count},
    {"count_distinct", Function::count_distinct},
    {"sum", Function::sum},
    {"avg", Function::avg},
    {"min", Function::min},
    {"max", Function::max},
    {"grouping", Function::grouping},
    {"calendar_year", Function::calendar_year},
    {"calendar_quarter", Function::calendar_quarter},
    {"calendar_month", Function::calendar_month},
    {"day_in_month", Function::day_in_month},
    {"day_in_week", Function::day_in_week},
    {"day_in_year", Function::day_in_year},
    {"day_only", Function::day_only},
    {"hour_in_day", Function::hour_in_day},
    {"week_in_month", Function::week_in_month},
    {"week_in_year", Function::week_in_year},
    {"tolabel", Function::to_label},
    {"format", Function::format},
    // The fiscal year of this org begins in January.
    {"fiscal_year", Function::calendar_year},
    {"fiscal_quarter", Function::calendar_quarter},
    {"fiscal_month", Function::calendar_month},
}};
/// Functions of SOQL that this fake does not model.
constexpr std::array<std::string_view, 4> kFunctionsNotModelled{"convertcurrency", "distance", "geolocation", "fields"};
/// Gives what it gets: every user of this org lives in UTC.
constexpr std::string_view kTimeZoneFunction = "converttimezone";

/// Function::none when there is none of that name. `name` in lower case.
Function function_named(std::string_view name) {
  const auto found =
      std::find_if(kFunctions.begin(), kFunctions.end(), [name](const FunctionName& known) { return known.name == name; });
  return found == kFunctions.end() ? Function::none : found->function;
}

bool is_not_modelled(std::string_view name) {
  return std::find(kFunctionsNotModelled.begin(), kFunctionsNotModelled.end(), name) != kFunctionsNotModelled.end();
}

}  // namespace

std::string FieldPath::text() const {
  std::string joined;
  for (const std::string& step : steps) {
    if (!joined.empty()) joined += '.';
    joined += step;
  }
  return joined;
}

FieldPath TreeBuilder::path(SyntaxNode node) {
  FieldPath path{.offset = node.offset()};
  for (const std::string_view step : split(node.text(), '.')) path.steps.emplace_back(step);
  return path;
}

Expression TreeBuilder::expression(SyntaxNode node) {
  Expression expression{.path = path(node.front()), .offset = node.offset()};
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::call) call(child, expression);
  }
  return expression;
}

/// `expression` holds the function's name as its path, and then the argument's.
void TreeBuilder::call(SyntaxNode node, Expression& expression) {
  const std::string name = lowercase(expression.path.text());
  expression.path = {};
  if (is_not_modelled(name)) return complain(not_modelled("the function " + name));
  expression.function = function_named(name);
  if (expression.function == Function::none && name != kTimeZoneFunction) return complain_of_token(node.offset());
  auto at = node.begin();
  if (at == node.end()) {
    // Only COUNT() has no argument.
    if (expression.function != Function::count) complain_of_token(node.offset() + node.text().find(')'));
    return;
  }
  expression.path = argument(*at);
  if (++at != node.end()) complain_of_token((*at).offset());
}

FieldPath TreeBuilder::argument(SyntaxNode node) {
  if (node.kind() != NodeKind::expression) {
    complain_of_token(node.offset());
    return {};
  }
  Expression inner = expression(node);
  if (inner.function != Function::none) complain(not_modelled("a function inside a function"));
  return std::move(inner.path);
}

}  // namespace casewire::sim::salesforce::soql
