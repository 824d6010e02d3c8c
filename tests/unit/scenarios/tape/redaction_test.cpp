// R14 to R18: planted values in every spelling that is known, and nothing of them left. CASEWIRE_CANARIES=10000 plants that many of each
// kind (./dev canaries).

#include "scenarios/tape/redaction.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <functional>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/rng.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

using testing::IsEmpty;

struct Spelling {
  const char* name;
  std::function<std::string(const std::string&)> write;
};

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

struct Kind {
  const char* name;
  std::function<std::string(Rng&)> invent;
};

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

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
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

/// A spelling within a place, as the place needs it written.
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

class Canaries : public testing::TestWithParam<std::size_t> {};

TEST_P(Canaries, LeaveNothingBehindInAnySpelling) {
  const Kind& kind = kinds()[GetParam()];
  SeededRng rng(GetParam() + 1);
  Tape tape;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < canaries(); ++i) {
    values.push_back(kind.invent(rng));
    for (std::size_t s = 0; s < spellings().size(); ++s) {
      tape.exchanges.push_back(planted(spellings()[s].write(values.back()), i + s));
    }
  }
  Redactor redactor("a key of the customer", vendors_policy());
  const Tape redacted = redactor.redacted(tape);
  EXPECT_THAT(redactor.left_in(redacted), IsEmpty());
  std::string all;
  for (const Exchange& exchange : redacted.exchanges) {
    all += exchange.request.target + "\n" + exchange.request.body + "\n" + exchange.response.body + "\n";
    for (const http::Header& header : exchange.request.headers) all += header.value + "\n";
  }
  const std::string lower = lowercase(all);
  std::size_t left = 0;
  std::string example;
  // Each spelling of the telling part is looked for as it would stand; of base64, whatever stands before and behind it.
  for (const std::string& value : values) {
    const std::string part = telling_part(value);
    for (const Spelling& spelling : spellings()) {
      if (lower.find(lowercase(spelling.write(part))) != std::string::npos && ++left) example = spelling.name + (" " + value);
    }
    for (std::size_t shift = 0; shift < 3; ++shift) {
      const std::string run = base64(std::string(shift, ' ') + part);
      if (all.find(run.substr(4, run.size() - 8)) != std::string::npos && ++left) example = "base64 anywhere " + value;
    }
  }
  EXPECT_EQ(left, 0u) << example;
}

INSTANTIATE_TEST_SUITE_P(, Canaries, testing::Range<std::size_t>(0, kinds().size()),
                         [](const auto& row) { return std::string(kinds()[row.param].name); });

std::string redacted_note(Redactor& redactor, const std::string& text) {
  const Tape tape = redactor.redacted({.exchanges = {planted(text, 0)}});
  return string_member(*parse_json(tape.exchanges[0].response.body), "note");
}

TEST(Redaction, OnePersonIsOnePseudonymInEverySpelling) {
  Redactor redactor("key", vendors_policy());
  const std::string name = redacted_note(redactor, "Whitfield");
  EXPECT_NE(name, "Whitfield");
  EXPECT_EQ(redacted_note(redactor, "whitfield"), lowercase(name));
  EXPECT_EQ(redacted_note(redactor, percent_encoded("Whitfield, D")), name + "%2C%20" + redacted_note(redactor, "D"));
  EXPECT_EQ(decode_base64(redacted_note(redactor, base64("dear Whitfield"))), redacted_note(redactor, "dear Whitfield"));
  EXPECT_EQ(redacted_note(redactor, "> Whitfield wrote:"), "> " + name + " wrote:");
  EXPECT_EQ(Redactor("key", vendors_policy()).redacted({.exchanges = {planted("Whitfield", 0)}}).exchanges[0].response.body,
            redactor.redacted({.exchanges = {planted("Whitfield", 0)}}).exchanges[0].response.body)
      << "two tapes of one customer agree";
  Redactor other("another key", vendors_policy());
  EXPECT_NE(redacted_note(other, "Whitfield"), name);
}

TEST(Redaction, ShapesStay) {
  Redactor redactor("key", vendors_policy());
  const std::string one = redacted_note(redactor, "dana@acme.example"), two = redacted_note(redactor, "eli@acme.example");
  EXPECT_EQ(one.substr(one.find('@')), two.substr(two.find('@'))) << "one domain stays one";
  EXPECT_TRUE(one.ends_with(".example"));
  EXPECT_NE(one.substr(0, one.find('@')), two.substr(0, two.find('@')));
  const std::string text = std::string(1000, 'x') + " Größe 💡 " + std::string(2979, 'y') + "\n\u00e9\u00e8 z";
  EXPECT_EQ(redacted_note(redactor, text).size(), text.size());
  const std::string id = redacted_note(redactor, "500Cw0000000001IAA");
  EXPECT_EQ(id.size(), 18u);
  EXPECT_EQ(id.substr(0, 3), "500");
  EXPECT_EQ(redacted_note(redactor, "500Cw0000000001"), id.substr(0, 15)) << "15 and 18 characters are one record";
  EXPECT_EQ(redacted_note(redactor, "2026-01-05T09:00:00.000Z"), "2026-01-05T09:00:00.000Z");
}

TEST(Redaction, TheVendorsVocabularyStays) {
  Redactor redactor("key", vendors_policy());
  Exchange exchange = conversation()[2];
  exchange.request.target =
      "/services/data/v66.0/query?q=SELECT+Id,+OpenCX_Handoff__c+FROM+Case+WHERE+SuppliedEmail+%3D+%27dana%40example.test%27";
  exchange.response.body =
      R"({"totalSize":1,"records":[{"attributes":{"type":"Case"},"Status":"Closed","Subject":"My divorce"}]})";
  const Exchange other = redactor.redacted({.exchanges = {exchange}}).exchanges[0];
  EXPECT_THAT(
      other.request.target,
      testing::StartsWith("/services/data/v66.0/query?q=SELECT+Id,+OpenCX_Handoff__c+FROM+Case+WHERE+SuppliedEmail+%3D+%27"));
  EXPECT_EQ(other.request.target.find("dana"), std::string::npos);
  EXPECT_THAT(other.response.body, testing::HasSubstr(R"("Status":"Closed","Subject":")"));
  EXPECT_EQ(other.response.body.find("divorce"), std::string::npos);
  EXPECT_EQ(other.response.body.size(), exchange.response.body.size());
}

TEST(Redaction, APolicySaysWhatMayStay) {
  const auto policy = read_policy(R"({"members":["Subject"],"words":["divorce"]})", "policy.json");
  ASSERT_TRUE(policy);
  Redactor redactor("key", *policy);
  EXPECT_EQ(redacted_note(redactor, "divorce"), "divorce");
  EXPECT_NE(redacted_note(redactor, "custody"), "custody");
  EXPECT_FALSE(read_policy(R"({"keep":[]})", "policy.json"));
}

TEST(Redaction, TheLastLookFindsWhatIsLeftAndDoesNotShowIt) {
  Redactor redactor("key", vendors_policy());
  Tape tape{.exchanges = {planted("Whitfield-Montgomery", 0), planted("x", 0)}};
  Tape redacted = redactor.redacted(tape);
  EXPECT_THAT(redactor.left_in(redacted), IsEmpty());
  redacted.exchanges[1].response.body = R"({"note":")" + base64("it was montgomery") + R"("})";
  EXPECT_THAT(redactor.left_in(redacted), testing::ElementsAre("entry 1, the answer's body"));
}

}  // namespace
}  // namespace casewire::scenarios
