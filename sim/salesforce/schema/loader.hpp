#pragma once
// Reads objects and fields from a schema file or from the "schema" member of an org file:
//
//   {"objects": {"Case": {"label": "Case", "plural": "Cases", "keyPrefix": "500", "calls": "CUDQSR",
//     "fields": [{"name": "Subject", "label": "Subject", "type": "string", "length": 255, "flags": "CUNFGS"}],
//     "children": [{"name": "CaseComments", "object": "CaseComment", "field": "ParentId", "cascadeDelete": true}]}}}
//
// calls: Create Update Delete Query. flags: Createable Updateable Nillable Defaulted Autonumber idLookup Restricted Filterable
// Groupable Sortable; absent flags mean false, an absent "flags" means "CUNFGS". An object that exists already gains the fields
// and children; label, plural, keyPrefix, calls and recycleBin (false where what is deleted is gone) are for new objects. "unmodelled"
// names fields that real orgs have and this fake does not; so does "unmodelledObjects", beside "objects", for objects. "sharedValues", there too, has the values of
// every picklist whose name ends like that and that has none of its own: "TimeZoneSidKey".

#include <vector>

#include "sim/salesforce/schema/data_file.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

Result<void> load_objects(const DataNode& objects, std::vector<SObjectType>& types);

}  // namespace casewire::sim::salesforce
