#pragma once
// Errors as Salesforce words them: with the position block where it shows one.

#include <string>
#include <string_view>

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

/// `"\n" + excerpt + "\n" + blanks + "^\nERROR at Row:R:Column:C\n" + text`. Row and column are 1-based and count characters of
/// the query as sent. The excerpt reaches about 30 characters to both sides, extended to white space (inferred from samples).
Error complaint_at(std::string_view query, std::size_t offset, std::string code, std::string_view text);
Error complaint(std::string code, std::string text);
/// MALFORMED_QUERY `unexpected token: 'X'`, X being the word or the character that stands at `offset`.
Error unexpected_token(std::string_view query, std::size_t offset);
/// Something SOQL has and this fake does not.
Error not_modelled(std::string_view what);

}  // namespace casewire::sim::salesforce::soql
