#pragma once
// What members, fields, parameters, headers and elements are called. A name that only a person's map could have (`{"lindholm": true}`) is as much
// somebody's as a value is, and no shape tells it from `{"subject": true}`: the words do.

#include <string_view>

namespace casewire::scenarios {

/// All words of it are words of which the vendors and their standards make names, or it is an admin's (`Shoe_Size__c`). Parts are parted by points,
/// colons and dashes.
bool is_vendor_name(std::string_view name);

}  // namespace casewire::scenarios
