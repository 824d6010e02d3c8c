#pragma once
// Names for the files of mails: senders leave them out or write what is no file name.

#include <string>
#include <string_view>

namespace casewire::sim::mail {

/// A name that a file of that type can be opened by: "attachment.png", "invite.ics", "message.eml"; "attachment" for unknown types.
std::string default_file_name(std::string_view media_type);

/// The name without folders, line ends and other controls, at most 200 bytes with its ending kept; empty when nothing is left.
std::string plain_file_name(std::string_view name);

}  // namespace casewire::sim::mail
