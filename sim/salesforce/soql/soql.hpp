#pragma once
// SOQL: a grammar (PEGTL), a syntax tree, and an evaluator over a Database. Errors carry Salesforce's own code and text, with
// the position block ("\nSELECT Id, Foo FROM Case\n           ^\nERROR at Row:1:Column:12\n...").
// Source: SOQL and SOSL Reference, Summer '26; texts as observed (docs/salesforce.md, "SOQL").
// A clause that is parsed but not modelled is the error kind `not_modelled`, which the API answers with 501.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/text/json.hpp"
#include "sim/salesforce/records/database.hpp"

namespace casewire::sim::salesforce::soql {

struct Error {
  bool not_modelled = false;
  std::string code;     ///< "MALFORMED_QUERY", "INVALID_FIELD", ...
  std::string message;  ///< complete, as REST shows it
};

struct Query;       // the syntax tree, in soql/syntax.hpp
struct BoundQuery;  // in soql/bound.hpp

struct ParsedQuery {
  std::shared_ptr<const Query> tree;
  std::string text;
};
Result<ParsedQuery, Error> parse(std::string_view text);
/// The object behind FROM, as the query writes it.
std::string object_of(const ParsedQuery& query);

/// Whether it asks for rows as they are: no aggregates, no groups, no children, no TYPEOF.
bool asks_for_plain_rows(const ParsedQuery& query);

/// Records as REST shows them, each with `attributes` first and its members in select order: compact JSON, with commas between.
struct Records {
  std::string text;
  std::vector<std::size_t> ends;  ///< of each record in `text`

  std::size_t size() const { return ends.size(); }
  /// Those from `first` on up to `end`, which is not among them, as they stand between the brackets of an array.
  std::string_view slice(std::size_t first, std::size_t end) const;
  /// One value for each, for those who look inside.
  std::vector<Json> trees() const { return trees(0, size()); }
  std::vector<Json> trees(std::size_t first, std::size_t end) const;
};

struct Rows {
  std::size_t total = 0;  ///< of the whole result
  Records records;        ///< none for COUNT()
};

struct Options {
  bool with_deleted = false;                        ///< queryAll
  std::string url_prefix = "/services/data/v66.0";  ///< for `attributes.url`
  /// Takes the whole result of a child subquery of which only the first `child_rows` stand with their parent, and says where the others
  /// are. Empty: children come in one piece.
  std::function<std::string(Rows children)> keep_children{};
  std::size_t child_rows = 0;
};

Result<Rows, Error> evaluate(const ParsedQuery& query, const Database& database, const Options& options = {});

/// evaluate() in two steps. A plan is good as long as the database's schema; its query's text, names and types are sound.
struct Plan {
  ParsedQuery query;
  std::shared_ptr<const BoundQuery> bound{};
  /// It means the same whenever it is run: nothing in it was read from the clock (TODAY) or from rows (a semi-join).
  bool is_lasting = false;
};
Result<Plan, Error> plan(ParsedQuery query, const Database& database, bool with_deleted);
/// `options.with_deleted` as when it was planned.
Result<Rows, Error> run(const Plan& plan, const Database& database, const Options& options);

}  // namespace casewire::sim::salesforce::soql
