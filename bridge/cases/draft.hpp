#pragma once
// The fields of a new Case. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/choice.hpp"
#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// Source: Object Reference, Case: lengths in characters.
inline constexpr std::size_t kSubjectCharactersMax = 255;
inline constexpr std::size_t kDescriptionCharactersMax = 32'000;
inline constexpr std::size_t kSuppliedCharactersMax = 80;

struct Draft {
  std::string subject;
  std::string description;
  std::string supplied_email;  ///< empty when it is too long for the field
  std::string supplied_name;
  bool is_description_cut = false;  ///< the whole summary then belongs in a file on the Case
};

Draft draft_case(const opencx::Session& session, const std::vector<opencx::HistoryItem>& history);

}  // namespace casewire::bridge::cases
