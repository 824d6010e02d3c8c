#pragma once
// The identity URL of a token answer, ".../id/00D.../005...": whose the token is. Source: Salesforce Help, "Identity URLs".

#include <string>
#include <string_view>

namespace casewire::bridge::salesforce {

/// "00D..."; empty when there is none.
std::string org_in_identity(std::string_view url);
/// "005..."; empty when there is none.
std::string user_in_identity(std::string_view url);

}  // namespace casewire::bridge::salesforce
