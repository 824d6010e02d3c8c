#pragma once
// System validation of a save (docs/salesforce.md, "Order of checks"): phase 10 checks what was written, phase 12 what is
// missing, phase 13 uniqueness. Errors of one phase come together; errors of two phases never do.

#include <vector>

#include "sim/salesforce/records/save_error.hpp"
#include "sim/salesforce/records/store.hpp"

namespace casewire::sim::salesforce {

bool is_email_address(std::string_view text);
/// Formats, lengths, picklists and foreign keys of the fields that `written` names. Ids become 18 characters.
SaveErrors check_written(const Store& store, const SObjectType& type, std::vector<Value>& values,
                         const std::vector<std::size_t>& written);
/// One error with every missing field, or none. A default fills what was left out, not what was `written` as null.
SaveErrors check_required(const SObjectType& type, const std::vector<Value>& values, const std::vector<std::size_t>& written);
/// `self`: the id of the row itself, empty on insert.
SaveErrors check_unique(Store& store, const SObjectType& type, const std::vector<Value>& values, std::string_view self);

}  // namespace casewire::sim::salesforce
