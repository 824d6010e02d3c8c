#pragma once
// Who may own a row: an active user, or (for objects that queues hold) a queue with a QueueSobject row for the object.

#include "sim/salesforce/records/saver.hpp"

namespace casewire::sim::salesforce {

/// On insert without OwnerId the caller becomes the owner.
SaveErrors settle_owner(Draft& draft);

}  // namespace casewire::sim::salesforce
