#pragma once
// What shells and `man` know of the program, made from the same tables as --help.

#include <string>

namespace CLI {
class App;
}

namespace casewire::scenarios {

/// For ~/.local/share/bash-completion/completions/casewire.
std::string bash_completion(const CLI::App& app);
/// For a file _casewire in a folder of zsh's fpath.
std::string zsh_completion(const CLI::App& app);
/// A manual page of section 1 in roff. `date` as `man` shows it at the foot: "2026-01-05".
std::string manual_page(const CLI::App& app, const std::string& version);

}  // namespace casewire::scenarios
