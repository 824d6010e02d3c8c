#pragma once
// Salesforce's refusals, classified. Source: REST API Developer Guide, "Status Codes and Error Responses", v66.0, and bodies
// that public clients met (docs/salesforce.md).

#include <string_view>

#include "base/http/message.hpp"
#include "base/text/json.hpp"
#include "bridge/delivery/failure.hpp"

namespace casewire::bridge::salesforce {

/// An answer that is no success, or is not JSON where JSON was asked for.
Failure failure_of(const http::Response& response);
/// One error of a row or subrequest: `{"errorCode" or "statusCode", "message", "fields"}`.
Failure failure_of(const Json& error, int status);
/// HTML at any status: the maintenance page and gateway pages say nothing about the call itself (F20).
bool is_page(const http::Response& response);

}  // namespace casewire::bridge::salesforce
