#pragma once
// `casewire record`: stands before both systems and before the bridge, passes everything through and keeps it.

#include <cstdint>
#include <string>

namespace casewire::scenarios {

struct RecordOptions {
  std::string salesforce, opencx;     ///< the real systems' URLs
  std::string bridge;                 ///< the bridge's URL, for webhooks; empty: none are relayed
  bool redacts = false;               ///< people are taken out before anything is written
  std::string key_file, policy_file;  ///< of that (redactor_for.hpp)
  std::string mail;                   ///< a maildir, an mbox or a folder of .eml, kept beside the tape; may be empty
  std::string out;                    ///< a folder
  std::string ca_file;                ///< PEM; empty: the system's
  std::uint16_t salesforce_port = 0, opencx_port = 0, webhook_port = 0;
};
/// Until Ctrl-C. The program's exit code: 1 when the tape lacks something.
int record_traffic(const RecordOptions& options);

}  // namespace casewire::scenarios
