#pragma once
// A recording as a busy customer sends it: long, and of many people.

#include <cstddef>

#include "scenarios/tape/tape.hpp"

namespace casewire::tests {

/// The shipped takeover again and again, each time of other people: their records, conversations and addresses have a number in them.
/// Empty: it cannot be read.
scenarios::Tape of_many_customers(std::size_t exchanges);

}  // namespace casewire::tests
