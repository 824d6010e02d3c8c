#pragma once
// Whom an exchange of a recording is for, when the recorder did not know our names for the parties: by its host if somebody named the
// host, or else by the vendors' own domains and paths.

#include <map>
#include <string>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::scenarios {

/// "acme.my.salesforce.com" -> "salesforce"; "*.cdn.test" -> "nobody" is all that is below it
using Hosts = std::map<std::string, std::string>;

struct Parties {
  std::string from, to;  ///< "bridge", "salesforce", "opencx"; empty: nobody that we know
};

/// `url` is absolute.
Parties parties_of(std::string_view url, const http::Request& request, const Hosts& named);

/// Whose host it was said to be, with its port or without; empty: nobody said.
std::string system_named(const Hosts& named, std::string_view host);

/// Without scheme and user; lower case, with the port that it names.
std::string host_of(std::string_view url);

}  // namespace casewire::scenarios
