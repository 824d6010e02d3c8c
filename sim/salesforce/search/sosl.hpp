#pragma once
// The SOSL statement: FIND {term} [IN group FIELDS] [RETURNING Object(fields WHERE ... ORDER BY ... LIMIT ...), ...] [LIMIT n].
// What stands in the parentheses is SOQL's and is left to it. Source: SOQL and SOSL Reference, "SOSL Syntax", Summer '26; texts of
// errors as captured. Left out: WITH, UPDATE, USING.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/soql/soql.hpp"

namespace casewire::sim::salesforce::search {

enum class Group { all, name, email, phone, sidebar };

struct Returning {
  std::string object;
  std::size_t offset = 0;  ///< in the statement
  std::string fields;      ///< "Id, Email"; empty: Id
  std::string clauses;     ///< behind WHERE, without it; empty: none
  std::string rest;        ///< "ORDER BY ... LIMIT ..."
};

struct Statement {
  std::string term;
  Group group = Group::all;
  std::vector<Returning> returning;  ///< none: every object that can be searched
  std::optional<std::size_t> limit;
};

inline constexpr std::size_t kStatementBytesMax = 100'000, kReturningMax = 20;

Result<Statement, soql::Error> parse_sosl(std::string_view text);

}  // namespace casewire::sim::salesforce::search
