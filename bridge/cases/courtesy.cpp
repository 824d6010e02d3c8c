#include "bridge/cases/courtesy.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text/strings.hpp"
#include "bridge/cases/delivery_report.hpp"

namespace casewire::bridge::cases {
namespace {

// As Outlook, Exchange, Gmail, Notes, vacation(1) and the mail servers of this world begin their subjects, lower case.
constexpr auto kSubjects = std::to_array<std::string_view>({"automatic reply",
                                                            "auto reply",
                                                            "auto-reply",
                                                            "autoreply",
                                                            "auto response",
                                                            "autoresponse",
                                                            "auto:",
                                                            "out of office",
                                                            "out of the office",
                                                            "out-of-office",
                                                            "away from",
                                                            "vacation reply",
                                                            "automatische antwort",
                                                            "abwesenheitsnotiz",
                                                            "abwesend:",
                                                            "r\xC3\xA9ponse automatique",
                                                            "absence du bureau",
                                                            "respuesta autom\xC3\xA1tica",
                                                            "fuera de la oficina",
                                                            "risposta automatica",
                                                            "automatisch antwoord",
                                                            "resposta autom\xC3\xA1tica",
                                                            "autosvar",
                                                            "automatiskt svar"});

// Words of which a mere "Thank you" consists, lower case.
constexpr auto kThanks = std::to_array<std::string_view>({"thank",
                                                          "thanks",
                                                          "you",
                                                          "thx",
                                                          "ty",
                                                          "many",
                                                          "so",
                                                          "much",
                                                          "very",
                                                          "a",
                                                          "lot",
                                                          "all",
                                                          "again",
                                                          "for",
                                                          "your",
                                                          "the",
                                                          "quick",
                                                          "help",
                                                          "reply",
                                                          "support",
                                                          "great",
                                                          "perfect",
                                                          "good",
                                                          "ok",
                                                          "okay",
                                                          "cheers",
                                                          "best",
                                                          "kind",
                                                          "regards",
                                                          "bye",
                                                          "hi",
                                                          "hello",
                                                          "dear",
                                                          "team",
                                                          "and",
                                                          "that",
                                                          "it",
                                                          "works",
                                                          "now",
                                                          "danke",
                                                          "vielen",
                                                          "dank",
                                                          "herzlichen",
                                                          "viele",
                                                          "gr\xC3\xBC\xC3\x9F"
                                                          "e",
                                                          "merci",
                                                          "beaucoup",
                                                          "gracias",
                                                          "muchas",
                                                          "grazie",
                                                          "mille",
                                                          "bedankt",
                                                          "dankjewel",
                                                          "obrigado",
                                                          "obrigada",
                                                          "tack",
                                                          "takk"});
constexpr auto kThankingWords =
    std::to_array<std::string_view>({"thank", "thanks", "thx", "ty", "cheers", "danke", "dank", "merci", "gracias", "grazie",
                                     "bedankt", "dankjewel", "tack", "takk", "obrigado", "obrigada", "vielen"});
constexpr std::size_t kWordsMax = 12;

template <std::size_t n>
bool is_word_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Her own words: OpenCX separates the quoted mail from the answer, and what is left of it begins with ">" or "On ... wrote:".
std::string own_words(std::string_view text) {
  std::string own;
  for (const auto line : split(text, '\n')) {
    const auto plain = trimmed(line);
    if (plain.starts_with(">") || plain.ends_with("wrote:") || plain == "--" || plain.starts_with("Ref: #")) break;
    own += std::string(plain) + " ";
  }
  return lowercase(own);
}

bool is_part_of_a_word(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0; }

}  // namespace

bool is_automatic(const opencx::HistoryItem& message) {
  const auto subject = lowercase(trimmed(message.subject));
  return is_delivery_report(message) ||
         std::any_of(kSubjects.begin(), kSubjects.end(), [&](std::string_view known) { return subject.starts_with(known); });
}

bool is_mere_thanks(const opencx::HistoryItem& message) {
  if (!message.attachments.empty()) return false;
  const auto text = own_words(message.text);
  if (text.find_first_of("?0123456789") != std::string::npos) return false;
  std::size_t words = 0;
  bool thanks = false;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_part_of_a_word(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && is_part_of_a_word(text[end])) ++end;
    const auto word = std::string_view(text).substr(at, end - at);
    if (!is_word_of(kThanks, word) || ++words > kWordsMax) return false;
    thanks = thanks || is_word_of(kThankingWords, word);
    at = end;
  }
  return thanks;
}

bool waits_for_nobody(const opencx::HistoryItem& message, WallTime closed_at) {
  return is_automatic(message) || (message.at <= closed_at + kThanksWithin && is_mere_thanks(message));
}

}  // namespace casewire::bridge::cases
