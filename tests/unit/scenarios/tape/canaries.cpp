#include "tests/unit/scenarios/tape/canaries.hpp"

#include <cstdlib>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

std::string each_byte(const std::string& text, const std::function<std::string(unsigned char)>& write) {
  std::string all;
  for (const char c : text) all += write(static_cast<unsigned char>(c));
  return all;
}

std::string two_digits(unsigned char byte) { return hex(std::string(1, static_cast<char>(byte))); }

std::string folded_lines(const std::string& text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += 76) lines += (at == 0 ? "" : "\r\n") + text.substr(at, 76);
  return lines;
}

std::string json_string(const std::string& text) {
  const std::string quoted = dump_json(text);
  return quoted.substr(1, quoted.size() - 2);
}

std::string letters(Rng& rng, std::size_t count) {
  std::string word;
  while (word.size() < count) word += static_cast<char>('a' + rng.below(26));
  return word;
}
std::string digits(Rng& rng, std::size_t count) {
  std::string word;
  while (word.size() < count) word += static_cast<char>('1' + rng.below(9));
  return word;
}

/// What of a value tells who it was: its longest word.
std::string telling_part(const std::string& value) {
  std::string longest, word;
  for (const char c : value + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) {
      word += c;
    } else {
      if (word.size() > longest.size()) longest = word;
      word.clear();
    }
  }
  return longest;
}

}  // namespace

const std::vector<Spelling>& spellings() {
  static const std::vector<Spelling> all{
      {"plain", [](const std::string& text) { return text; }},
      {"capitals",
       [](const std::string& text) {
         return each_byte(text,
                          [](unsigned char c) { return std::string(1, static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c)); });
       }},
      {"json", [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "\\u00" + two_digits(c); }); }},
      {"percent", [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "%" + two_digits(c); }); }},
      {"percent_where_needed", [](const std::string& text) { return percent_encoded(text); }},
      {"percent_twice",
       [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "%25" + two_digits(c); }); }},
      {"form",
       [](const std::string& text) {
         return form({{"x", text}}).substr(2);
       }},
      {"html_decimal",
       [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "&#" + std::to_string(c) + ";"; }); }},
      {"html_hex",
       [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "&#x" + two_digits(c) + ";"; }); }},
      {"quoted_printable",
       [](const std::string& text) { return each_byte(text, [](unsigned char c) { return "=" + two_digits(c); }); }},
      {"base64", [](const std::string& text) { return base64(text); }},
      {"base64url", [](const std::string& text) { return base64url(text + "~~~" + text); }},
      {"base64_in_lines",
       [](const std::string& text) { return folded_lines(base64(text + "\r\n" + text + "\r\n" + text + " " + text)); }},
      {"base64_twice", [](const std::string& text) { return base64(base64(text)); }},
      {"hex", [](const std::string& text) { return hex(text); }},
      {"encoded_word_b", [](const std::string& text) { return "=?UTF-8?B?" + base64(text) + "?="; }},
      {"encoded_word_q",
       [](const std::string& text) {
         return "=?utf-8?Q?" +
                each_byte(text, [](unsigned char c) { return c == ' ' ? std::string("_") : "=" + two_digits(c); }) + "?=";
       }},
      {"jwt", [](const std::string& text) {
         return base64url(R"({"alg":"RS256"})") + "." + base64url(R"({"sub":")" + json_string(text) + R"(","x":"1"})") + "." +
                base64url("a signature of some length");
       }}};
  return all;
}

const std::vector<CanaryKind>& canary_kinds() {
  static const std::vector<CanaryKind> all{
      {"name", [](Rng& rng) { return letters(rng, 9) + " " + letters(rng, 10); }},
      {"address", [](Rng& rng) { return letters(rng, 9) + "." + letters(rng, 8) + "@" + letters(rng, 11) + ".example"; }},
      {"telephone", [](Rng& rng) { return "+49 " + digits(rng, 11); }},
      {"record", [](Rng& rng) { return "5008d0" + alphanumeric(rng, 9); }},
      {"uuid", [](Rng& rng) { return uuid(rng); }},
      {"token", [](Rng& rng) { return alphanumeric(rng, 32); }},
      {"sentence",
       [](Rng& rng) { return "My " + letters(rng, 9) + " is " + letters(rng, 12) + ", please " + letters(rng, 9) + "!"; }}};
  return all;
}

std::size_t canaries() {
  const char* wanted = std::getenv("CASEWIRE_CANARIES");
  return wanted == nullptr ? 40 : std::stoul(wanted);
}

Exchange planted(const std::string& text, std::size_t place) {
  const std::string member = R"({"note":")" + (text.starts_with("\\u") ? text : json_string(text)) + R"(","id":"7"})";
  Exchange exchange{at_second(0),          milliseconds(0), "bridge", "opencx", {.method = "POST", .target = "/contacts"},
                    json_answer(200, "{}")};
  switch (place % 6) {
    case 0: exchange.response.body = member; break;
    case 1:
      exchange.request.headers.set("Content-Type", "application/json");
      exchange.request.body = member;
      break;
    case 2:
      exchange.response.headers.set("Content-Type", "text/html");
      exchange.response.body = "<html><body><p class=\"a\">Hello " + text + " and so on</p></body></html>";
      break;
    case 3:
      exchange.request.headers.set("Content-Type", "multipart/form-data; boundary=b");
      exchange.request.body = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n" + text + "\r\n--b--\r\n";
      break;
    case 4:
      exchange.response.headers.set("Content-Type", "text/xml");
      exchange.response.body = "<a><b>" + text + "</b></a>";
      break;
    default: exchange.request.headers.set("X-Note", text.find('\r') == std::string::npos ? text : base64(text)); break;
  }
  return exchange;
}

namespace {

/// Many strings looked for at once, by their first bytes.
class Wanted {
 public:
  void add(std::string what, std::string name) {
    if (what.size() < kKey) throw std::logic_error("too short to be found by more than chance: " + what);
    std::string key = what.substr(0, kKey);
    by_beginning_[std::move(key)].push_back({std::move(what), std::move(name)});
  }
  void find_in(const std::string& text, Found& found) const {
    std::string key;
    for (std::size_t at = 0; at + kKey <= text.size(); ++at) {
      key.assign(text, at, kKey);
      const auto alike = by_beginning_.find(key);
      if (alike == by_beginning_.end()) continue;
      for (const auto& [what, name] : alike->second) {
        if (text.compare(at, what.size(), what) == 0 && ++found.count) found.example = name;
      }
    }
  }

 private:
  static constexpr std::size_t kKey = 9;
  std::unordered_map<std::string, std::vector<std::pair<std::string, std::string>>> by_beginning_;
};

/// What stands in base64 of a text, whatever comes before and behind it: all digits that it alone decides. A digit fewer, and among as many
/// pseudonyms some would be hit by chance.
std::string decided_digits(const std::string& text, std::size_t bytes_before) {
  const std::size_t first = (8 * bytes_before + 5) / 6, behind = 8 * (bytes_before + text.size()) / 6;
  return base64(std::string(bytes_before, ' ') + text).substr(first, behind - first);
}

}  // namespace

Found found_in(const std::string& text, const std::vector<std::string>& values) {
  Wanted in_any_case, as_it_is;
  for (const std::string& value : values) {
    const std::string part = telling_part(value);
    for (const Spelling& spelling : spellings()) in_any_case.add(lowercase(spelling.write(part)), spelling.name + (" " + value));
    for (std::size_t before = 0; before < 3; ++before) {
      const std::string digits = decided_digits(part, before);
      for (std::size_t outside = 0; outside < 3; ++outside)
        as_it_is.add(decided_digits(digits, outside), "base64 twice anywhere " + value);
      as_it_is.add(digits, "base64 anywhere " + value);
    }
  }
  Found found;
  in_any_case.find_in(lowercase(text), found);
  as_it_is.find_in(text, found);
  return found;
}

}  // namespace casewire::scenarios
