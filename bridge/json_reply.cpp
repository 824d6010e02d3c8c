#include "bridge/json_reply.hpp"

namespace casewire::bridge {

http::Reply json_reply(int status, const Json& body) {
  http::Reply reply{.response = {.status = status, .body = dump_json(body)}};
  reply.response.headers.add("Content-Type", "application/json");
  return reply;
}

http::Reply only_methods(const std::vector<std::string>& allowed) {
  std::string list;
  for (const auto& method : allowed) list += (list.empty() ? "" : ", ") + method;
  auto reply = json_reply(405, {{"error", "only " + list}});
  reply.response.headers.add("Allow", list);
  return reply;
}

}  // namespace casewire::bridge
