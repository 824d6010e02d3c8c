#pragma once
// Address lists of mail headers (RFC 5322 3.4) as mail programs read them: what is not allowed but sent all the same is understood
// where its meaning is plain. `dana..x.@example.test`, `Jane [Sales] <jane@x.test>`, `Weber, Dana <dana@x.test>`, groups, comments,
// obsolete routes, separators of either kind. Addresses stay as they are written: A-labels are not decoded, case is kept.

#include <string>
#include <string_view>
#include <vector>

#include "sim/mail/message.hpp"

namespace casewire::sim::mail {

/// In the order they stand; display names are unquoted, but encoded words in them are not decoded. What holds no "@" is no address
/// and left out. At most 1,000.
std::vector<Address> addresses_in(std::string_view header);

/// What stands behind the last "@"; all of it where there is none.
std::string_view domain_of(std::string_view address);

/// The mailbox of a path in an SMTP command or header, without a source route: "@a.test,@b.test:help@c.test" is help@c.test.
std::string_view without_route(std::string_view path);

/// The same mailbox without quotes that its local part needs only by the letter of RFC 5322: `"dana..x"@y.test` is dana..x@y.test, which
/// is how its owner writes it (programs such as nodemailer add them).
std::string without_idle_quotes(std::string_view address);

}  // namespace casewire::sim::mail
