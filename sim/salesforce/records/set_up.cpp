// What an administrator sets up: a real org lets it be written over the API too, this one does not. (A profile wants to know its licence,
// a class is compiled, a record type changes pages.) Source: Object Reference, "Profile", "RecordType", "ApexClass", "ApexTrigger".

#include "sim/salesforce/records/behaviour.hpp"

namespace casewire::sim::salesforce {

const Behaviour kProfileBehaviour{.object = "Profile", .writes_not_modelled = true};
const Behaviour kRecordTypeBehaviour{.object = "RecordType", .writes_not_modelled = true};
const Behaviour kApexClassBehaviour{.object = "ApexClass", .writes_not_modelled = true};
const Behaviour kApexTriggerBehaviour{.object = "ApexTrigger", .writes_not_modelled = true};

}  // namespace casewire::sim::salesforce
