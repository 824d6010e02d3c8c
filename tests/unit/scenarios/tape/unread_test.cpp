// R14, R15: what is not known to say nothing about anybody is disguised wherever it stands, not only in the texts where it is expected.

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/tape/redaction.hpp"
#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Redactor redactor() { return {"a key", vendors_policy()}; }

std::string redacted_target(const std::string& target) {
  Exchange exchange = conversation()[2];
  exchange.request.target = target;
  auto with = redactor();
  return with.redacted({.exchanges = {exchange}}).exchanges[0].request.target;
}

std::string redacted_answer(const std::string& body, const std::string& type = "application/json") {
  Exchange exchange = conversation()[2];
  exchange.response = {.status = 200, .headers = {{"Content-Type", type}}, .body = body};
  auto with = redactor();
  return with.redacted({.exchanges = {exchange}}).exchanges[0].response.body;
}

TEST(Unread, R14WhatIsCalledAQueryIsOneOnlyIfItReadsAsOne) {
  for (const char* target :
       {"/services/data/v66.0/search/?q=FIND+%7BOttilie+Quarnstedt%7D", "/chat/sessions?q=Ottilie+Quarnstedt",
        "/services/data/v66.0/parameterizedSearch/?q=Ottilie+Quarnstedt", "/x?query=select+Quarnstedt", "/x?q=Find%20Quarnstedt",
        "/services/data/v66.0/query?q=SELECT+Quarnstedt+FROM+Ottilie"}) {
    EXPECT_THAT(redacted_target(target), Not(HasSubstr("Quarnstedt"))) << target;
    EXPECT_THAT(redacted_target(target), Not(HasSubstr("Ottilie"))) << target;
  }
  EXPECT_THAT(redacted_answer(R"({"query":"Ottilie Quarnstedt wants it back"})"), Not(HasSubstr("Quarnstedt")));
  EXPECT_THAT(redacted_answer(R"({"query":"Find Ottilie Quarnstedt"})"), Not(HasSubstr("Quarnstedt")));
}

TEST(Unread, R14OfAQueryTheVendorsNamesStayAndNumbersThatTellDoNot) {
  const std::string target = redacted_target(
      "/services/data/v66.0/query?q=SELECT+Id,c.Owner.Name,Shoe_Size__c+FROM+Case+c+WHERE+Num__c+%3D+47111234+AND+Subject+%3D+"
      "%27a%5C%5C%27+AND+CreatedDate=LAST_N_DAYS:30+ORDER+BY+CreatedDate+LIMIT+50000");
  EXPECT_THAT(target,
              StartsWith("/services/data/v66.0/query?q=SELECT+Id,c.Owner.Name,Shoe_Size__c+FROM+Case+c+WHERE+Num__c+%3D+"));
  EXPECT_THAT(target, Not(HasSubstr("47111234")));
  EXPECT_THAT(target, HasSubstr("+AND+CreatedDate=LAST_N_DAYS:30+ORDER+BY+CreatedDate+LIMIT+50000"));
}

TEST(Unread, R18TheLastLookFindsANameThatAQuerySays) {
  Exchange exchange = conversation()[2];
  exchange.request.target = "/chat/sessions?q=Quarnstedt";
  exchange.response = json_answer(200, R"({"name":"Ottilie Quarnstedt"})");
  auto with = redactor();
  Tape tape = with.redacted({.exchanges = {exchange}});
  EXPECT_THAT(with.left_in(tape), IsEmpty());
  tape.exchanges[0].request.target = exchange.request.target;
  EXPECT_THAT(with.left_in(tape), Not(IsEmpty()));
}

TEST(Unread, R15LettersAndDigitsOfEveryScript) {
  const std::string words =
      "გიორგი Զարա தமிழ் குமார் తెలుగు రావు বাংলা রহিম မောင် ሰላም ਸਿੰਘ ગાંધી ಕನ್ನಡ മലയാളം ກອງ සිංහල བསོད ᠮᠣᠩ ᏣᎳᎩ Ｍｉｒａ ｱｲｳ ﻣﻴﺮﺍ ខ្មែរ "
      "𝐌𝐢𝐫𝐚 ⓜⓘⓡⓐ Ștefăniță Nguyễn 㐀㐁 𠀀𠀁 ٠١٢٣٤٥٦٧ ５５５１２３４ १२३४५६७ ²³¹⁴";
  const std::string other = redacted_answer("{\"t\":\"" + words + "\"}");
  for (const std::string_view word : split(words, ' ')) EXPECT_THAT(other, Not(HasSubstr(std::string(word))));
  EXPECT_EQ(other.size(), words.size() + 8) << "as many bytes as before";
  EXPECT_TRUE(is_valid_utf8(other));
}

TEST(Unread, R16OfEveryScriptCapitalsAreCapitalsOfOneNameAndTwoBecomeTwo) {
  const Disguise disguise("a key");
  EXPECT_EQ(disguise.word(U"\u0536\u0531"), [&] {
    std::u32string capitals = disguise.word(U"\u0566\u0561");
    for (char32_t& c : capitals) c -= 0x30;
    return capitals;
  }()) << "Armenian";
  std::set<std::u32string> all;
  for (char32_t code = 0x10D0; code <= 0x10F0; ++code) all.insert(disguise.word(std::u32string(1, code)));
  EXPECT_EQ(all.size(), 0x21u) << "Georgian";
  for (const std::u32string& word : all) EXPECT_GE(word[0], 0x10D0u);
}

}  // namespace
}  // namespace casewire::scenarios
