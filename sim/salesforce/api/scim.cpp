// User provisioning is not modelled, and says so as each of its versions tells of an error: as a list of Errors (SCIM 1.1, which the vendor's
// own library for clients writes users by) or as one error (SCIM 2.0). Source: SCIM 1.1 core schema, "Response Error Codes"; RFC 7644, 3.12.

#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {

LoginAnswer answer_scim(LoginCall& call) {
  const auto version = call.segments.size() > 2 ? call.segments[2] : std::string{};
  const std::string words = "casewire does not model user provisioning (SCIM)";
  auto answer = json_answer(
      501, version == "v1"
               ? Json{{"Errors", Json::array({{{"description", words}, {"code", 501}}})}}
               : Json{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:Error"}}, {"detail", words}, {"status", "501"}});
  answer.not_modelled = "user provisioning (SCIM) (" + call.request.method + " " + std::string{call.request.path()} + ")";
  return answer;
}

}  // namespace casewire::sim::salesforce
