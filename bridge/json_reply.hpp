#pragma once
// What the bridge says of itself.

#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "base/text/json.hpp"

namespace casewire::bridge {

http::Reply json_reply(int status, const Json& body);
/// 405.
http::Reply only_methods(const std::vector<std::string>& allowed);

}  // namespace casewire::bridge
