#pragma once
// A conversation as comments of a Case: one message, one comment, split where it is longer than a comment may be. Every comment
// ends with a mark that says which message it is, so that the bridge recognises its own writing whatever else it forgot.
// Pure: no clock, no network.

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// UTF-8 bytes, although the describe says characters. Source: Object Reference, CaseComment, CommentBody.
inline constexpr std::size_t kCommentBytesMax = 4000;

struct CommentMark {
  std::string item_id;
  int part = 1;
  int parts = 1;
  /// Of a conversation that joined a Case with this comment: the Case itself names only the one for which it was made. Says nothing of
  /// which message it is.
  std::string session_id{};
  friend auto operator<=>(const CommentMark& a, const CommentMark& b) {
    return std::tie(a.item_id, a.part, a.parts) <=> std::tie(b.item_id, b.part, b.parts);
  }
  friend bool operator==(const CommentMark& a, const CommentMark& b) { return (a <=> b) == 0; }
};

/// "[opencx <item id> <part>/<parts>]", "[opencx <item id> <part>/<parts> <session id>]"
std::string text_of(const CommentMark& mark);
/// Of the last line; nullopt when the bridge did not write this.
std::optional<CommentMark> mark_in(std::string_view comment_body);

struct Comment {
  CommentMark mark;
  std::string body;  ///< at most kCommentBytesMax bytes, the mark included
};

/// Adds the session to the mark. A foreign id that is longer than a UUID is left out.
void name_session(Comment& comment, std::string_view session_id);

/// Of one message: more files than these are neither copied nor named, but counted. A mail with 10,000 files would cost 10,000 calls.
inline constexpr std::size_t kFilesPerMessageMax = 50;

/// "<time> <name> (customer|AI|agent):\n<text>\n<mark>". Attachments are named, so that a file that could not be copied is missed.
std::vector<Comment> comments_of_message(const opencx::HistoryItem& message);
/// What a handoff says when its Case is already there and has another description.
std::vector<Comment> comments_of_handoff(const opencx::HistoryItem& handoff, std::string_view summary);
/// A remark of the bridge's own, such as a file that could not be copied.
std::vector<Comment> comments_of_note(std::string_view id, std::string_view text);

}  // namespace casewire::bridge::cases
