// APIs that are not modelled refuse in the words of their protocols: a client of CometD that hears any others repeats its handshake for ever,
// and one of SOAP shows its user a piece of JSON. The run is red all the same.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RefusedApis : public ServiceCloud {
 protected:
  Json answered(const http::Response& response) { return parse_json(response.body).value(); }
};

TEST_F(RefusedApis, StreamingTellsEachMessageThatItIsNotThereAndNotToComeAgain) {
  const auto response = send("POST", "/cometd/59.0", R"([{"channel":"/meta/handshake","version":"1.0","id":"1a"},
                                                         {"channel":"/meta/subscribe","subscription":"/topic/x","id":"2"}])");
  EXPECT_EQ(response.status, 501);
  const auto messages = answered(response);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0]["channel"], "/meta/handshake");
  EXPECT_EQ(messages[0]["id"], "1a");
  EXPECT_EQ(messages[0]["successful"], false);
  EXPECT_EQ(messages[0]["advice"]["reconnect"], "none");
  EXPECT_THAT(std::string{messages[1]["error"]}, testing::StartsWith("501::"));
  EXPECT_THAT(org_->not_modelled(), ElementsAre("the Streaming API (POST /cometd/59.0)"));
}

TEST_F(RefusedApis, StreamingIsRefusedWhateverComes) {
  for (const std::string body : {"", "{", "[]", "7", R"({"channel":"/meta/connect"})", "[[[1]]]"}) {
    const auto messages = answered(send("POST", "/cometd/replay/36.0/", body));
    ASSERT_EQ(messages.size(), 1u) << body;
    EXPECT_EQ(messages[0]["successful"], false) << body;
  }
  EXPECT_EQ(answered(send("GET", "/cometd/59.0?message=%5B%7B%22channel%22%3A%22%2Fmeta%2Fhandshake%22%7D%5D")).size(), 1u);
}

TEST_F(RefusedApis, BulkOfTheFirstVersionAnswersAnErrorOfItsKind) {
  const auto xml = send("POST", "/services/async/59.0/job", "<jobInfo/>", {{"Content-Type", "application/xml"}});
  EXPECT_EQ(xml.status, 501);
  EXPECT_EQ(xml.headers.find("Content-Type"), "application/xml");
  EXPECT_THAT(xml.body,
              HasSubstr("<exceptionCode>NOT_MODELLED</exceptionCode><exceptionMessage>casewire does not model Bulk API 1.0<"));
  EXPECT_EQ(answered(send("POST", "/services/async/59.0/job", "{}"))["exceptionCode"], "NOT_MODELLED");
  EXPECT_THAT(org_->not_modelled(), ElementsAre("Bulk API 1.0 (POST /services/async/59.0/job)", testing::_));
}

TEST_F(RefusedApis, ProvisioningAnswersAnErrorOfItsVersion) {
  EXPECT_EQ(answered(send("POST", "/services/scim/v1/Users", "{}"))["Errors"][0]["code"], 501);
  const auto second = answered(send("GET", "/services/scim/v2/Users/005"));
  EXPECT_EQ(second["status"], "501");
  EXPECT_EQ(second["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error");
  EXPECT_THAT(org_->not_modelled(), testing::Contains("user provisioning (SCIM) (GET /services/scim/v2/Users/005)"));
}

TEST_F(RefusedApis, MetadataAndApexAnswerAFault) {
  const auto ask = [&](const std::string& path, const std::string& operation) {
    return send("POST", path,
                "<se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\"><se:Header><SessionHeader><sessionId>" +
                    token() + "</sessionId></SessionHeader></se:Header><se:Body><" + operation + "/></se:Body></se:Envelope>",
                {{"Content-Type", "text/xml"}, {"SOAPAction", "\"\""}});
  };
  for (const std::string path : {"/services/Soap/m/59.0", "/services/Soap/s/59.0/00DCw0000000001", "/services/Soap/T/59.0"}) {
    const auto answer = ask(path, "describeMetadata");
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, HasSubstr("<faultcode>sf:NOT_MODELLED</faultcode>")) << path;
    EXPECT_THAT(ask(path, "login").body, HasSubstr("NOT_MODELLED")) << path;
  }
  EXPECT_THAT(org_->not_modelled(), testing::Contains("the SOAP call describeMetadata"));
  EXPECT_THAT(send("POST", "/services/Soap/m/59.0", "<", {{"Content-Type", "text/xml"}}).body, HasSubstr("soapenv:Client"));
}

TEST_F(RefusedApis, ToolingDescribesWhatItHasAndNamesWhatItHasNot) {
  const auto global = call("GET", "/tooling/sobjects/", nullptr, 200);
  ASSERT_EQ(global["sobjects"].size(), 3u);
  EXPECT_EQ(global["sobjects"][0]["urls"]["describe"], "/services/data/v66.0/tooling/sobjects/ApexClass/describe");
  EXPECT_EQ(call("GET", "/tooling/sobjects/apexclass/describe", nullptr, 200)["name"], "ApexClass");
  EXPECT_TRUE(call("GET", "/tooling/sobjects/ApexTrigger", nullptr, 200).contains("objectDescribe"));
  const auto rows = call("GET", "/tooling/query?q=SELECT+Id,Name+FROM+ApexClass+ORDER+BY+Name", nullptr, 200)["records"];
  const std::string url = rows[0]["attributes"]["url"];
  EXPECT_THAT(url, HasSubstr("/tooling/sobjects/ApexClass/"));
  EXPECT_EQ(answered(send("GET", url))["Name"], rows[0]["Name"]);
  // The vendor's CLI asks so whether the org tracks sources; this one does not.
  EXPECT_EQ(call("GET", "/tooling/sobjects/SourceMember/describe", nullptr, 404)[0]["message"],
            "The requested resource does not exist");
  EXPECT_EQ(call("GET", "/tooling/query?q=SELECT+Id+FROM+SourceMember", nullptr, 400)[0]["errorCode"], "INVALID_TYPE");
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
  EXPECT_EQ(call("GET", "/tooling/sobjects/ApexLog/describe", nullptr, 501)[0]["errorCode"], "NOT_MODELLED");
  EXPECT_EQ(call("GET", "/tooling/executeAnonymous?anonymousBody=x", nullptr, 501)[0]["errorCode"], "NOT_MODELLED");
}

}  // namespace
}  // namespace casewire::sim::salesforce
