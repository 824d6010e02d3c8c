#pragma once
// Bytes of a mail body in whatever charset its sender named, wrongly named or did not name, as UTF-8. Never fails: what cannot
// be read becomes U+FFFD, so that no mail is lost over its label (F68).

#include <string>
#include <string_view>

namespace casewire::sim::mail {

/// `charset` as the mail names it; empty when it names none. A label that is known to be used for a larger set is read as that
/// set (gb2312 as GB18030, iso-8859-1 as windows-1252), as browsers do (WHATWG Encoding Standard, "Names and labels").
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace casewire::sim::mail
