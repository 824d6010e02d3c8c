// SOSL and parameterized search.

#include "org_fixture.hpp"
#include "sim/salesforce/search/sosl.hpp"
#include "sim/salesforce/search/term.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;

class Search : public ServiceCloud {
 protected:
  Search() {
    create("Contact", {{"FirstName", "Dana"}, {"LastName", "Diaz"}, {"Email", "dana.diaz@example.test"}, {"Phone", "555 0100"}});
    create("Contact", {{"LastName", "Example"}, {"Email", "other@acme.test"}});
    create("Case", {{"Subject", "Order 1182"}, {"Description", "The kettle leaks, says Dana."}});
  }
  Json find(const std::string& sosl, int status = 200) { return call("GET", "/search/?" + form({{"q", sosl}}), nullptr, status); }
  std::size_t hits(const std::string& sosl) { return find(sosl)["searchRecords"].size(); }
  std::string error(const std::string& sosl) {
    const auto body = find(sosl, 400);
    return string_member(body[0], "errorCode") + ": " + string_member(body[0], "message");
  }
};

TEST_F(Search, FindsByWordsInTheFieldsOfAGroup) {
  const auto found = find("FIND {dana} IN ALL FIELDS RETURNING Contact(Id, Email), Case(Subject)");
  ASSERT_EQ(found["searchRecords"].size(), 2u);
  EXPECT_EQ(found["searchRecords"][0]["Email"], "dana.diaz@example.test");
  EXPECT_EQ(found["searchRecords"][0]["attributes"]["type"], "Contact");
  EXPECT_EQ(found["searchRecords"][1]["Subject"], "Order 1182");
  EXPECT_EQ(hits("find {Dana} in name fields returning Contact, Case"), 1u);
  EXPECT_EQ(hits("FIND {example} IN EMAIL FIELDS RETURNING Contact(Id)"), 1u);
  EXPECT_EQ(hits("FIND {dana.diaz@example.test} IN EMAIL FIELDS RETURNING Contact"), 1u);
  EXPECT_EQ(hits("FIND {\"kettle leaks\"}"), 1u);
  EXPECT_EQ(hits("FIND {\"leaks kettle\"}"), 0u);
}

TEST_F(Search, TermsHaveWildcardsAndOperators) {
  EXPECT_EQ(hits("FIND {ket*} RETURNING Case"), 1u);
  EXPECT_EQ(hits("FIND {kett?e} RETURNING Case"), 1u);
  EXPECT_EQ(hits("FIND {ket} RETURNING Case"), 0u) << "whole words";
  EXPECT_EQ(hits("FIND {kettle AND order} RETURNING Case"), 1u);
  EXPECT_EQ(hits("FIND {kettle AND NOT order} RETURNING Case"), 0u);
  EXPECT_EQ(hits("FIND {nothing OR (kettle order)} RETURNING Case"), 1u);
  EXPECT_EQ(hits("FIND {dana\\.diaz\\@example\\.test} RETURNING Contact"), 1u);
}

TEST_F(Search, ClausesOfAnObjectAreSoql) {
  EXPECT_EQ(hits("FIND {dana OR example} RETURNING Contact(Id, Name WHERE LastName = 'Diaz' ORDER BY Name LIMIT 5)"), 1u);
  EXPECT_EQ(hits("FIND {dana OR example} RETURNING Contact(Id ORDER BY LastName LIMIT 1)"), 1u);
  EXPECT_EQ(hits("FIND {dana OR example} LIMIT 2"), 2u);
}

TEST_F(Search, RefusesInTheVendorsWords) {
  EXPECT_EQ(error("FIND dana"), "MALFORMED_SEARCH: No search term found. The search term must be enclosed in braces.");
  EXPECT_EQ(error(""), "MALFORMED_SEARCH: No search term found. The search term must be enclosed in braces.");
  EXPECT_EQ(error("FIND {a}"), "MALFORMED_SEARCH: search term must be longer than one character: a");
  EXPECT_THAT(error("SELECT Id FROM Case"), HasSubstr("unexpected token: 'SELECT'"));
  EXPECT_THAT(
      error("FIND {dana} RETURNING Nothing(Id)"),
      HasSubstr(
          "INVALID_TYPE: \nFIND {dana} RETURNING Nothing(Id)\n                      ^\nERROR at Row:1:Column:23\nsObject type 'Nothing' is not supported."));
  EXPECT_THAT(error("FIND {dana} RETURNING Contact(Nope)"), HasSubstr("No such column 'Nope' on entity 'Contact'"));
  EXPECT_THAT(error("FIND {dana} RETURNING Contact(Id"), HasSubstr("unexpected token: '<EOF>'"));
  EXPECT_EQ(find("FIND {dana} RETURNING Opportunity", 501)[0]["errorCode"], "NOT_MODELLED");
  for (const char* fields : {"COUNT()", "Id, (SELECT Id FROM Cases)", "COUNT(Id)", "MAX(Name) n"})
    EXPECT_EQ(find(std::string{"FIND {dana} RETURNING Contact("} + fields + ")", 501)[0]["errorCode"], "NOT_MODELLED") << fields;
}

TEST_F(Search, ReservedCharactersAreEscaped) {
  EXPECT_EQ(error("FIND {John|jane_gray@uoa.edu} RETURNING Contact"),
            "MALFORMED_SEARCH: \nFIND {John|jane_gray@uoa.edu} RETURNING Contact\n         ^\nERROR at Row:1:Column:10\n"
            "line 1:10 mismatched character '|' expecting '}'");
  EXPECT_EQ(error("FIND {Marie-Pier Martin}"),
            "MALFORMED_SEARCH: \nFIND {Marie-Pier Martin}\n          ^\nERROR at Row:1:Column:11\n"
            "line 1:11 mismatched character '-' expecting '}'");
  for (const char c : std::string_view{"&|!{[]^~:'+-"}) {
    const std::string reserved(1, c);
    const auto words = "mismatched character '" + reserved + "' expecting '}'";
    EXPECT_THAT(error("FIND {da" + reserved + "na} RETURNING Contact"), HasSubstr(words));
    EXPECT_THAT(error("FIND {\"da" + reserved + "na\"} RETURNING Contact"), HasSubstr(words)) << "in quotes too";
    EXPECT_EQ(hits("FIND {dana\\" + reserved + " diaz} RETURNING Contact"), 1u) << reserved;
  }
  EXPECT_EQ(hits("FIND {\"dana\\\"diaz\"} RETURNING Contact"), 1u) << "a quote in a phrase";
}

TEST_F(Search, AnOperatorStandsBetweenTerms) {
  for (const char* term : {"dana AND", "dana OR", "dana AND NOT", "AND dana", "OR dana", "dana AND OR diaz", "(dana OR) diaz"})
    EXPECT_THAT(error(std::string{"FIND {"} + term + "}"), HasSubstr("MALFORMED_SEARCH: unexpected token: ")) << term;
}

TEST_F(Search, BehindInStandsAGroupOfFields) {
  EXPECT_EQ(error("FIND {name} IN ALL TYPE RETURNING Account(name)"),
            "MALFORMED_SEARCH: \nFIND {name} IN ALL TYPE RETURNING Account(name)\n                  ^\nERROR at Row:1:Column:19\n"
            "Malformed search token: TYPE");
  EXPECT_THAT(error("FIND {name} IN SHOES FIELDS"), HasSubstr("ERROR at Row:1:Column:15\nMalformed search token: SHOES"));
  EXPECT_THAT(error("FIND {name} IN ALL"), HasSubstr("unexpected token: '<EOF>'"));
}

TEST_F(Search, UpToVersion36TheArrayStandsAlone) {
  const auto old =
      parse_json(send("GET", "/services/data/v36.0/search?" + form({{"q", "FIND {dana} RETURNING Contact"}})).body).value();
  ASSERT_TRUE(old.is_array());
  EXPECT_EQ(old.size(), 1u);
}

TEST_F(Search, ByParametersInQueryOrBody) {
  const auto by_query =
      call("GET", "/parameterizedSearch/?q=Dana&sobject=Contact&Contact.fields=id,Email&Contact.limit=10", nullptr, 200);
  ASSERT_EQ(by_query["searchRecords"].size(), 1u);
  EXPECT_EQ(by_query["searchRecords"][0]["Email"], "dana.diaz@example.test");
  const auto by_body =
      call("POST", "/parameterizedSearch",
           {{"q", "Dana"},
            {"fields", {"Id"}},
            {"sobjects", {{{"name", "Contact"}, {"fields", {"Id", "LastName"}}, {"limit", 20}}, {{"name", "Case"}}}},
            {"in", "ALL"},
            {"overallLimit", 100},
            {"defaultLimit", 10}},
           200);
  EXPECT_EQ(by_body["searchRecords"].size(), 2u);
  EXPECT_EQ(call("GET", "/parameterizedSearch?q=x", nullptr, 400)[0]["errorCode"], "MALFORMED_SEARCH");
  EXPECT_EQ(call("GET", "/parameterizedSearch?q=Dana&in=SHOES", nullptr, 400)[0]["errorCode"], "INVALID_SEARCH");
}

TEST_F(Search, LabelsOfWhatIsFoundAreNotModelled) {
  EXPECT_EQ(call("POST", "/parameterizedSearch", {{"q", "Dana"}, {"metadata", "LABELS"}}, 501)[0]["errorCode"], "NOT_MODELLED");
  EXPECT_EQ(call("GET", "/parameterizedSearch?q=Dana&metadata=LABELS", nullptr, 501)[0]["errorCode"], "NOT_MODELLED");
}

// Captured: "Unsupported Object Types for SOSL Query" (lc169.blogspot.com, 2023). Which objects: the calls that the Object Reference lists.
TEST_F(Search, WhatIsNotSearchedIsRefused) {
  for (const std::string object :
       {"CaseStatus", "Organization", "RecordType", "GroupMember", "QueueSobject", "ContentDocumentLink"}) {
    EXPECT_EQ(error("FIND {dana} RETURNING " + object + "(Id)"),
              "INVALID_TYPE_FOR_OPERATION: entity type " + object + " does not support search");
    EXPECT_EQ(call("GET", "/sobjects/" + object, nullptr, 200)["objectDescribe"]["searchable"], false) << object;
  }
  create("CaseComment", {{"ParentId", create("Case", {{"Subject", "Order 7"}})}, {"CommentBody", "Dana called."}});
  EXPECT_EQ(hits("FIND {dana} RETURNING CaseComment(CommentBody)"), 1u);
  for (const std::string object : {"CaseComment", "ContentVersion", "ContentDocument", "FeedItem", "Case", "User"})
    EXPECT_EQ(call("GET", "/sobjects/" + object, nullptr, 200)["objectDescribe"]["searchable"], true) << object;
}

TEST_F(Search, ParenthesesBehindAnObjectHoldFields) {
  EXPECT_THAT(error("FIND {dana} RETURNING Contact()"), HasSubstr("unexpected token: ')'"));
  EXPECT_THAT(error("FIND {dana} RETURNING Contact( WHERE Id != null)"), HasSubstr("unexpected token: 'WHERE'"));
}

TEST_F(Search, ParametersThatAreWrongOrNotModelledAreRefused) {
  const auto refused = [&](const Json& body, int status = 400) {
    return string_member(call("POST", "/parameterizedSearch", body, status)[0], "message");
  };
  for (const std::string name : {"dataCategories", "netWorkIds", "pricebookId", "snippet", "updateTracking"}) {
    EXPECT_THAT(refused({{"q", "Dana"}, {name, "x"}}, 501), HasSubstr("(" + name + ")"));
  }
  for (const std::string name : {"dataCategory", "netWorkIds", "pricebookId", "snippet", "updateTracking"})
    call("GET", "/parameterizedSearch?q=Dana&" + name + "=x", nullptr, 501);
  call("GET", "/parameterizedSearch?q=Dana&_=1735689600", nullptr, 200);
  EXPECT_EQ(refused({{"q", "Dana"}, {"overallLimit", "x"}}), "The value of overallLimit is not valid");
  EXPECT_EQ(refused({{"q", "Dana"}, {"sobjects", {"Contact"}}}), "The value of sobjects is not valid");
  EXPECT_EQ(refused({{"q", "Dana"}, {"sobjects", {{{"fields", {"Id"}}}}}}), "The value of sobjects is not valid");
  EXPECT_EQ(refused({{"q", "Dana"}, {"sobjects", {{{"name", "Contact"}, {"limit", "x"}}}}}), "The value of limit is not valid");
  call("GET", "/parameterizedSearch?q=Dana&defaultLimit=x", nullptr, 400);
  call("GET", "/parameterizedSearch?q=Dana&sobject=Contact&Contact.limit=x", nullptr, 400);
  call("GET", "/parameterizedSearch?q=Dana&spellCorrection=false", nullptr, 200);
}

// There is no statement whose place could be shown.
TEST_F(Search, ErrorsOfParametersShowNoPlace) {
  EXPECT_THAT(call("GET", "/parameterizedSearch?q=Dana&sobject=Contact&Contact.fields=nope", nullptr, 400)[0]["message"]
                  .get<std::string>(),
              testing::StartsWith("No such column 'nope' on entity 'Contact'."));
  EXPECT_THAT(call("GET", "/parameterizedSearch?q=Dana&sobject=Nope", nullptr, 400)[0]["message"].get<std::string>(),
              testing::StartsWith("sObject type 'Nope' is not supported."));
}

TEST(SearchTerm, IsBounded) {
  EXPECT_FALSE(search::Term::parse(std::string(100, '(') + "ab" + std::string(100, ')')));
  EXPECT_FALSE(search::Term::parse(std::string(search::kTermBytesMax + 1, 'x')));
  EXPECT_FALSE(search::Term::parse("\"open"));
  EXPECT_FALSE(search::Term::parse("()"));
  EXPECT_FALSE(search::parse_sosl("FIND {" + std::string(search::kStatementBytesMax, 'x') + "}"));
}

}  // namespace
}  // namespace casewire::sim::salesforce
