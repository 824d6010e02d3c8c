#pragma once
// A port for a program that does not exist yet and has to be told its address.

#include <cstdint>
#include <memory>
#include <string>

#include "base/runtime/descriptor.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/result.hpp"

namespace casewire::scenarios {

/// Nobody listens on it, and no other harness of this machine (of this network namespace) takes it as long as this lives.
class ReservedPort {
 public:
  /// The error: in words. Thread-safe.
  static Result<ReservedPort, std::string> take(Runtime& runtime);
  std::uint16_t number() const { return number_; }
  /// `127.0.0.1:25599`
  std::string address() const { return "127.0.0.1:" + std::to_string(number_); }

 private:
  ReservedPort(std::uint16_t number, std::shared_ptr<const Descriptor> mark) : number_(number), mark_(std::move(mark)) {}

  std::uint16_t number_;
  std::shared_ptr<const Descriptor> mark_;
};

}  // namespace casewire::scenarios
