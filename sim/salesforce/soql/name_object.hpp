#pragma once
// What a path sees behind a reference to several objects (Owner, What, RelatedTo): not their fields, but those of the object Name,
// which no query can name itself. TYPEOF sees the objects' own. Source: Object Reference and Field Reference, "Name"; captured as
// `No such column 'Subject' on entity 'Name'` for Case.Source.Subject (SFDX-Data-Move-Utility, issue 359). MiddleName and Suffix
// belong to orgs that have them switched on, which this one has not.

#include <string_view>

namespace casewire::sim::salesforce::soql {

bool is_field_of_name(std::string_view field);
bool is_relationship_of_name(std::string_view relationship);

}  // namespace casewire::sim::salesforce::soql
