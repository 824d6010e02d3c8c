#pragma once
// The grammar of SOQL in PEGTL. Included by parse.cpp only. Names are not resolved here, and no two alternatives begin with the
// same token, so parsing is linear; the depth of parentheses is bounded before parsing.
// Source: SOQL and SOSL Reference, "SOQL SELECT Syntax", Summer '26.
//
// Every token eats the blanks behind it and begins with the tag `token`: the farthest place where a token was tried is where a
// failing query went wrong. A rule with a member `node` becomes a node of that kind.

#include <algorithm>
#include <array>
#include <string_view>
#include <tao/pegtl.hpp>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/syntax_node.hpp"

namespace casewire::sim::salesforce::soql::grammar {

namespace p = tao::pegtl;

struct token {};

struct blanks : p::star<p::space> {};
struct word_end : p::not_at<p::sor<p::alnum, p::one<'_'>>> {};
template <class Text>
struct whole : p::seq<Text, word_end> {};
template <class Text>
struct keyword : token, p::seq<Text, word_end, blanks> {};
template <char C>
struct symbol : token, p::seq<p::one<C>, blanks> {};

#define CASEWIRE_SOQL_KEYWORD(name, text) \
  struct name : keyword<TAO_PEGTL_ISTRING(text)> {}
CASEWIRE_SOQL_KEYWORD(kw_select, "SELECT");
CASEWIRE_SOQL_KEYWORD(kw_from, "FROM");
CASEWIRE_SOQL_KEYWORD(kw_as, "AS");
CASEWIRE_SOQL_KEYWORD(kw_using, "USING");
CASEWIRE_SOQL_KEYWORD(kw_scope, "SCOPE");
CASEWIRE_SOQL_KEYWORD(kw_where, "WHERE");
CASEWIRE_SOQL_KEYWORD(kw_with, "WITH");
CASEWIRE_SOQL_KEYWORD(kw_security_enforced, "SECURITY_ENFORCED");
CASEWIRE_SOQL_KEYWORD(kw_user_mode, "USER_MODE");
CASEWIRE_SOQL_KEYWORD(kw_system_mode, "SYSTEM_MODE");
CASEWIRE_SOQL_KEYWORD(kw_group, "GROUP");
CASEWIRE_SOQL_KEYWORD(kw_by, "BY");
CASEWIRE_SOQL_KEYWORD(kw_having, "HAVING");
CASEWIRE_SOQL_KEYWORD(kw_order, "ORDER");
CASEWIRE_SOQL_KEYWORD(kw_asc, "ASC");
CASEWIRE_SOQL_KEYWORD(kw_desc, "DESC");
CASEWIRE_SOQL_KEYWORD(kw_nulls, "NULLS");
CASEWIRE_SOQL_KEYWORD(kw_first, "FIRST");
CASEWIRE_SOQL_KEYWORD(kw_last, "LAST");
CASEWIRE_SOQL_KEYWORD(kw_limit, "LIMIT");
CASEWIRE_SOQL_KEYWORD(kw_offset, "OFFSET");
CASEWIRE_SOQL_KEYWORD(kw_for, "FOR");
CASEWIRE_SOQL_KEYWORD(kw_view, "VIEW");
CASEWIRE_SOQL_KEYWORD(kw_reference, "REFERENCE");
CASEWIRE_SOQL_KEYWORD(kw_update, "UPDATE");
CASEWIRE_SOQL_KEYWORD(kw_tracking, "TRACKING");
CASEWIRE_SOQL_KEYWORD(kw_viewstat, "VIEWSTAT");
CASEWIRE_SOQL_KEYWORD(kw_typeof, "TYPEOF");
CASEWIRE_SOQL_KEYWORD(kw_when, "WHEN");
CASEWIRE_SOQL_KEYWORD(kw_then, "THEN");
CASEWIRE_SOQL_KEYWORD(kw_else, "ELSE");
CASEWIRE_SOQL_KEYWORD(kw_end, "END");
CASEWIRE_SOQL_KEYWORD(kw_and, "AND");
CASEWIRE_SOQL_KEYWORD(kw_or, "OR");
CASEWIRE_SOQL_KEYWORD(kw_not, "NOT");
CASEWIRE_SOQL_KEYWORD(kw_like, "LIKE");
CASEWIRE_SOQL_KEYWORD(kw_in, "IN");
CASEWIRE_SOQL_KEYWORD(kw_includes, "INCLUDES");
CASEWIRE_SOQL_KEYWORD(kw_excludes, "EXCLUDES");
#undef CASEWIRE_SOQL_KEYWORD

/// At one of these words, whole and in any case. Asked before every name, so it reads the word once; consumes nothing.
template <std::size_t Count, const std::array<std::string_view, Count>& Words>
struct at_word_of {
  using rule_t = at_word_of;
  using subs_t = p::empty_list;
  template <class Input>
  static bool match(Input& in) {
    const std::string_view rest{in.current(), static_cast<std::size_t>(in.end() - in.current())};
    const auto end = std::find_if_not(rest.begin(), rest.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    const auto word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    return std::any_of(Words.begin(), Words.end(), [word](std::string_view known) {
      return known.size() == word.size() && equals_ignoring_case(known, word);
    });
  }
};
// Words that name no field, object or alias ("Reserved Keywords"). GROUP is one, and yet an object.
inline constexpr std::array<std::string_view, 18> kReserved{"AND",    "ASC", "DESC",     "EXCLUDES", "FROM",  "GROUP",
                                                            "HAVING", "IN",  "INCLUDES", "LIKE",     "LIMIT", "NOT",
                                                            "NULLS",  "OR",  "SELECT",   "USING",    "WHERE", "WITH"};
struct reserved : at_word_of<kReserved.size(), kReserved> {};
// Words that may follow an object: no aliases.
inline constexpr std::array<std::string_view, 5> kClauseWords{"AS", "ORDER", "OFFSET", "FOR", "UPDATE"};
struct clause_word : at_word_of<kClauseWords.size(), kClauseWords> {};

struct identifier : p::seq<p::alpha, p::star<p::sor<p::alnum, p::one<'_'>>>> {};
struct path : p::seq<p::not_at<reserved>, p::list<identifier, p::one<'.'>>> {
  static constexpr auto node = NodeKind::path;
};
struct path_token : token, p::seq<path, blanks> {};
struct alias : p::seq<p::not_at<reserved>, p::not_at<clause_word>, identifier> {
  static constexpr auto node = NodeKind::alias;
};
struct alias_token : token, p::seq<alias, blanks> {};
struct object_name : p::seq<p::sor<p::at<whole<TAO_PEGTL_ISTRING("GROUP")>>, p::not_at<reserved>>, identifier> {
  static constexpr auto node = NodeKind::object;
};
struct object_token : token, p::seq<object_name, blanks> {};

// ---- literals; their texts are read by the builder
struct text_body : p::star<p::sor<p::seq<p::one<'\\'>, p::any>, p::not_one<'\'', '\\'>>> {};
struct text_literal : p::seq<p::one<'\''>, text_body, p::one<'\''>> {
  static constexpr auto node = NodeKind::text_literal;
};
struct quantity_literal : p::seq<p::opt<p::one<'+', '-'>>, p::digit, p::star<p::sor<p::alnum, p::one<'.', '-', ':', '+'>>>> {
  static constexpr auto node = NodeKind::quantity_literal;
};
struct word_literal : p::seq<p::not_at<reserved>, identifier, p::opt<p::one<':'>, p::plus<p::digit>>> {
  static constexpr auto node = NodeKind::word_literal;
};
struct literal : token, p::seq<p::sor<text_literal, quantity_literal, word_literal>, blanks> {};
struct integer : p::plus<p::digit> {
  static constexpr auto node = NodeKind::integer;
};
struct integer_token : token, p::seq<integer, word_end, blanks> {};

// ---- expressions
struct expression;
struct argument : p::sor<expression, literal> {};
struct call : p::seq<symbol<'('>, p::opt<p::list<argument, symbol<','>>>, symbol<')'>> {
  static constexpr auto node = NodeKind::call;
};
struct expression : p::seq<path_token, p::opt<call>> {
  static constexpr auto node = NodeKind::expression;
};

// ---- conditions
struct query;
struct condition;
struct op_symbol : p::sor<p::string<'!', '='>, p::string<'<', '>'>, p::string<'<', '='>, p::string<'>', '='>, p::one<'='>,
                          p::one<'<'>, p::one<'>'>> {
  static constexpr auto node = NodeKind::op_symbol;
};
struct op_token : token, p::seq<op_symbol, blanks> {};
struct op_like : kw_like {
  static constexpr auto node = NodeKind::op_like;
};
struct op_not_in : p::seq<kw_not, kw_in> {
  static constexpr auto node = NodeKind::op_not_in;
};
struct op_in : kw_in {
  static constexpr auto node = NodeKind::op_in;
};
struct op_includes : kw_includes {
  static constexpr auto node = NodeKind::op_includes;
};
struct op_excludes : kw_excludes {
  static constexpr auto node = NodeKind::op_excludes;
};
struct literals : p::seq<symbol<'('>, p::list<literal, symbol<','>>, symbol<')'>> {};
struct set : p::seq<symbol<'('>, p::sor<query, p::list<literal, symbol<','>>>, symbol<')'>> {};
struct comparison
    : p::seq<expression, p::sor<p::seq<op_token, literal>, p::seq<op_like, literal>, p::seq<p::sor<op_not_in, op_in>, set>,
                                p::seq<p::sor<op_includes, op_excludes>, literals>>> {
  static constexpr auto node = NodeKind::comparison;
};
struct primary : p::sor<p::seq<symbol<'('>, condition, symbol<')'>>, comparison> {};
struct term : primary {
  static constexpr auto node = NodeKind::term;
};
// AND, OR and NOT do not mix without parentheses: "Logical Operators" in the reference; `unexpected token: 'NOT'` behind AND captured
// (soql-parser-js, issue 201; apex-dml-mocking, pull request 50), and that AND behind a NOT is refused too (soql-parser-js, issue 237).
struct negation : p::seq<kw_not, term> {
  static constexpr auto node = NodeKind::negation;
};
struct conjunction : p::plus<kw_and, term> {
  static constexpr auto node = NodeKind::conjunction;
};
struct disjunction : p::plus<kw_or, term> {
  static constexpr auto node = NodeKind::disjunction;
};
struct condition : p::sor<negation, p::seq<term, p::opt<p::sor<conjunction, disjunction>>>> {
  static constexpr auto node = NodeKind::condition;
};

// ---- the select list
struct arm_fields : p::list<path_token, symbol<','>> {};
struct when_arm : p::seq<kw_when, object_token, kw_then, arm_fields> {
  static constexpr auto node = NodeKind::when_arm;
};
struct else_arm : p::seq<kw_else, arm_fields> {
  static constexpr auto node = NodeKind::else_arm;
};
struct type_of : p::seq<kw_typeof, path_token, p::plus<when_arm>, p::opt<else_arm>, kw_end> {
  static constexpr auto node = NodeKind::type_of;
};
struct subquery : p::seq<symbol<'('>, query, symbol<')'>> {
  static constexpr auto node = NodeKind::subquery;
};
struct select_item : p::sor<subquery, type_of, p::seq<expression, p::opt<alias_token>>> {
  static constexpr auto node = NodeKind::select_item;
};

// ---- clauses
struct joined_object : p::seq<symbol<','>, path_token, p::opt<kw_as>, alias_token> {
  static constexpr auto node = NodeKind::joined_object;
};
struct from_clause
    : p::seq<kw_from, object_token, p::opt<p::sor<p::seq<kw_as, alias_token>, alias_token>>, p::star<joined_object>> {
  static constexpr auto node = NodeKind::from;
};
struct scope_name : identifier {
  static constexpr auto node = NodeKind::scope;
};
struct scope_token : token, p::seq<scope_name, blanks> {};
struct using_clause : p::seq<kw_using, kw_scope, scope_token> {};
struct where_clause : p::seq<kw_where, condition> {
  static constexpr auto node = NodeKind::where;
};
// Modes of access change nothing here, and so become no node: every user of this org may see everything.
struct access_mode : p::sor<kw_security_enforced, kw_user_mode, kw_system_mode> {};
struct with_filter : p::seq<path_token, p::star<p::not_one<'(', ')'>>> {
  static constexpr auto node = NodeKind::with;
};
struct with_clause : p::seq<kw_with, p::sor<access_mode, with_filter>> {};
struct group_clause : p::seq<kw_group, kw_by, p::list<expression, symbol<','>>> {
  static constexpr auto node = NodeKind::group_by;
};
struct having_clause : p::seq<kw_having, condition> {
  static constexpr auto node = NodeKind::having;
};
struct descending : kw_desc {
  static constexpr auto node = NodeKind::descending;
};
struct nulls_last : kw_last {
  static constexpr auto node = NodeKind::nulls_last;
};
struct nulls_order : p::seq<kw_nulls, p::sor<kw_first, nulls_last>> {};
struct order_item : p::seq<expression, p::opt<p::sor<kw_asc, descending>>, p::opt<nulls_order>> {
  static constexpr auto node = NodeKind::order_item;
};
struct order_clause : p::seq<kw_order, kw_by, p::list<order_item, symbol<','>>> {
  static constexpr auto node = NodeKind::order_by;
};
struct limit_clause : p::seq<kw_limit, integer_token> {
  static constexpr auto node = NodeKind::limit;
};
struct offset_clause : p::seq<kw_offset, integer_token> {
  static constexpr auto node = NodeKind::offset;
};
struct viewing : p::sor<kw_view, kw_reference> {
  static constexpr auto node = NodeKind::viewing;
};
struct locking : kw_update {
  static constexpr auto node = NodeKind::locking;
};
struct for_clause : p::seq<kw_for, p::sor<viewing, locking>> {
  static constexpr auto node = NodeKind::for_clause;
};
struct update_clause : p::seq<kw_update, p::sor<kw_tracking, kw_viewstat>> {
  static constexpr auto node = NodeKind::update;
};

// HAVING is a part of GROUP BY ("SOQL SELECT Syntax").
struct grouping_clauses : p::seq<group_clause, p::opt<having_clause>> {};
struct query : p::seq<kw_select, p::list<select_item, symbol<','>>, from_clause, p::opt<using_clause>, p::opt<where_clause>,
                      p::opt<with_clause>, p::opt<grouping_clauses>, p::opt<order_clause>, p::opt<limit_clause>,
                      p::opt<offset_clause>, p::star<for_clause>, p::opt<update_clause>> {
  static constexpr auto node = NodeKind::query;
};
struct end_token : token, p::eof {};
struct statement : p::seq<blanks, query, end_token> {};

}  // namespace casewire::sim::salesforce::soql::grammar
