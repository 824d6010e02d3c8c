#include "bridge/cases/transcript.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge::cases {
namespace {

constexpr std::size_t kSessionIdBytesMax = 36;

/// Room for the mark of any part: its counters have at most 5 digits each.
std::size_t mark_bytes_max(std::string_view item_id) {
  return item_id.size() + std::string_view("\n[opencx  99999/99999 ]").size() + kSessionIdBytesMax;
}

std::vector<Comment> split_into_comments(std::string_view item_id, const std::string& head, std::string_view text) {
  // A foreign id is data too: cut what would leave no room for the text.
  const std::string id(prefix_of_bytes(item_id, 200));
  const auto heading = head + "\n";
  const auto room = kCommentBytesMax - mark_bytes_max(id) - heading.size();
  auto pieces = split_by_bytes(text.empty() ? "(no text)" : text, room);
  std::vector<Comment> comments;
  int part = 0;
  for (auto& piece : pieces) {
    const CommentMark mark{.item_id = id, .part = ++part, .parts = static_cast<int>(pieces.size())};
    comments.push_back({mark, heading + piece + "\n" + text_of(mark)});
  }
  return comments;
}

/// Who spoke must stand behind it, and leave the words room.
constexpr std::size_t kNameBytesMax = 300;

/// Seconds are enough for a person: 2026-01-05T09:00:00Z.
std::string time_of(const opencx::HistoryItem& item) { return iso8601(item.at).substr(0, 19) + "Z"; }

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

std::string text_of(const CommentMark& mark) {
  const auto session = mark.session_id.empty() ? std::string{} : " " + mark.session_id;
  return "[opencx " + mark.item_id + " " + std::to_string(mark.part) + "/" + std::to_string(mark.parts) + session + "]";
}

std::optional<CommentMark> mark_in(std::string_view comment_body) {
  const auto body = trimmed(comment_body);
  const auto line = trimmed(body.substr(body.rfind('\n') + 1));  // npos + 1 is 0: the whole body
  if (!line.starts_with("[opencx ") || !line.ends_with("]")) return std::nullopt;
  const auto words = split(line.substr(8, line.size() - 9), ' ');
  if (words.size() < 2 || words.size() > 3 || words[0].empty()) return std::nullopt;
  const auto counters = split(words[1], '/');
  if (counters.size() != 2) return std::nullopt;
  const auto part = number_in(counters[0]);
  const auto parts = number_in(counters[1]);
  if (!part || !parts || *part > *parts) return std::nullopt;
  return CommentMark{std::string(words[0]), *part, *parts, words.size() == 3 ? std::string(words[2]) : std::string{}};
}

void name_session(Comment& comment, std::string_view session_id) {
  if (session_id.size() > kSessionIdBytesMax) return;
  comment.body.resize(comment.body.size() - text_of(comment.mark).size());
  comment.mark.session_id = session_id;
  comment.body += text_of(comment.mark);
}

std::vector<Comment> comments_of_message(const opencx::HistoryItem& message) {
  const std::string_view role = message.is_from_contact() ? "customer" : message.is_from_ai() ? "AI" : "agent";
  const auto whole_name = cleaned_utf8(message.sender_name);
  const auto name = std::string(prefix_of_bytes(whole_name, kNameBytesMax));
  const auto head = time_of(message) + " " + (name.empty() ? "" : name + " ") + "(" + std::string(role) + "):";
  auto text = cleaned_utf8(message.text);
  const auto named = std::min(message.attachments.size(), kFilesPerMessageMax);
  for (std::size_t i = 0; i < named; ++i) {
    const auto& attachment = message.attachments[i];
    text += (text.empty() ? "" : "\n") + ("[file: " + cleaned_utf8(attachment.name) + "]");
  }
  if (const auto more = message.attachments.size() - named; more > 0) {
    text += "\n[and " + std::to_string(more) + " more files, which are not copied here: they are in the OpenCX session]";
  }
  return split_into_comments(message.id, head, text);
}

std::vector<Comment> comments_of_handoff(const opencx::HistoryItem& handoff, std::string_view summary) {
  return split_into_comments(handoff.id, time_of(handoff) + " Handed over again. Summary:", cleaned_utf8(summary));
}

std::vector<Comment> comments_of_note(std::string_view id, std::string_view text) {
  return split_into_comments(id, "Note of the OpenCX bridge:", cleaned_utf8(text));
}

}  // namespace casewire::bridge::cases
