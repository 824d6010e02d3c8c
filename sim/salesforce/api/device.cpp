// Where a person allows a device: /setup/connect. Source: Salesforce Help, "OAuth 2.0 Device Flow". The page is ours.

#include "sim/salesforce/api/login.hpp"

namespace casewire::sim::salesforce {
namespace {

LoginAnswer page_of_setup(int status, const std::string& body) {
  return text_answer(
      status, "text/html;charset=UTF-8",
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Connect your device</title></head><body><h1>Connect "
      "your device</h1>" +
          body + "</body></html>\n");
}

}  // namespace

LoginAnswer answer_device_page(LoginCall& call) {
  const auto user_code = call.value("user_code");
  if (user_code.empty())
    return page_of_setup(200, "<form><label>Code <input name=\"user_code\"></label> <button>Connect</button></form>");
  auto* device = call.org.sessions.device_by_user_code(user_code);
  if (!device || device->expires <= call.now || device->state != DeviceCode::State::pending)
    return page_of_setup(400, "<p>This code is not valid, or no longer.</p>");
  const auto decision = call.value("decision");
  if (decision.empty()) {
    const auto link = [&](const char* word) {
      return html_escaped("/setup/connect?" + form({{"user_code", user_code}, {"decision", word}}));
    };
    return page_of_setup(200, "<p>The device asks for: " + html_escaped(device->consent.scope) + ".</p><p><a href=\"" +
                                  link("allow") + "\">Allow</a> <a href=\"" + link("deny") + "\">Deny</a></p>");
  }
  device->state = decision == "allow" ? DeviceCode::State::allowed : DeviceCode::State::denied;
  const Row* hinted = user_by_name(call.org, call.value("login_hint"));
  device->consent.user_id = hinted ? hinted->id : call.org.integration_user_id;
  return page_of_setup(200, decision == "allow" ? "<p>You are connected.</p>" : "<p>The device was denied.</p>");
}

}  // namespace casewire::sim::salesforce
