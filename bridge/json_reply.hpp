#pragma once
// What the bridge says of itself.

#include "base/http/handler.hpp"
#include "base/text/json.hpp"

namespace casewire::bridge {

http::Reply json_reply(int status, const Json& body);

}  // namespace casewire::bridge
