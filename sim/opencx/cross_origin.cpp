#include "sim/opencx/cross_origin.hpp"

namespace casewire::sim::opencx {

bool is_preflight(const http::Request& request) {
  return request.method == "OPTIONS" && request.headers.find("origin") && request.headers.find("access-control-request-method");
}

http::Response preflight_answer(const http::Request& request) {
  http::Response response{204};
  allow_origin(request, response);
  response.headers.add("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
  if (const auto wanted = request.headers.find("access-control-request-headers")) {
    response.headers.add("Access-Control-Allow-Headers", std::string{*wanted});
  }
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

void allow_origin(const http::Request& request, http::Response& response) {
  if (!request.headers.find("origin")) return;
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Access-Control-Expose-Headers", "Retry-After");
}

}  // namespace casewire::sim::opencx
