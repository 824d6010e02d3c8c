// R14 to R18: planted values in every spelling that is known, and nothing of them left. CASEWIRE_CANARIES=10000 plants that many of each
// kind (./dev canaries).

#include "scenarios/tape/redaction.hpp"

#include <gmock/gmock.h>

#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "tests/unit/scenarios/tape/canaries.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

using testing::IsEmpty;

class Canaries : public testing::TestWithParam<std::size_t> {};

TEST_P(Canaries, R17LeaveNothingBehindInAnySpelling) {
  const CanaryKind& kind = canary_kinds()[GetParam()];
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
  const Found found = found_in(all, values);
  EXPECT_EQ(found.count, 0u) << found.example;
}

INSTANTIATE_TEST_SUITE_P(, Canaries, testing::Range<std::size_t>(0, canary_kinds().size()),
                         [](const auto& row) { return std::string(canary_kinds()[row.param].name); });

std::string redacted_note(Redactor& redactor, const std::string& text) {
  const Tape tape = redactor.redacted({.exchanges = {planted(text, 0)}});
  return string_member(*parse_json(tape.exchanges[0].response.body), "note");
}

TEST(Redaction, R15OnePersonIsOnePseudonymInEverySpelling) {
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

TEST(Redaction, R15WhatIsCompressedIsReadAndAnswersAsText) {
  // `{"note":"Whitfield"}` as node's zlib writes it, and as a browser saves what it has unpacked.
  const std::string text = R"({"note":"Whitfield"})";
  const std::string gzip = *decode_base64("H4sIAAAAAAAAA6tWyssvSVWyUgrPyCxJy0zNSVGqBQDneBQeFAAAAA==");
  const std::string brotli = *decode_base64("iwmAeyJub3RlIjoiV2hpdGZpZWxkIn0D");
  Redactor redactor("key", vendors_policy());
  const std::string told = R"({"note":")" + redacted_note(redactor, "Whitfield") + "\"}";
  for (const auto& [coding, body] : {std::pair{"gzip", gzip}, {"br", brotli}, {"gzip", text}, {"zstd", text}}) {
    Exchange exchange = planted("x", 0);
    exchange.response.headers.set("Content-Encoding", coding);
    exchange.response.body = body;
    const Exchange redacted = redactor.redacted({.exchanges = {exchange}}).exchanges[0];
    EXPECT_EQ(redacted.response.body, told) << coding;
    EXPECT_FALSE(redacted.response.headers.find("content-encoding")) << coding;
  }
  Exchange unknown = planted("x", 0);
  unknown.response.headers.set("Content-Encoding", "zstd");
  unknown.response.body = "\x28\xb5\x2f\xfd\x20";
  const Exchange bytes = redactor.redacted({.exchanges = {unknown}}).exchanges[0];
  EXPECT_EQ(bytes.response.headers.find("content-encoding"), "zstd");
  EXPECT_EQ(bytes.response.body.size(), unknown.response.body.size());
}

TEST(Redaction, R16ShapesStay) {
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

TEST(Redaction, R14ANumberIsTakenOutHoweverItIsWritten) {
  Redactor redactor("key", vendors_policy());
  Exchange exchange = planted("", 1);
  exchange.request.body = R"({"a":4711123,"b":4711123.0,"c":-4711123,"d":[4711123E2,0.4711123],"count":4711})";
  const std::string body = redactor.redacted({.exchanges = {exchange}}).exchanges[0].request.body;
  EXPECT_EQ(body.find("4711123"), std::string::npos) << body;
  const auto json = parse_json(body);
  ASSERT_TRUE(json) << body;
  const std::string other = (*json)["a"].dump();
  EXPECT_EQ(body, R"({"a":)" + other + R"(,"b":)" + other + R"(.0,"c":-)" + other + R"(,"d":[)" + other + R"(E2,0.)" + other +
                      R"(],"count":4711})");
}

TEST(Redaction, R17DigitsThatSpellAnIdAreNoNumber) {
  // Found by 10,000 canaries: with one letter, an e, a multipart's part passed for a number in JSON.
  Redactor redactor("key", vendors_policy());
  const std::string id = "5008d00p00000N3";
  ASSERT_TRUE(parse_json(hex(id)));
  const Tape redacted = redactor.redacted({.exchanges = {planted(hex(id), 3)}});
  EXPECT_EQ(redacted.exchanges[0].request.body.find(hex(id)), std::string::npos);
  EXPECT_THAT(redactor.left_in(redacted), IsEmpty());
}

TEST(Redaction, R14TheVendorsVocabularyStays) {
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

TEST(Redaction, R18TheLastLookFindsWhatIsLeftAndDoesNotShowIt) {
  Redactor redactor("key", vendors_policy());
  Tape tape{.exchanges = {planted("Whitfield-Montgomery", 0), planted("x", 0)}};
  Tape redacted = redactor.redacted(tape);
  EXPECT_THAT(redactor.left_in(redacted), IsEmpty());
  redacted.exchanges[1].response.body = R"({"note":")" + base64("it was montgomery") + R"("})";
  EXPECT_THAT(redactor.left_in(redacted), testing::ElementsAre("entry 2, the answer's body"));
}

}  // namespace
}  // namespace casewire::scenarios
