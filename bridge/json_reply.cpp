#include "bridge/json_reply.hpp"

namespace casewire::bridge {

http::Reply json_reply(int status, const Json& body) {
  http::Reply reply{.response = {.status = status, .body = dump_json(body)}};
  reply.response.headers.add("Content-Type", "application/json");
  return reply;
}

}  // namespace casewire::bridge
