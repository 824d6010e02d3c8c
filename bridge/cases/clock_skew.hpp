#pragma once
// How far two systems' clocks may lie apart: OpenCX's, Salesforce's and ours.

#include <chrono>

namespace casewire::bridge {

constexpr std::chrono::minutes kClockSkew{5};

}  // namespace casewire::bridge
