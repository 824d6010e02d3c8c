#pragma once
// A log whose lines a test reads, as an operator would.

#include <string>

#include "bridge/log.hpp"

namespace casewire::bridge {

class LineLog final : public Log {
 public:
  void write(LogLevel level, std::string_view event, const LogFields& fields) override {
    lines += text_line(level, event, fields) + "\n";
  }
  std::string lines;
};

}  // namespace casewire::bridge
