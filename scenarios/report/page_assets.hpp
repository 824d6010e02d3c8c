#pragma once
// The page's style sheet and script, as files in this folder and as text in the program.

namespace casewire::scenarios::report {

extern const char* const kPageStyle;
extern const char* const kPageScript;

}  // namespace casewire::scenarios::report
