#pragma once
// A schema as bytes, without the names of its members: as such the standard one travels inside the library. The build makes them of
// standard.json (pack_standard.cpp), for reading that as JSON was a third of a lone fake's start.

#include <string>
#include <string_view>

#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

std::string pack(const Schema& schema);

/// What pack() made, of this very version of it; throws std::out_of_range where the bytes end too early.
Schema unpack(std::string_view bytes);

}  // namespace casewire::sim::salesforce
