#pragma once
// For fuzz targets: a check that holds in every build, and the door through which libFuzzer and replay.cpp call them.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace casewire::fuzz {

/// Looks at what a reader makes of `size` bytes that anybody may have sent; ends the program where a property is broken. Returns 0.
using Target = int (*)(const std::uint8_t* bytes, std::size_t size);

/// Makes a target known to replay.cpp by its name, which is that of its corpus.
struct Named {
  Named(const char* name, Target target);
};

/// `property` is a sentence about what must hold.
inline void require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", property);
  std::abort();
}

}  // namespace casewire::fuzz

/// FUZZ_TARGET(json) { ... } defines the target of corpus/json, of `bytes` and `size`. A libFuzzer program holds one target; the program that replays
/// holds all.
#ifdef CASEWIRE_LIBFUZZER
#define FUZZ_TARGET(name) extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
#else
#define FUZZ_TARGET(name)                                                    \
  static int fuzz_##name(const std::uint8_t* bytes, std::size_t size);       \
  static const casewire::fuzz::Named fuzz_named_##name{#name, &fuzz_##name}; \
  static int fuzz_##name(const std::uint8_t* bytes, std::size_t size)
#endif
