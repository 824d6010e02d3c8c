#pragma once
// Text that was wrapped for its journey: format=flowed of RFC 3676.

#include <string>
#include <string_view>

namespace casewire::sim::mail {

/// Lines that end with a blank go on in the next one of the same quote depth. `delsp`: that blank was added and is no part of the
/// text. Stuffing goes; the signature's line "-- " ends nothing and starts nothing. LF line ends in and out.
std::string unwrapped(std::string_view text, bool delsp);

}  // namespace casewire::sim::mail
