#pragma once
// `casewire-bridge replay`: what this program would do over an older one's memory, without doing it.

#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

struct ReplayWish {
  std::string store{};  ///< a file: a backup, or the memory itself
  bool as_json = false;
};

/// The exit code: 0 all that is done is left alone; 1 something would be done again; 3 the file cannot be read.
int replay_file(const ReplayWish& wish);

}  // namespace casewire::bridge
