#pragma once
// SOQL: a grammar (PEGTL), a syntax tree, and an evaluator over a Database. Errors carry Salesforce's own code and text, with
// the position block ("\nSELECT Id, Foo FROM Case\n           ^\nERROR at Row:1:Column:12\n...").
// Source: SOQL and SOSL Reference, Summer '26; texts as observed (docs/salesforce.md, "SOQL").
// A clause that is parsed but not modelled is the error kind `not_modelled`, which the API answers with 501.

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

struct Query;  // the syntax tree, in soql/syntax.hpp

struct ParsedQuery {
  std::shared_ptr<const Query> tree;
  std::string text;
};
Result<ParsedQuery, Error> parse(std::string_view text);

struct Options {
  bool with_deleted = false;                        ///< queryAll
  std::string url_prefix = "/services/data/v66.0";  ///< for `attributes.url` and nextRecordsUrl of child results
};

struct Rows {
  std::size_t total = 0;      ///< of the whole result
  std::vector<Json> records;  ///< each with `attributes` first, members in select order; empty for COUNT()
};
Result<Rows, Error> evaluate(const ParsedQuery& query, const Database& database, const Options& options = {});

}  // namespace casewire::sim::salesforce::soql
