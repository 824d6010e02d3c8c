#pragma once
// The one call that opens or extends a Case: all of it or nothing.

#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/cases/transcript.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// Comments of one call: 4 collections of 200 rows (at most 5 subrequests of a composite may be collections or queries).
inline constexpr std::size_t kCommentsPerCall = 800;

struct CaseWriting {
  cases::Choice choice;
  std::string session_id;
  cases::Draft draft{};                  ///< of a new Case
  std::string contact_id{};              ///< likewise; may be empty
  std::vector<cases::Comment> comments;  ///< at most kCommentsPerCall
};

struct WrittenCase {
  std::string id;
  bool is_closed = false;  ///< as the same transaction saw it after the writes
};

/// A value of a new Case that the org refuses is left out, and said in a comment.
Outcome<WrittenCase> write_case(const Context& context, const CaseWriting& writing, std::string_view trace);

}  // namespace casewire::bridge
