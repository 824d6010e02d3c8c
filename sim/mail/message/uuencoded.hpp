#pragma once
// What stands between "begin 644 name" and "end". Follows: POSIX, uuencode. GMime reads it too, but takes a line whose blanks at the end
// were lost on the way for a longer one.

#include <string>
#include <string_view>

namespace casewire::sim::mail {

/// A text without a beginning is itself.
std::string uudecoded(std::string_view text);

}  // namespace casewire::sim::mail
