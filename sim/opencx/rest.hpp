#pragma once
// The REST operations on the desk. A call arrives here authenticated, validated and with its attachments at hand; the
// functions read and change state, and answer. Source: docs.open.cx api-reference and the public API description.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/http/message.hpp"
#include "base/text/result.hpp"
#include "sim/opencx/description.hpp"
#include "sim/opencx/desk.hpp"

namespace casewire::sim::opencx {

struct Call {
  std::string operation;  ///< operationId
  std::map<std::string, std::string> path{};
  std::map<std::string, std::string> query{};
  Json body = nullptr;
  std::vector<StoredFile> files{};  ///< the attachments of a send, decoded or fetched; the file of an upload
  std::string contact{};            ///< Contact::id whose token came with it (the widget)
  std::uint64_t cause = 0;
};

http::Response json_response(int status, const Json& body);
/// Exclusive on both sides (assumed); what is no instant is no bound.
bool lies_between(std::string_view after, std::string_view before, WallTime when);
std::string parameter(const std::map<std::string, std::string>& parameters, const std::string& name);

http::Response perform(Desk& desk, const PlatformOptions& options, const Call& call);

/// ErrorDto: `{"statusCode":404,"message":"...","error":"Not Found"}`.
http::Response error_response(int status, std::string message);

}  // namespace casewire::sim::opencx
