#pragma once
// What the identity URL says about a user. Source: Salesforce Help, "Identity URLs". Members of features that this org does not
// have (phones, addresses, photos) are there and empty, as they are for a user who never filled them in.

#include <string>

#include "base/text/json.hpp"
#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// `version` stands in the URLs in place of "{version}"; empty leaves the placeholder.
Json identity_of(const OrgState& org, const Row& user, bool asked_by_user, const std::string& version);

/// What OpenID Connect's userinfo says about the user. Source: Salesforce Help, "OpenID Connect UserInfo".
Json userinfo_of(const OrgState& org, const Row& user);

}  // namespace casewire::sim::salesforce
