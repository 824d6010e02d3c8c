#pragma once
// Errors as Salesforce words them: with the position block where it shows one.

#include <string>
#include <string_view>

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::soql {

/// `"\n" + excerpt + "\n" + blanks + "^\nERROR at Row:R:Column:C\n" + text`. Row and column are 1-based and count characters of
/// the query as sent. The excerpt reaches 30 characters to both sides, and further to the ends of words that it would part; blanks at
/// its ends stay. Inferred from captures: SalesforceLabs/OrgCheck, issue 111; simple-salesforce, issue 73; forcedotcom/cli, issue 1356;
/// and restforce, issue 688, for the right end.
Error complaint_at(std::string_view query, std::size_t offset, std::string code, std::string_view text);
/// Of the vendor's lexer, which counts columns from 0: the block shows the place one before. Captured: restforce, issues 632 and 688;
/// SalesforceMobileSDK-iOS, issue 2066; SalesforceMobileSDK-ReactNative, issue 82; force-rest-api, pull request 92.
Error lexer_complaint(std::string_view query, std::size_t offset, std::string code, std::string_view text);
/// Of the lexer too: `line R:C problem` below the block.
Error unreadable_character(std::string_view query, std::size_t offset, std::string code, std::string_view problem);
Error complaint(std::string code, std::string text);
/// MALFORMED_QUERY `unexpected token: 'X'`, X being the word or the character that stands at `offset`.
Error unexpected_token(std::string_view query, std::size_t offset);
/// Something SOQL has and this fake does not.
Error not_modelled(std::string_view what);

}  // namespace casewire::sim::salesforce::soql
