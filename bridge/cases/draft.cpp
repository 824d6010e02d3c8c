#include "bridge/cases/draft.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::bridge::cases {
namespace {

constexpr std::string_view kCutMark = "\n[cut here; the whole summary is attached as summary.txt]";

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : cleaned_utf8(text)) {
    const bool is_blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (is_blank && (line.empty() || line.back() == ' ')) continue;
    line += is_blank ? ' ' : c;
  }
  return std::string(trimmed(line));
}

std::string subject_of(const opencx::Session& session, const std::vector<opencx::HistoryItem>& history) {
  if (auto title = on_one_line(session.title); !title.empty()) return title;
  for (const auto& item : history) {
    if (!item.is_from_contact()) continue;
    if (auto subject = on_one_line(item.subject); !subject.empty()) return subject;
  }
  // The documented session has no title: the customer's first line says most in least.
  for (const auto& item : history) {
    if (!item.is_from_contact()) continue;
    for (const auto line : split(item.text, '\n')) {
      if (auto text = on_one_line(line); !text.empty()) return text;
    }
  }
  return session.ticket_number.empty() ? "Email conversation" : "Email conversation #" + session.ticket_number;
}

}  // namespace

Draft draft_case(const opencx::Session& session, const std::vector<opencx::HistoryItem>& history) {
  Draft draft;
  const auto subject = subject_of(session, history);
  draft.subject = std::string(prefix_of_characters(subject, kSubjectCharactersMax));
  draft.description = cleaned_utf8(session.summary);
  if (trimmed(draft.description).empty()) draft.description = "Taken over by hand in the OpenCX Inbox. No summary was written.";
  if (character_count(draft.description) > kDescriptionCharactersMax) {
    const auto kept = prefix_of_characters(draft.description, kDescriptionCharactersMax - kCutMark.size());
    draft.description = std::string(kept) + std::string(kCutMark);
    draft.is_description_cut = true;
  }
  if (character_count(session.contact_email) <= kSuppliedCharactersMax) draft.supplied_email = session.contact_email;
  const auto name = on_one_line(session.contact_name);
  draft.supplied_name = std::string(prefix_of_characters(name, kSuppliedCharactersMax));
  return draft;
}

}  // namespace casewire::bridge::cases
