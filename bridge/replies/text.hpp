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
  std::string version_id{};  ///< ContentVersion
  std::string name;
  std::size_t bytes = 0;
  std::string document_id{};  ///< ContentDocument
  std::string content{};      ///< of one that stood in the reply itself and has no version
};

struct Parcel {
  std::vector<FileOnCase> sent;
  std::vector<FileOnCase> left_out;  ///< no room in a mail; stays on the Case
};

/// Files in their order while they fit into `bytes_max` together. A later, smaller file may still fit (F54).
Parcel pack(const std::vector<FileOnCase>& files, std::size_t bytes_max);

/// What a mail lacks of its reply.
struct Lacking {
  std::vector<FileOnCase> too_large{};
  std::size_t pictures = 0;        ///< that nobody could read
  bool a_file_may_follow = false;  ///< announced, and not there yet
};
/// The text with a line for each thing that is not in the mail.
std::string with_notes(std::string text, const Lacking& lacking);

/// Of the message that brings files which were announced and came too late for their reply.
std::string text_of_late_files();

/// OpenCX wants a number for a person whom it does not know: stable, positive, below 2^31, from the user's id.
int agent_number(std::string_view user_id);

/// From the file's extension; "application/octet-stream" when unknown.
std::string_view media_type_of(std::string_view file_name);

}  // namespace casewire::bridge::replies
