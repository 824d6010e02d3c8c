#pragma once
// For fuzz targets: a check that holds in every build, and the entry that libFuzzer and replay.cpp call.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// Declared by libFuzzer; each target defines it. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace casewire::fuzz {

/// `property` is a sentence about what must hold.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", property);
  std::abort();
}

}  // namespace casewire::fuzz
