// SOAP as far as logging in needs it: login, logout, getUserInfo, getServerTimestamp of the partner (/u/) and enterprise (/c/) API. Of
// the others (metadata /m/, apex /s/, tooling /T/) only the refusal: a fault, for a client of SOAP reads nothing else.
// Sources: SOAP API Developer Guide, "login()", "logout()", "API Fault Element"; shapes as clients read them, most of them with
// regular expressions: result elements have neither prefix nor attributes, codes in faults keep the prefix "sf".
// Bad XML is told of in the words of the vendor's parser, Xerces; captured for one of them.
// Guessed: login() of v65.0 and later is UNSUPPORTED_API_VERSION, the text of a user who must add a token.

#include "base/text/strings.hpp"
#include "base/text/time.hpp"
#include "sim/salesforce/api/login.hpp"
#include "sim/salesforce/api/versions.hpp"
#include "sim/salesforce/api/xml.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr const char* kXmlType = "text/xml; charset=utf-8";
constexpr int kLastWithLogin = 64;  ///< Summer '25; OAuth is the only way in after it

bool has_login(const LoginCall& call) { return call.segments[2] == "u" || call.segments[2] == "c"; }

// "partner" for /services/Soap/u/59.0, "enterprise" for /c/.
std::string kind_of(const LoginCall& call) { return call.segments[2] == "c" ? "enterprise" : "partner"; }

std::string fault_namespace(const LoginCall& call) {
  if (call.segments[2] == "m") return "http://soap.sforce.com/2006/04/metadata";
  if (call.segments[2] == "s") return "http://soap.sforce.com/2006/08/apex";
  return "urn:fault." + kind_of(call) + ".soap.sforce.com";
}

LoginAnswer envelope(int status, const std::string& more_names, const std::string& body) {
  return text_answer(status, kXmlType,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
                     "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" " +
                         more_names + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>" + body +
                         "</soapenv:Body></soapenv:Envelope>");
}

LoginAnswer result(const LoginCall& call, const std::string& operation, const std::string& inside) {
  return envelope(200, "xmlns=\"urn:" + kind_of(call) + ".soap.sforce.com\"",
                  "<" + operation + "Response>" + inside + "</" + operation + "Response>");
}

LoginAnswer fault(const LoginCall& call, const std::string& code, const std::string& message) {
  const std::string type =
      code.starts_with("INVALID_LOGIN") || code.starts_with("LOGIN_") ? "LoginFault" : "UnexpectedErrorFault";
  const std::string prefix = code == "UNKNOWN_EXCEPTION" ? "" : "sf:";
  const auto text = xml_escaped(message);
  return envelope(500, "xmlns:sf=\"" + fault_namespace(call) + "\"",
                  "<soapenv:Fault><faultcode>" + prefix + code + "</faultcode><faultstring>" + code + ": " + text +
                      "</faultstring><detail><sf:" + type + " xsi:type=\"sf:" + type + "\"><sf:exceptionCode>" + code +
                      "</sf:exceptionCode><sf:exceptionMessage>" + text + "</sf:exceptionMessage></sf:" + type +
                      "></detail></soapenv:Fault>");
}

// What is no envelope at all is refused by the layer below the API, in another namespace.
LoginAnswer client_fault(const std::string& message) {
  return envelope(500, "",
                  "<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>" + xml_escaped(message) +
                      "</faultstring></soapenv:Fault>");
}

std::string element(const char* name, std::string_view text) {
  return "<" + std::string{name} + ">" + xml_escaped(text) + "</" + name + ">";
}

std::string nil(const char* name) { return "<" + std::string{name} + " xsi:nil=\"true\"/>"; }

// In the order of the WSDL, which strict readers insist on.
std::string user_info(const OrgState& org, const Row& user) {
  return element("accessibilityMode", "false") + element("chatterExternal", "false") + element("currencySymbol", "$") +
         element("orgAttachmentFileSizeLimit", "5242880") + element("orgDefaultCurrencyIsoCode", "USD") +
         element("orgDefaultCurrencyLocale", "en_US") + element("orgDisallowHtmlAttachments", "false") +
         element("orgHasPersonAccounts", "false") + element("organizationId", org.organization_id) +
         element("organizationMultiCurrency", "false") + element("organizationName", org.data.organization_name) +
         element("profileId", user.text("ProfileId")) + nil("roleId") +
         element("sessionSecondsValid", std::to_string(org.sessions.timeout().count() / 1000)) +
         nil("userDefaultCurrencyIsoCode") + element("userEmail", user.text("Email")) +
         element("userFullName", user.text("Name")) + element("userId", user.id) +
         element("userLanguage", user.text("LanguageLocaleKey")) + element("userLocale", user.text("LocaleSidKey")) +
         element("userName", user.text("Username")) + element("userTimeZone", user.text("TimeZoneSidKey")) +
         element("userType", "Standard") + element("userUiSkin", "Theme3");
}

// The elements of a call are a sequence: what does not stand in its place is not read.
std::string_view text_at(const XmlElement& element, std::size_t place, std::string_view name) {
  return place < element.children.size() && element.children[place].name == name ? element.children[place].text
                                                                                 : std::string_view{};
}

LoginAnswer log_in(LoginCall& call, const XmlElement& login) {
  auto& org = call.org;
  const auto [check, user] = check_password(org, trimmed(text_at(login, 0, "username")), text_at(login, 1, "password"));
  constexpr const char* kWrong = "Invalid username, password, security token; or user locked out.";
  if (check == PasswordCheck::token_missing)
    return fault(
        call, "LOGIN_MUST_USE_SECURITY_TOKEN",
        std::string{kWrong} +
            " Are you at a new location? When accessing Salesforce--either via a desktop client or the API--from outside of your "
            "company\xE2\x80\x99s trusted networks, you must add a security token to your password to log in.");
  if (check != PasswordCheck::right) return fault(call, "INVALID_LOGIN", kWrong);
  const auto short_id = org.organization_id.substr(0, 15);
  const auto url = [&](const std::string& kind) {
    return org.options.instance_url + "/services/Soap/" + kind + "/" + call.segments[3] + "/" + short_id;
  };
  const auto token = org.sessions.open({user->id, "api web full", {}}, call.now, org.store.now(), org.surroundings.rng);
  return result(call, "login",
                "<result>" + element("metadataServerUrl", url("m")) + element("passwordExpired", "false") +
                    element("sandbox", org.data.sandbox ? "true" : "false") + element("serverUrl", url(call.segments[2])) +
                    element("sessionId", token) + element("userId", user->id) + "<userInfo>" + user_info(org, *user) +
                    "</userInfo></result>");
}

std::string session_id(const XmlElement& root) {
  const auto* header = root.child("Header");
  const auto* session = header ? header->child("SessionHeader") : nullptr;
  return session ? std::string{trimmed(session->text_of("sessionId"))} : std::string{};
}

// Whether the login is for this org's own users. The header is for those of portals, which are not modelled; what a real org says to
// the id of another one was never captured.
bool is_for_this_org(const OrgState& org, const XmlElement& root) {
  const auto* header = root.child("Header");
  const auto* scope = header ? header->child("LoginScopeHeader") : nullptr;
  if (!scope) return true;
  const std::string organization{trimmed(scope->text_of("organizationId"))};
  return trimmed(scope->text_of("portalId")).empty() &&
         (organization.empty() || canonical_id(organization) == org.organization_id);
}

LoginAnswer soap_not_modelled(const LoginCall& call, const std::string& what) {
  auto answer = fault(call, "NOT_MODELLED", "casewire does not model " + what);
  answer.not_modelled = what;
  return answer;
}

// For everything but login.
LoginAnswer with_session(LoginCall& call, const std::string& token, const XmlElement& operation) {
  auto& org = call.org;
  const auto user_id = org.sessions.use(token, call.now);
  if (!user_id || !org.is_active(*user_id))
    return fault(call, "INVALID_SESSION_ID",
                 "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash: (none)");
  if (has_login(call) && operation.name == "logout") {
    org.sessions.close(token);
    return result(call, "logout", "");
  }
  if (has_login(call) && operation.name == "getUserInfo")
    return result(call, "getUserInfo", "<result>" + user_info(org, *org.store.find(*user_id)) + "</result>");
  if (has_login(call) && operation.name == "getServerTimestamp")
    return result(call, "getServerTimestamp", "<result>" + element("timestamp", iso8601(org.store.now())) + "</result>");
  return soap_not_modelled(call, "the SOAP call " + operation.name);
}

}  // namespace

LoginAnswer answer_soap(LoginCall& call) {
  if (call.request.method != "POST")
    return text_answer(405, "text/html",
                       "<html><body><h2>HTTP ERROR 405</h2>\n<p>Problem accessing " + html_escaped(call.request.path()) +
                           ".</p><p>Reason: Only POST allowed</p></body></html>\n");
  const auto version = version_number("v" + call.segments[3]);
  if (!version || !is_served(*version)) return fault(call, "UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
  if (!call.request.headers.find("SOAPAction")) return client_fault("SOAPAction HTTP header missing");
  const auto root = parse_xml(call.request.body);
  if (!root) return fault(call, "UNKNOWN_EXCEPTION", root.error());
  const auto* body = root->name == "Envelope" ? root->child("Body") : nullptr;
  if (!body || body->children.empty())
    return client_fault("No operation available for request, please check the WSDL for the service.");
  const auto& operation = body->children.front();
  if (operation.name != "login" || !has_login(call)) return with_session(call, session_id(*root), operation);
  if (*version > kLastWithLogin)
    return fault(call, "UNSUPPORTED_API_VERSION", "login() is not available in API version " + call.segments[3] + "; use OAuth");
  if (!is_for_this_org(call.org, *root)) return soap_not_modelled(call, "login to a portal or another org (LoginScopeHeader)");
  return log_in(call, operation);
}

}  // namespace casewire::sim::salesforce
