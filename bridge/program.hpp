#pragma once
// The program around the bridge: command line, configuration, threads, sockets, signals. The built program's main() is one call;
// tests build deliberately wrong bridges by wrapping what goes out.

#include <functional>
#include <memory>

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"

namespace casewire::bridge {

struct ProgramHooks {
  /// Puts something between the bridge and its sockets. Empty: nothing.
  std::function<std::unique_ptr<http::Transport>(http::Transport& inner, Runtime& runtime)> wrap_transport{};
};

/// Returns the exit code: 0 ended by a signal, --check, --help or --version; 2 usage or configuration; 3 the machine refused
/// something (address in use, state directory not writable). Call once, from main's thread, before any other thread exists.
int run_program(int argc, char** argv, ProgramHooks hooks = {});

}  // namespace casewire::bridge
