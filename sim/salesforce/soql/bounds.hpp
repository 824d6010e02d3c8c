#pragma once
// What a query may cost. The first two are Salesforce's; the others guard this process.

#include <cstddef>

namespace casewire::sim::salesforce::soql {

inline constexpr std::size_t kQueryCharactersMax = 100'000;
inline constexpr std::size_t kLiteralCharactersMax = 4'000;
inline constexpr std::size_t kParenthesesMax = 32;  ///< open at one place; a level costs parser stack, and fibers have little
inline constexpr std::size_t kParentHopsMax = 5;
inline constexpr std::size_t kSubqueryLevelsMax = 4;  ///< below the outer query; five objects in all since v58.0
inline constexpr std::size_t kOffsetMax = 2'000;
inline constexpr std::size_t kGroupsMax = 2'000;
inline constexpr std::size_t kSemiJoinsMax = 2;
inline constexpr std::size_t kFieldsFunctionLimitMax = 200;

}  // namespace casewire::sim::salesforce::soql
