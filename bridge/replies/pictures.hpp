#pragma once
// The pictures that stand within the text of a rich-text reply. OpenCX's send takes plain text and files (docs/opencx.md), so a picture
// travels as a file or is said to be missing; it is never left out in silence (F55, F56). Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/replies/text.hpp"

namespace casewire::bridge::replies {

/// Of one reply; more are neither sent nor named.
inline constexpr std::size_t kPicturesMax = 50;

struct Pictures {
  /// Pasted as "data:" addresses; `content` is set, and no version.
  std::vector<FileOnCase> pasted;
  /// Ids (15 characters) of the ContentVersions and ContentDocuments that are shown by an address of the org's file servlet or of a post, each once.
  std::vector<std::string> shown;
  /// Some stand on the mail as files, by "cid:".
  bool is_by_content_id = false;
  /// Those that only somebody who is signed in to the org can see, and that no API hands out.
  std::size_t out_of_reach = 0;

  bool names_files() const { return is_by_content_id || !shown.empty(); }
};

/// A picture at any other address is a web server's, as in a signature, and one within a quote was sent by the customer: neither is part of
/// what was written.
Pictures pictures_in(std::string_view html);

/// Whether the file is one that `shown` names.
bool is_shown(const FileOnCase& file, const std::vector<std::string>& shown);

}  // namespace casewire::bridge::replies
