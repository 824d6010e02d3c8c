#pragma once
// From the parser's nodes to the syntax tree: reads literals, names functions, refuses what is parsed and not modelled.

#include <memory>

#include "sim/salesforce/soql/complaint.hpp"
#include "sim/salesforce/soql/syntax.hpp"
#include "sim/salesforce/soql/syntax_node.hpp"

namespace casewire::sim::salesforce::soql {

/// `query` is a node of kind query.
Result<std::shared_ptr<const Query>, Error> build_tree(SyntaxNode query, std::string_view text);

/// MALFORMED_QUERY `unexpected token: 'X'`, X being the word or the character that stands at `offset`.
Error unexpected_token(std::string_view text, std::size_t offset);

}  // namespace casewire::sim::salesforce::soql
