#include "sim/salesforce/soql/tree_builder.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/salesforce/soql/bounds.hpp"
#include "sim/salesforce/soql/literal.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

struct FunctionName {
  std::string_view name;
  Function function;
};
constexpr std::array<FunctionName, 16> kFunctions{{
    {"count", Function::count},
    {"count_distinct", Function::count_distinct},
    {"sum", Function::sum},
    {"avg", Function::avg},
    {"min", Function::min},
    {"max", Function::max},
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
}};
/// Functions of SOQL that this fake does not model.
constexpr std::array<std::string_view, 13> kFunctionsNotModelled{
    "tolabel", "format", "convertcurrency", "converttimezone", "distance",    "geolocation", "grouping",
    "rollup",  "cube",   "fiscal_month",    "fiscal_quarter",  "fiscal_year", "fields"};

bool is_fields_function(SyntaxNode expression);

/// Keeps the first complaint and goes on with placeholders, so that the code reads in one line of thought.
class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  std::shared_ptr<const Query> query(SyntaxNode node);
  std::optional<Error>& error() { return error_; }

 private:
  void complain(Error error) {
    if (!error_) error_ = std::move(error);
  }
  void complain_at(std::size_t offset, std::string_view what) { complain(complaint_at(text_, offset, "MALFORMED_QUERY", what)); }

  void select(SyntaxNode node, Query& query);
  SelectItem select_item(SyntaxNode node);
  void fields_function(SyntaxNode node, SelectItem& item);
  void type_of(SyntaxNode node, SelectItem& item);
  void from(SyntaxNode node, Query& query);
  FieldPath path(SyntaxNode node);
  Expression expression(SyntaxNode node);
  void call(SyntaxNode node, Expression& expression);
  Literal literal(SyntaxNode node);
  Condition condition(SyntaxNode node);
  Condition term(SyntaxNode node);
  Condition comparison(SyntaxNode node);
  OrderItem order_item(SyntaxNode node);
  std::size_t number(SyntaxNode node);

  std::string_view text_;
  std::optional<Error> error_;
};

std::shared_ptr<const Query> Builder::query(SyntaxNode node) {
  auto tree = std::make_shared<Query>();
  for (const SyntaxNode part : node) {
    switch (part.kind()) {
      case NodeKind::select_item: select(part, *tree); break;
      case NodeKind::from: from(part, *tree); break;
      case NodeKind::scope:
        if (!equals_ignoring_case(part.text(), "everything")) complain(not_modelled("USING SCOPE " + std::string{part.text()}));
        break;
      case NodeKind::where: tree->where = condition(part.front()); break;
      case NodeKind::with: complain(not_modelled("the WITH clause")); break;
      case NodeKind::group_by:
        for (const SyntaxNode item : part) tree->group_by.push_back(expression(item));
        break;
      case NodeKind::having: tree->having = condition(part.front()); break;
      case NodeKind::order_by:
        for (const SyntaxNode item : part) tree->order_by.push_back(order_item(item));
        break;
      case NodeKind::limit: tree->limit = number(part.front()); break;
      case NodeKind::offset: tree->offset = number(part.front()); break;
      case NodeKind::update: complain(not_modelled("UPDATE " + std::string{trimmed(part.text().substr(6))})); break;
      default: break;
    }
  }
  for (const SelectItem& item : tree->select) {
    const bool plain = item.kind == SelectItem::Kind::expression && item.expression.function == Function::none;
    if (plain && !item.alias.empty() && tree->group_by.empty()) {
      complain_at(item.offset, "only aggregate expressions use field aliasing");
    }
  }
  return tree;
}

void Builder::select(SyntaxNode node, Query& query) {
  SelectItem item = select_item(node);
  const bool is_count_all = item.kind == SelectItem::Kind::expression && item.expression.function == Function::count &&
                            item.expression.path.steps.empty();
  if (is_count_all || query.count_only) {
    // COUNT() stands alone.
    if (query.count_only || !query.select.empty()) return complain(unexpected_token(text_, node.offset()));
    query.count_only = true;
    return;
  }
  query.select.push_back(std::move(item));
}

SelectItem Builder::select_item(SyntaxNode node) {
  SelectItem item{.offset = node.offset()};
  const SyntaxNode first = node.front();
  if (first.kind() == NodeKind::subquery) {
    item.kind = SelectItem::Kind::subquery;
    item.subquery = query(first.front());
  } else if (first.kind() == NodeKind::type_of) {
    type_of(first, item);
  } else {
    if (is_fields_function(first)) {
      fields_function(first, item);
      return item;
    }
    item.expression = expression(first);
  }
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::alias) item.alias = child.text();
  }
  return item;
}

bool is_fields_function(SyntaxNode expression) {
  auto part = expression.begin();
  if (!equals_ignoring_case((*part).text(), "fields")) return false;
  return ++part != expression.end();
}

void Builder::fields_function(SyntaxNode node, SelectItem& item) {
  const SyntaxNode call = *++node.begin();
  const bool names_a_group = call.begin() != call.end() && call.front().kind() == NodeKind::expression;
  const std::string group = names_a_group ? lowercase(call.front().front().text()) : std::string{};
  if (group == "all") {
    item.kind = SelectItem::Kind::fields_all;
  } else if (group == "standard") {
    item.kind = SelectItem::Kind::fields_standard;
  } else if (group == "custom") {
    item.kind = SelectItem::Kind::fields_custom;
  } else {
    complain(unexpected_token(text_, call.offset()));
  }
}

void Builder::type_of(SyntaxNode node, SelectItem& item) {
  item.kind = SelectItem::Kind::type_of;
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::path) {
      item.expression = {.path = path(child), .offset = child.offset()};
      continue;
    }
    TypeOfArm arm;
    for (const SyntaxNode part : child) {
      if (part.kind() == NodeKind::object) {
        arm.type = part.text();
        arm.offset = part.offset();
      } else {
        arm.fields.push_back(path(part));
      }
    }
    item.arms.push_back(std::move(arm));
  }
}

void Builder::from(SyntaxNode node, Query& query) {
  for (const SyntaxNode part : node) {
    if (part.kind() == NodeKind::object) {
      query.from = part.text();
      query.from_offset = part.offset();
    } else if (part.kind() == NodeKind::alias) {
      query.alias = part.text();
    } else {
      complain(not_modelled("a second object in FROM"));
    }
  }
}

FieldPath Builder::path(SyntaxNode node) {
  FieldPath path{.offset = node.offset()};
  for (const std::string_view step : split(node.text(), '.')) path.steps.emplace_back(step);
  return path;
}

Expression Builder::expression(SyntaxNode node) {
  Expression expression{.path = path(node.front()), .offset = node.offset()};
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::call) call(child, expression);
  }
  return expression;
}

void Builder::call(SyntaxNode node, Expression& expression) {
  const std::string name = lowercase(expression.path.text());
  expression.path = {};
  for (const std::string_view known : kFunctionsNotModelled) {
    if (name == known) return complain(not_modelled("the function " + name));
  }
  for (const FunctionName& known : kFunctions) {
    if (name == known.name) expression.function = known.function;
  }
  if (expression.function == Function::none) return complain(unexpected_token(text_, node.offset()));
  std::size_t argument_count = 0;
  for (const SyntaxNode argument : node) {
    if (argument.kind() != NodeKind::expression) return complain(unexpected_token(text_, argument.offset()));
    const Expression inner = this->expression(argument);
    if (inner.function != Function::none) return complain(not_modelled("a function inside a function"));
    expression.path = inner.path;
    if (++argument_count > 1) return complain(unexpected_token(text_, argument.offset()));
  }
  if (argument_count == 0 && expression.function != Function::count) {
    complain(unexpected_token(text_, node.offset() + node.text().find(')')));
  }
}

Literal Builder::literal(SyntaxNode node) {
  Literal literal{.offset = node.offset()};
  if (node.kind() == NodeKind::text_literal) {
    literal.quoted = true;
    literal.source = node.text().substr(1, node.text().size() - 2);
    auto value = unescaped(literal.source);
    if (!value) {
      complain_at(node.offset(), "Invalid string literal '" + literal.source + "'. Illegal character sequence '" + value.error() +
                                     "' in string literal.");
    } else if (character_count(*value) > kLiteralCharactersMax) {
      complain_at(node.offset(), "A string literal has at most 4000 characters");  // [assumed wording]
    } else {
      literal.value = std::move(*value);
    }
  } else if (node.kind() == NodeKind::quantity_literal) {
    auto value = quantity(node.text());
    if (value) {
      literal.value = *value;
    } else {
      complain(unexpected_token(text_, node.offset()));
    }
  } else if (!read_word(node.text(), literal)) {
    complain(unexpected_token(text_, node.offset()));
  }
  return literal;
}

Condition Builder::condition(SyntaxNode node) {
  Condition first = term(node.front());
  for (const SyntaxNode more : node) {
    if (more.kind() == NodeKind::term) continue;
    Condition joined{.kind = more.kind() == NodeKind::conjunction ? Condition::Kind::all : Condition::Kind::any,
                     .offset = node.offset()};
    joined.parts.push_back(std::move(first));
    for (const SyntaxNode part : more) joined.parts.push_back(term(part));
    return joined;
  }
  return first;
}

Condition Builder::term(SyntaxNode node) {
  bool negated = false;
  Condition inner;
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::negation) {
      negated = !negated;
    } else {
      inner = child.kind() == NodeKind::comparison ? comparison(child) : condition(child);
    }
  }
  if (!negated) return inner;
  Condition negation{.kind = Condition::Kind::negation, .offset = node.offset()};
  negation.parts.push_back(std::move(inner));
  return negation;
}

Operator operator_named(std::string_view symbol) {
  if (symbol == "=") return Operator::equal;
  if (symbol == "!=" || symbol == "<>") return Operator::not_equal;
  if (symbol == "<") return Operator::less;
  if (symbol == "<=") return Operator::less_equal;
  if (symbol == ">") return Operator::greater;
  return Operator::greater_equal;
}

Condition Builder::comparison(SyntaxNode node) {
  Condition condition{.offset = node.offset()};
  for (const SyntaxNode child : node) {
    switch (child.kind()) {
      case NodeKind::expression: condition.left = expression(child); break;
      case NodeKind::op_symbol: condition.op = operator_named(child.text()); break;
      case NodeKind::op_like: condition.op = Operator::like; break;
      case NodeKind::op_in: condition.op = Operator::in; break;
      case NodeKind::op_not_in: condition.op = Operator::not_in; break;
      case NodeKind::op_includes: condition.op = Operator::includes; break;
      case NodeKind::op_excludes: condition.op = Operator::excludes; break;
      case NodeKind::query: condition.subquery = query(child); break;
      default: condition.values.push_back(literal(child)); break;
    }
  }
  if (condition.op == Operator::like && condition.values.front().quoted) {
    if (auto pattern = LikePattern::from_source(condition.values.front().source)) condition.pattern = std::move(*pattern);
  }
  return condition;
}

OrderItem Builder::order_item(SyntaxNode node) {
  OrderItem item{.expression = expression(node.front())};
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::descending) item.descending = true;
    if (child.kind() == NodeKind::nulls_last) item.nulls_first = false;
  }
  return item;
}

std::size_t Builder::number(SyntaxNode node) {
  std::size_t value = 0;
  const std::string_view digits = node.text();
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (problem != std::errc{} || value > 2'147'483'647) complain(unexpected_token(text_, node.offset()));
  return value;
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.';
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

Error unexpected_token(std::string_view text, std::size_t offset) {
  std::string_view token = prefix_of_characters(text.substr(offset), 1);
  if (!token.empty() && is_word_character(token.front())) {
    std::size_t end = offset;
    while (end < text.size() && is_word_character(text[end])) ++end;
    token = text.substr(offset, end - offset);
  }
  return complaint_at(text, offset, "MALFORMED_QUERY", "unexpected token: '" + std::string{token} + "'");
}

Result<std::shared_ptr<const Query>, Error> build_tree(SyntaxNode query, std::string_view text) {
  Builder builder{text};
  auto tree = builder.query(query);
  if (builder.error()) return fail(std::move(*builder.error()));
  return tree;
}

}  // namespace casewire::sim::salesforce::soql
