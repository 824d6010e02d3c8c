#pragma once
// A remark of the bridge's own on a Case, for its reps: once, whatever answer was lost.

#include <string>
#include <string_view>

#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

struct CaseNote {
  std::string case_id;
  std::string id;  ///< what it is about: no other note has it, on any Case
  std::string text;
};

/// Set when it could not be written; the ledger remembers it when it was.
Stopped write_note(const Context& context, const CaseNote& note, std::string_view trace);
/// Whether it was.
bool is_note_written(Store& store, std::string_view note_id);

}  // namespace casewire::bridge
