#pragma once
// A vendor that answers no check: in which words it says so, and what a person does about that.

#include "bridge/delivery/vendor.hpp"
#include "bridge/operation/checklist.hpp"

namespace casewire::bridge {

/// The row of the check whether `vendor` answers, whose call has failed. While it rests the reason is the pause's.
void tell_of_no_answer(Checklist& list, const Vendor& vendor, const Failure& failure);

}  // namespace casewire::bridge
