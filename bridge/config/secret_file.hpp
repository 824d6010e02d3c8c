#pragma once
// Secrets from files, so that they stand neither in the configuration nor in the environment: `{file: PATH}` in place of a secret's text, a variable
// NAME_FILE in place of NAME, and the credentials that systemd hands to a service (systemd.exec(5), "CREDENTIALS"; files in the folder that
// CREDENTIALS_DIRECTORY names). One line break at the end is not part of a secret.

#include <string>

#include "base/text/result.hpp"
#include "bridge/config.hpp"

namespace casewire::bridge {

/// The error is for a person, and holds nothing of the file. A file that others may read, or that others than its owner may write, is refused.
Result<std::string, std::string> read_secret_file(const std::string& path);

/// Adds what files hold: of NAME_FILE, of any org's too, and of credentials called as a setting is (`opencx.api_key`) or as an org's is
/// (`acme.opencx.api_key`). A variable that is there itself wins over a credential; beside its own NAME_FILE it is an error.
Result<void> read_secret_files(Environment& environment);

}  // namespace casewire::bridge
