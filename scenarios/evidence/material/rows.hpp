#pragma once
// A row of Salesforce out of whatever gives one out, taken into the evidence.

#include <array>
#include <string>
#include <string_view>

#include "scenarios/evidence/evidence.hpp"

namespace casewire::scenarios {

/// The fields that say when something was.
inline constexpr std::array<std::string_view, 5> kTimeFields{"CreatedDate", "MessageDate", "ClosedDate", "LastModifiedDate",
                                                             "SystemModstamp"};

/// By its key prefix; empty: none that is read here.
std::string object_of_id(std::string_view id);
/// False when nothing tells what it is, or when: it is listed then. `object` may be empty.
bool take_row(const Origin& origin, std::string object, const std::string& id, Json fields, Evidence& evidence);
/// An id stands once in an export. Where it stands twice and the two disagree, somebody has put it together.
void note_second_row(const Origin& origin, const std::string& id, const Json& fields, Evidence& evidence);

}  // namespace casewire::scenarios
