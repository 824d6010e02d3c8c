#pragma once
// What the package (fixtures/orgs/*/sfdx) leaves in an org's setup, as rows that queries show: a trigger for each object of the callout
// rules, its Apex classes, the Named Credential. What is switched off there takes effect in automation/rules.hpp and callout.hpp.
// Sources: Object Reference and Tooling API, "ApexTrigger", "ApexClass", "NamedCredential", v66.0.

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// "OpenCXCaseComment": how the package calls its trigger on an object.
std::string trigger_on(std::string_view object);

void deploy_package(OrgState& org);
/// An inactive one tells of nothing. The error says that there is none on that object.
Result<void, std::string> set_trigger_active(OrgState& org, std::string_view object, bool active);
/// Where callouts go from now on.
void point_named_credential(OrgState& org, std::string url);

}  // namespace casewire::sim::salesforce
