#pragma once
// The words of a reply. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::bridge::replies {

/// The row's text, else what a reader sees of its HTML. A text of blanks, no-break ones too, is none.
std::string reply_text(std::string_view text_body, std::string_view html_body);

struct FileOnCase {
  std::string version_id;  ///< ContentVersion
  std::string name;
  std::size_t bytes = 0;
};

struct Parcel {
  std::vector<FileOnCase> sent;
  std::vector<FileOnCase> left_out;  ///< no room in a mail; stays on the Case
};

/// Files in their order while they fit into `bytes_max` together. A later, smaller file may still fit (F54).
Parcel pack(const std::vector<FileOnCase>& files, std::size_t bytes_max);

/// The text with a line for each file that is not in the mail, and one when a file is announced but not there yet.
std::string with_notes(std::string text, const std::vector<FileOnCase>& left_out, bool a_file_may_follow);

/// Of the message that brings files which were announced and came too late for their reply.
std::string text_of_late_files();

/// OpenCX wants a number for a person whom it does not know: stable, positive, below 2^31, from the user's id.
int agent_number(std::string_view user_id);

/// From the file's extension; "application/octet-stream" when unknown.
std::string_view media_type_of(std::string_view file_name);

}  // namespace casewire::bridge::replies
