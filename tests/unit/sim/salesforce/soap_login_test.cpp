// SOAP login as its clients read it: with regular expressions, by local names, by status 500.

#include "org_fixture.hpp"
#include "sim/salesforce/api/xml.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;

class SoapLogin : public ServiceCloud {
 protected:
  http::Response post(const std::string& path, const std::string& body) {
    return org_
        ->handle(
            {.method = "POST", .target = path, .headers = {{"Content-Type", "text/xml"}, {"SOAPAction", "\"\""}}, .body = body})
        .response;
  }
  static std::string envelope(const std::string& header, const std::string& body) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?><se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\"><se:Header>" +
           header + "</se:Header><se:Body>" + body + "</se:Body></se:Envelope>";
  }
  http::Response log_in(const std::string& user, const std::string& password, const std::string& path = "/services/Soap/u/59.0") {
    return post(path, envelope("", "<n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>" + user +
                                       "</n1:username><n1:password>" + password + "</n1:password></n1:login>"));
  }
  static std::string between(const std::string& text, const std::string& tag) {
    const auto start = text.find("<" + tag + ">") + tag.size() + 2;
    return text.substr(start, text.find("</" + tag + ">") - start);
  }
};

TEST_F(SoapLogin, OpensASessionThatRestTakes) {
  const auto answer = log_in("opencx@acme.test", "casewire-passwordCasewireToken");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.find("Content-Type"), "text/xml; charset=utf-8");
  EXPECT_EQ(between(answer.body, "serverUrl"), "http://salesforce.test/services/Soap/u/59.0/00DCw0000000001");
  EXPECT_EQ(between(answer.body, "userId"), org_->integration_user_id());
  EXPECT_EQ(between(answer.body, "organizationId"), "00DCw0000000001MAA");
  EXPECT_EQ(between(answer.body, "passwordExpired"), "false");
  const http::Headers session{{"Authorization", "Bearer " + between(answer.body, "sessionId")}};
  EXPECT_EQ(send("GET", "/services/data/v59.0/limits", "", session).status, 200);
}

TEST_F(SoapLogin, LogsInToThisOrgAlone) {
  const auto of = [&](const std::string& scope) {
    return post("/services/Soap/u/59.0",
                envelope("<n1:LoginScopeHeader xmlns:n1=\"urn:partner.soap.sforce.com\">" + scope + "</n1:LoginScopeHeader>",
                         "<n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>opencx@acme.test</n1:username>"
                         "<n1:password>casewire-password</n1:password></n1:login>"));
  };
  EXPECT_EQ(of("<n1:organizationId>00DCw0000000001MAA</n1:organizationId>").status, 200);
  EXPECT_EQ(of("<n1:organizationId>00DCw0000000001</n1:organizationId>").status, 200);
  EXPECT_EQ(of("").status, 200);
  EXPECT_THAT(of("<n1:organizationId>00D000000000062EAA</n1:organizationId>").body, HasSubstr("sf:NOT_MODELLED"));
  EXPECT_THAT(of("<n1:portalId>060000000000001AAA</n1:portalId>").body, HasSubstr("sf:NOT_MODELLED"));
}

TEST_F(SoapLogin, TakesEveryCommonFormOfTheEnvelope) {
  EXPECT_EQ(log_in("OPENCX@acme.test", "casewire-password", "/services/Soap/c/31.0/").status, 200)
      << "no token; enterprise; names without case";
  EXPECT_EQ(log_in("opencx@acme.test", "casewire-password", "/services/Soap/u/64.0/00DCw0000000001").status, 200);
  const auto plain = post(
      "/services/Soap/u/50.0",
      "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body><login xmlns=\"urn:partner.soap.sforce.com\">"
      "<username>opencx&#64;acme.test</username><password><![CDATA[casewire-password]]></password></login></Body></Envelope>");
  EXPECT_EQ(plain.status, 200) << plain.body;
}

TEST_F(SoapLogin, RefusesWithAFaultOn500) {
  const auto answer = log_in("opencx@acme.test", "wrong &amp; &lt;worse&gt;");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body,
              HasSubstr("<faultcode>sf:INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: Invalid username, password, "
                        "security token; or user locked out.</faultstring>"));
  EXPECT_THAT(answer.body, HasSubstr("<sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>Invalid username"));
  EXPECT_EQ(log_in("nobody@acme.test", "casewire-password").status, 500);
  call("PATCH", "/sobjects/User/" + org_->integration_user_id(), {{"IsActive", false}}, 204);
  EXPECT_THAT(log_in("opencx@acme.test", "casewire-password").body, HasSubstr("INVALID_LOGIN"));
}

// Captured: emacs-soap-client, issue 18; any value does, and an empty one in quotes.
TEST_F(SoapLogin, AsksForTheHeaderSoapAction) {
  const auto answer =
      send("POST", "/services/Soap/u/59.0", envelope("", "<u:getServerTimestamp/>"), {{"Content-Type", "text/xml"}});
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body,
              HasSubstr("<faultcode>soapenv:Client</faultcode><faultstring>SOAPAction HTTP header missing</faultstring>"));
}

// The WSDL has a sequence; captured: Salesforce Stack Exchange, question 7680.
TEST_F(SoapLogin, ReadsThePasswordBehindTheUsernameAlone) {
  const auto answer = post("/services/Soap/u/59.0", envelope("",
                                                             "<u:login><u:password>casewire-password</u:password>"
                                                             "<u:username>opencx@acme.test</u:username></u:login>"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("<sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode>"));
}

// Captured: postman-salesforce-apis, issue 26 (a password with an "&" that its client did not escape).
TEST_F(SoapLogin, TellsOfBadXmlInTheWordsOfItsParser) {
  const auto told = [&](const std::string& body) { return between(post("/services/Soap/u/59.0", body).body, "faultstring"); };
  EXPECT_THAT(log_in("opencx@acme.test", "pass&Cl").body,
              HasSubstr("<faultcode>UNKNOWN_EXCEPTION</faultcode><faultstring>UNKNOWN_EXCEPTION: The reference to entity "
                        "&quot;Cl&quot; must end with the &apos;;&apos; delimiter.</faultstring>"));
  EXPECT_EQ(told(""), "UNKNOWN_EXCEPTION: Premature end of file.");
  EXPECT_EQ(told("{}"), "UNKNOWN_EXCEPTION: Content is not allowed in prolog.");
  EXPECT_EQ(told("<a>&nope;</a>"), "UNKNOWN_EXCEPTION: The entity &quot;nope&quot; was referenced, but not declared.");
  EXPECT_EQ(
      told("<a></b>"),
      "UNKNOWN_EXCEPTION: The element type &quot;a&quot; must be terminated by the matching end-tag &quot;&lt;/a&gt;&quot;.");
  EXPECT_EQ(told("<a>"), "UNKNOWN_EXCEPTION: XML document structures must start and end within the same entity.");
  EXPECT_EQ(told("<a/><b/>"), "UNKNOWN_EXCEPTION: The markup in the document following the root element must be well-formed.");
  EXPECT_EQ(told("<a>1 < 2</a>"),
            "UNKNOWN_EXCEPTION: The content of elements must consist of well-formed character data or markup.");
}

TEST_F(SoapLogin, AsksForTheTokenWhereTheOrgDoes) {
  options_.needs_security_token = true;
  start(service_cloud_text());
  EXPECT_THAT(log_in("opencx@acme.test", "casewire-password").body, HasSubstr("sf:LOGIN_MUST_USE_SECURITY_TOKEN"));
  EXPECT_EQ(log_in("opencx@acme.test", "casewire-passwordCasewireToken").status, 200);
}

TEST_F(SoapLogin, EndsWithVersion64) {
  for (const auto* version : {"30.0", "65.0", "99.0", "x"})
    EXPECT_THAT(log_in("opencx@acme.test", "casewire-password", std::string{"/services/Soap/u/"} + version).body,
                HasSubstr("<faultcode>sf:UNSUPPORTED_API_VERSION</faultcode>"))
        << version;
}

TEST_F(SoapLogin, LogoutEndsTheSession) {
  const auto header = [&](const std::string& session) {
    return "<u:SessionHeader><u:sessionId>" + session + "</u:sessionId></u:SessionHeader>";
  };
  EXPECT_THAT(post("/services/Soap/u/66.0", envelope(header(token()), "<u:getUserInfo/>")).body,
              HasSubstr("<userName>opencx@acme.test</userName>"));
  EXPECT_EQ(post("/services/Soap/u/66.0", envelope(header(token()), "<u:logout/>")).status, 200);
  const auto again = post("/services/Soap/u/66.0", envelope(header(token()), "<u:logout/>"));
  EXPECT_EQ(again.status, 500);
  EXPECT_THAT(again.body, HasSubstr("<faultcode>sf:INVALID_SESSION_ID</faultcode>"));
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 401);
}

TEST_F(SoapLogin, AnotherCallIsNotModelledAndBadXmlIsAFault) {
  const auto answer =
      post("/services/Soap/u/59.0", envelope("<SessionHeader><sessionId>" + token() + "</sessionId></SessionHeader>",
                                             "<query><queryString>x</queryString></query>"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(org_->not_modelled(), testing::ElementsAre("the SOAP call query"));
  for (const auto* bad : {"", "<a>", "{}", "<a></b>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
                          "<Envelope><Body/></Envelope>", "<a b=c/>", "<a>&nope;</a>", "\xff<a/>"}) {
    const auto fault = post("/services/Soap/u/59.0", bad);
    EXPECT_EQ(fault.status, 500) << bad;
    EXPECT_THAT(fault.body, HasSubstr("<soapenv:Fault><faultcode>")) << bad;
  }
  EXPECT_THAT(post("/services/Soap/u/59.0", "<Envelope><Body/></Envelope>").body,
              HasSubstr("<faultcode>soapenv:Client</faultcode><faultstring>No operation available for request"));
  const auto get = org_->handle({.method = "GET", .target = "/services/Soap/u/59.0"}).response;
  EXPECT_EQ(get.status, 405);
  EXPECT_THAT(get.body, HasSubstr("Only POST allowed"));
}

TEST(Xml, IsBounded) {
  std::string deep, closing;
  for (int i = 0; i < 100; ++i) deep += "<a>", closing += "</a>";
  EXPECT_EQ(parse_xml(deep + closing).error(), "the elements are nested too deeply");
  EXPECT_EQ(parse_xml(std::string(kXmlBytesMax + 1, ' ')).error(), "the document is too long");
}

TEST(Xml, KeepsTextAndResolvesEntities) {
  const auto root = parse_xml("<?xml version='1.0'?><!-- c --><x:a k='v>'> 1 &lt; 2 &#x1F600;<![CDATA[<&]]><b/></x:a>\n");
  ASSERT_TRUE(root) << root.error();
  EXPECT_EQ(root->name, "a");
  EXPECT_EQ(root->text, " 1 < 2 \xF0\x9F\x98\x80<&");
  ASSERT_NE(root->child("b"), nullptr);
  EXPECT_EQ(xml_escaped("<a & 'b' \"c\" \x01>"), "&lt;a &amp; &apos;b&apos; &quot;c&quot; \xEF\xBF\xBD&gt;");
}

}  // namespace
}  // namespace casewire::sim::salesforce
