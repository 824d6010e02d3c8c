#pragma once
// Bodies as whoever receives them reads them. A tape keeps the bytes that were on the wire; who wants to know what they say takes off first what
// their Content-Encoding names.

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// A body whose codings are known (base/http/content_coding.hpp) becomes what it says, and is no longer said to be coded. Nor is one that is text
/// already, as browsers save what they have decoded. Everything else stays.
void make_plain(http::Headers& headers, std::string& body);
/// Of both messages.
void make_bodies_plain(Exchange& exchange);

}  // namespace casewire::scenarios
