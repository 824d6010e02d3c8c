#pragma once
// The part of the preflight that asks the Salesforce org.

#include "bridge/operation/checklist.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// Login, the bound org, rights and fields, the package's triggers and class, the Named Credential, what is left of the limits. May throw
/// StoreFailure.
void check_org(const Insight& insight, Checklist& list);

}  // namespace casewire::bridge
