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

using testing::AllOf;
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

TEST(Unread, R14OfXmlTheNamesStayWhereverSomethingElseStands) {
  const std::string body =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE html [<!ENTITY me \"Quarnstedt\">]>"
      "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:q=\"urn:quarnstedt\"><c name=\"Ottilie > "
      "Quarnstedt\" tel='+49 30 1234567' Quarnstedt=\"1\"><!-- Quarnstedt > 7 --><n><![CDATA[Ottilie <Quarnstedt>]]></n>"
      "<Quarnstedt/><?Quarnstedt 1?><sf:Status xsi:type=\"xsd:string\">Quarnstedt</sf:Status></c></soapenv:Envelope>";
  for (const char* type : {"application/xml", "application/xhtml+xml", "image/svg+xml", "text/xml; charset=UTF-8"}) {
    const std::string other = redacted_answer(body, type);
    EXPECT_EQ(other.size(), body.size());
    for (const char* word : {"Quarnstedt", "quarnstedt", "Ottilie", "1234567"}) EXPECT_THAT(other, Not(HasSubstr(word))) << type;
    for (const char* part :
         {"<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE html [<!ENTITY",
          "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"", "<c name=\"", "\" tel='+", "<![CDATA[", "]]></n><",
          "<!-- ", " --><n>", "<sf:Status xsi:type=\"xsd:string\">", "</sf:Status></c></soapenv:Envelope>"}) {
      EXPECT_THAT(other, HasSubstr(part)) << type;
    }
  }
}

TEST(Unread, R14AnAttributeThatNoHtmlHasMayBeANameInBrackets) {
  EXPECT_THAT(redacted_answer("<p>From <b quarnstedt>Ottilie</b> <a href=\"mailto:quarnstedt@x.example\">", "text/html"),
              AllOf(Not(HasSubstr("quarnstedt")), HasSubstr("<a href=\"mailto:")));
}

TEST(Unread, R14NamesOfMembersStayIfTheyAreTheVendors) {
  const std::string other = redacted_answer(
      R"({"Ottilie.Quarnstedt":1,"users":{"Quarnstedt":true},"SuppliedEmail":"","Shoe_Size__c":1,"allOrNone":true,"last_modified_at":1})");
  EXPECT_THAT(other, AllOf(Not(HasSubstr("Quarnstedt")), Not(HasSubstr("Ottilie"))));
  EXPECT_THAT(other, HasSubstr(R"(":true},"SuppliedEmail":"","Shoe_Size__c":1,"allOrNone":true,"last_modified_at":1})"));
  EXPECT_THAT(redacted_target("/x?Quarnstedt=1&Quarnstedt&email=x"), AllOf(Not(HasSubstr("Quarnstedt")), HasSubstr("&email=")));
}

TEST(Unread, R14HeadersSayNothingInTheirNamesAndValues) {
  Exchange exchange = conversation()[3];
  exchange.request.headers = {
      {"User-Agent", "QuarnstedtApp/1.0 (node; quarnstedt@acme.example)"},
      {"Via", "1.1 proxy.quarnstedt.example"},
      {"Accept", "application/vnd.quarnstedt+json"},
      {"Sforce-Call-Options", "client=Quarnstedt"},
      {"X-Quarnstedt-Id", "1"},
      {"Content-Length", "123456"},
      {"Content-Type", "multipart/form-data; charset=utf-8; name=\"Quarnstedt CV.pdf\"; boundary=--Quarnstedt7"}};
  exchange.request.body = "----Quarnstedt7\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nhello\r\n----Quarnstedt7--\r\n";
  exchange.response.headers.set("Server", "quarnstedt");
  auto with = redactor();
  const Exchange other = with.redacted({.exchanges = {exchange}}).exchanges[0];
  std::string all = other.request.body;
  for (const http::Headers* headers : {&other.request.headers, &other.response.headers})
    for (const http::Header& header : *headers) all += header.name + ": " + header.value + "\n";
  EXPECT_THAT(lowercase(all), Not(HasSubstr("quarnstedt")));
  EXPECT_THAT(all, AllOf(HasSubstr("User-Agent: "), HasSubstr("/1.0 (node; "), HasSubstr("Content-Length: 123456"),
                         HasSubstr("Content-Type: multipart/form-data; charset=utf-8; name=\"")));
  const std::string type = std::string(*other.request.headers.find("content-type"));
  EXPECT_THAT(other.request.body, StartsWith("--" + type.substr(type.find("boundary=") + 9) + "\r\n"));
}

}  // namespace
}  // namespace casewire::scenarios
