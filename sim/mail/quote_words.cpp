#include "sim/mail/quote_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/late/glib.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim::mail {
namespace {

// In lower case, as a line is compared with them.
// clang-format off
constexpr std::array<std::string_view, 52> kWrote{
    "wrote", "writes", "said:", "schrieb", "a écrit", "écrit :", "écrit:", "escribió", "escribio", "ha scritto", "scrisse", "escreveu",
    "schreef", "skrev", "kirjoitti", "napisał", "pisze:", "napsal", "napísal", "írta", "a scris", "написа", "пишет", "пише:",
    "έγραψε", "yazdı", "yazmış", "が書きました", "は書きました", "のメール", "のメッセージ", "写道", "寫道", "写到", "님이 작성", "작성:", "님의 말",
    "đã viết", "menulis", "kirjutas", "rašė", "rakstīja", "a scrit",
    "napisao", "napisala", "missatge de", "va escriure", "ha escrit", "تمت كتابة", "كتب", "כתב", "מאת"};
constexpr std::array<std::string_view, 24> kOpenings{
    "on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "dne ", "dnia ", "w dniu ", "в ", "quoting ", "pe ", "på ", "ti ", "dom ",
    "στις ", "vào ",
    "dana ", "на ", "missatge ", "في ", "בתאריך "};
constexpr std::array<std::string_view, 33> kWeekdays{
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
    "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "man", "tir", "ons", "tor", "fre",
    "pon", "uto", "sri", "čet", "pet", "sub", "ned"};
constexpr std::array<std::string_view, 25> kFrom{
    "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "kimden", "gönderen", "feladó", "από", "de la",
    "差出人", "发件人", "寄件者", "보낸 사람", "từ", "nadawca",
    "šalje", "من", "מאת"};
constexpr std::array<std::string_view, 49> kDate{
    "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el", "enviada em", "fecha", "data", "inviato", "verzonden",
    "skickat", "sendt", "dato", "lähetetty", "päivä", "päivämäärä", "päiväys", "wysłano", "data wysłania", "odesláno", "odoslané", "отправлено",
    "дата", "надіслано", "gönderildi", "gönderme tarihi", "tarih", "elküldve", "dátum", "ημερομηνία", "trimis", "送信日時", "日付",
    "发送时间", "日期", "보낸 날짜",
    "poslano", "изпратено", "enviat", "enviat el", "στάλθηκε", "تم الإرسال", "تاريخ الإرسال", "التاريخ", "נשלח", "תאריך"};
constexpr std::array<std::string_view, 60> kOther{
    "to", "cc", "bcc", "subject", "reply-to", "an", "betreff", "kopie", "à", "objet", "para", "asunto", "a", "per", "oggetto", "assunto", "aan",
    "onderwerp", "till", "ämne", "kopia", "til", "emne", "vastaanottaja", "kopio", "aihe", "do", "dw", "temat", "komu", "předmět", "predmet",
    "кому", "копия", "тема", "kime", "konu", "bilgi", "címzett", "tárgy", "προς", "θέμα", "către", "宛先", "件名", "收件人", "主题", "받는 사람", "제목",
    "prima", "до", "относно", "per a", "assumpte", "إلى", "نسخة", "الموضوع", "אל", "עותק", "נושא"};
constexpr std::array<std::string_view, 26> kOriginal{
    "original message", "originalnachricht", "ursprüngliche nachricht", "original-nachricht", "message d'origine", "message original",
    "mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht", "ursprungligt meddelande",
    "opprinnelig melding", "oprindelig meddelelse", "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva",
    "исходное сообщение", "оригинальное сообщение", "orijinal mesaj", "özgün ileti", "eredeti üzenet", "αρχικό μήνυμα", "元のメッセージ",
    "原始邮件", "원본 메시지"};
constexpr std::array<std::string_view, 23> kAnswer{
    "re", "aw", "antw", "antwort", "sv", "svar", "vs", "odp", "r", "rif", "res", "ref", "ynt", "yan", "vá", "re.", "回复", "答复", "回覆",
    "odg", "отг", "رد", "השב"};
constexpr std::array<std::string_view, 21> kForward{
    "fwd", "fw", "wg", "tr", "rv", "enc", "i", "doorst", "vb", "vl", "vid", "pd", "przekaz", "továb", "ilt", "πρθ", "转发", "轉寄", "転送", "fwd.", "weitergeleitet"};
// clang-format on

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Of every script: "Отправлено:" is a label as "Sent:" is.
std::string lowered(std::string_view text) {
  char* const lower = g_utf8_strdown(cleaned_utf8(text).c_str(), -1);
  std::string kept = lower;
  g_free(lower);
  return kept;
}

/// The word before the colon of "*From:* x", without marks of bold; empty when the line is none such.
std::string label_of(std::string_view line) {
  constexpr std::size_t kLabelMax = 40;
  while (line.starts_with('*') || line.starts_with(' ')) line.remove_prefix(1);
  const auto colon = std::min(line.find(':'), line.find("\xEF\xBC\x9A"));
  if (colon == std::string_view::npos || colon == 0 || colon > kLabelMax) return {};
  auto label = line.substr(0, colon);
  while (label.ends_with('*') || label.ends_with(' ')) label.remove_suffix(1);
  return lowered(label);
}

}  // namespace

bool says_wrote(std::string_view line) {
  const std::string text = lowered(line);
  return std::any_of(kWrote.begin(), kWrote.end(), [&](auto word) { return text.find(word) != std::string::npos; });
}

bool opens_attribution(std::string_view line) {
  const std::string text = lowered(line);
  const auto begins = [&](std::string_view word) { return text.starts_with(word); };
  if (std::any_of(kOpenings.begin(), kOpenings.end(), begins)) return true;
  return std::any_of(kWeekdays.begin(), kWeekdays.end(), [&](auto day) {
    const auto behind = text.size() > day.size() ? text[day.size()] : 'x';
    return begins(day) && (behind == ',' || behind == '.' || behind == ' ');
  });
}

HeaderLabel header_label(std::string_view line) {
  const auto label = label_of(line);
  if (label.empty()) return HeaderLabel::none;
  if (is_one_of(label, kFrom)) return HeaderLabel::from;
  if (is_one_of(label, kDate)) return HeaderLabel::date;
  return is_one_of(label, kOther) ? HeaderLabel::other : HeaderLabel::none;
}

bool announces_original(std::string_view line) {
  const auto is_frame = [](char c) { return c == '-' || c == ' ' || c == '_' || c == '='; };
  std::size_t dashes = 0;
  while (!line.empty() && is_frame(line.front())) dashes += line.front() == ' ' ? 0 : 1, line.remove_prefix(1);
  if (dashes < 2) return false;
  dashes = 0;
  while (!line.empty() && is_frame(line.back())) dashes += line.back() == ' ' ? 0 : 1, line.remove_suffix(1);
  if (dashes < 2) return false;
  const std::string words = lowered(line);
  return std::any_of(kOriginal.begin(), kOriginal.end(), [&](auto each) { return words == each; });
}

SubjectPrefix prefix_of_subject(std::string_view subject) {
  const auto colon = std::min(subject.find(':'), subject.find("\xEF\xBC\x9A"));
  if (colon == std::string_view::npos || colon > 20) return SubjectPrefix::none;
  std::string word = lowered(trimmed(subject.substr(0, colon)));
  if (const auto count = word.find_first_of("[(^"); count != std::string::npos && count > 0)
    word.erase(count);  // "Re[2]", "AW(3)"
  if (is_one_of(word, kForward)) return SubjectPrefix::forward;
  return is_one_of(word, kAnswer) ? SubjectPrefix::answer : SubjectPrefix::none;
}

}  // namespace casewire::sim::mail
