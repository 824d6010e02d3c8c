#include "scenarios/tape/run_values.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text/ascii.hpp"
#include "base/text/uuid.hpp"
#include "scenarios/tape/masking.hpp"

namespace casewire::scenarios {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// `0` stands for a digit, everything else for itself.
bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

struct Found {
  std::size_t length = 0;
  WallTime at{};
};

/// `2026-01-05T09:00:00.000Z`, a blank for the T, with any offset or none.
std::optional<Found> iso_time(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  if (!has_shape(text, kShape) && !has_shape(text, "0000-00-00 00:00:00")) return std::nullopt;
  std::size_t end = kShape.size();
  if (end < text.size() && (text[end] == '.' || text[end] == ',')) {
    std::size_t fraction = end + 1;
    while (fraction < text.size() && is_digit(text[fraction])) ++fraction;
    if (fraction > end + 1) end = fraction;
  }
  std::string plain(text.substr(0, end));
  plain[10] = 'T';
  std::replace(plain.begin(), plain.end(), ',', '.');
  const std::string_view rest = text.substr(end);
  std::size_t zone = 0;
  if (rest.starts_with('Z') || rest.starts_with('z')) {
    zone = 1;
  } else if (has_shape(rest, "+00:00") || has_shape(rest, "-00:00")) {
    zone = 6;
  } else if (has_shape(rest, "+0000") || has_shape(rest, "-0000")) {
    zone = 5;
  }
  const auto at = parse_iso8601(plain + (zone > 1 ? std::string(rest.substr(0, zone)) : "Z"));
  if (!at || (end + zone < text.size() && is_alphanumeric(text[end + zone]))) return std::nullopt;
  return Found{end + zone, *at};
}

/// `Mon, 05 Jan 2026 09:00:00 +0000`, `5 Jan 2026 09:00:00 GMT`: RFC 5322 and RFC 9110.
std::optional<Found> rfc_date(std::string_view text) {
  std::size_t at = 0;
  if (text.size() > 5 && is_letter(text[0]) && is_letter(text[1]) && is_letter(text[2]) && text.substr(3, 2) == ", ") at = 5;
  const std::size_t day = at;
  while (at < text.size() && at < day + 2 && is_digit(text[at])) ++at;
  if (at == day || text.size() < at + 18 || text[at] != ' ') return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(at + 1, 3));
  if (month == kMonths.end() || !has_shape(text.substr(at + 4), " 0000 00:00:00")) return std::nullopt;
  const auto number = static_cast<int>(month - kMonths.begin()) + 1;
  std::string iso(text.substr(at + 5, 4));
  iso += number < 10 ? "-0" : "-";
  iso += std::to_string(number) + (at - day == 1 ? "-0" : "-") + std::string(text.substr(day, at - day)) + "T" +
         std::string(text.substr(at + 10, 8));
  std::size_t end = at + 18;
  std::string zone = "Z";
  const std::string_view rest = text.substr(end);
  if (has_shape(rest, " +0000") || has_shape(rest, " -0000")) {
    zone = rest.substr(1, 5);
    end += 6;
  } else if (rest.starts_with(" GMT") || rest.starts_with(" UTC")) {
    end += 4;
  }
  const auto when = parse_iso8601(iso + zone);
  return when ? std::optional(Found{end, *when}) : std::nullopt;
}

std::optional<WallTime> epoch(std::string_view digits) {
  if (digits.size() != 10 && digits.size() != 13) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  constexpr std::int64_t k2016 = 1'451'606'400, k2033 = 2'000'000'000;  // later ones begin like telephone numbers
  const std::int64_t seconds = digits.size() == 13 ? number / 1000 : number;
  if (seconds < k2016 || seconds >= k2033) return std::nullopt;
  return WallTime(milliseconds(digits.size() == 13 ? number : number * 1000));
}

bool begins_with_uuid(std::string_view text) {
  return is_uuid(text.substr(0, kUuidLength)) && (text.size() == kUuidLength || !is_alphanumeric(text[kUuidLength]));
}

/// 15 or 18 letters and digits; the sixth is a reserved zero (a knowledge of the field, not of the manual). With 18, the last three
/// say which of the others are capitals.
bool is_salesforce_id(std::string_view word) {
  if ((word.size() != 15 && word.size() != 18) || word[5] != '0' || !is_digit(word[0])) return false;
  if (word.size() == 15) return true;
  for (std::size_t block = 0; block < 3; ++block) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const char c = word[block * 5 + i];
      bits |= c >= 'A' && c <= 'Z' ? 1u << i : 0u;
    }
    if (word[15 + block] != "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits]) return false;
  }
  return true;
}

/// Letters and digits in such disorder as only a machine writes; longer ones are the content of something.
bool is_made_by_chance(std::string_view word) {
  constexpr std::size_t kShortest = 16, kLongest = 128;
  if (word.size() < kShortest || word.size() > kLongest) return false;
  const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
  const auto letters = word.size() - digits;
  return digits >= 2 && letters >= 2;
}

/// `Z`, `GMT`, `+0100`, `+01:00`, nothing.
milliseconds offset_in(std::string_view zone) {
  if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return milliseconds{0};
  const auto number = [&](std::size_t at) { return (zone[at] - '0') * 10 + (zone[at + 1] - '0'); };
  const std::chrono::minutes offset(number(1) * 60 + number(zone.size() == 6 ? 4 : 3));
  return zone[0] == '-' ? -offset : offset;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Piece> scan() {
    while (at_ < text_.size()) {
      if (!take()) pass();
    }
    flush(at_);
    return std::move(pieces_);
  }

 private:
  bool take() {
    const std::string_view rest = text_.substr(at_);
    if (!is_alphanumeric(rest[0])) return false;
    if (auto time = is_digit(rest[0]) ? iso_time(rest) : std::nullopt) return add(Piece::Kind::time, *time);
    if (auto time = rfc_date(rest)) return add(Piece::Kind::time, *time);
    if (begins_with_uuid(rest)) return add(Piece::Kind::id, {kUuidLength, {}});
    if (const std::size_t length = pseudonym_length(rest); length != 0) return add(Piece::Kind::id, {length, {}});
    const std::size_t length = word_length(rest);
    const std::string_view word = rest.substr(0, length);
    if (const auto time = epoch(word)) return add(Piece::Kind::time, {length, *time});
    if (is_salesforce_id(word) || is_made_by_chance(word)) return add(Piece::Kind::id, {length, {}});
    return false;
  }

  static std::size_t word_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_alphanumeric(text[length])) ++length;
    return length;
  }

  static std::size_t pseudonym_length(std::string_view text) {
    std::size_t end = recording::kPseudonym.size();
    if (!text.starts_with(recording::kPseudonym)) return 0;
    while (end < text.size() && is_digit(text[end])) ++end;
    return is_pseudonym(text.substr(0, end)) ? end : 0;
  }

  bool add(Piece::Kind kind, Found found) {
    flush(at_);
    pieces_.push_back({kind, text_.substr(at_, found.length), found.at});
    at_ = begun_ = at_ + found.length;
    return true;
  }

  /// Over a whole word: what stands within one is no value of its own.
  void pass() { at_ += std::max<std::size_t>(word_length(text_.substr(at_)), 1); }

  void flush(std::size_t end) {
    if (end > begun_) pieces_.push_back({Piece::Kind::words, text_.substr(begun_, end - begun_), {}});
    begun_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0, begun_ = 0;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> pieces_of(std::string_view text) { return Scanner(text).scan(); }

std::string respelled(const Piece& time, WallTime at) {
  const std::string_view text = time.text;
  if (text.find(':') == std::string_view::npos) {
    const std::int64_t milliseconds = at.time_since_epoch().count();
    return std::to_string(text.size() == 13 ? milliseconds : milliseconds / 1000);
  }
  std::string spelled;
  if (is_digit(text[0]) && text.size() > 4 && text[4] == '-') {
    constexpr std::size_t kSeconds = 19;
    const std::size_t zone = std::min(text.find_first_of("Zz+-", kSeconds), text.size());
    spelled = iso8601(at + offset_in(text.substr(zone)));
    const std::size_t fraction = zone - kSeconds;  // with its point
    std::string digits = spelled.substr(kSeconds, 4);
    digits.resize(fraction, '0');
    if (fraction != 0) digits[0] = text[kSeconds];
    return spelled.substr(0, 10) + text[10] + spelled.substr(11, 8) + digits + std::string(text.substr(zone));
  }
  const std::size_t zone = text.size() - 6 + text.substr(text.size() - 6).find(' ');
  const bool names_zone = text.find(':') + 6 < text.size();
  spelled = rfc5322_date(at + (names_zone ? offset_in(text.substr(zone + 1)) : milliseconds{0}));
  spelled.resize(spelled.rfind(' '));
  if (is_digit(text[0])) spelled.erase(0, spelled.find(' ') + 1);
  return names_zone ? spelled + std::string(text.substr(zone)) : spelled;
}

bool is_epoch(std::string_view digits) { return epoch(digits).has_value(); }

}  // namespace casewire::scenarios
