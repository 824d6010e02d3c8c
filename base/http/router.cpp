#include "base/http/router.hpp"

#include <utility>

namespace casewire::http {

void Router::add(std::string method, std::string_view pattern, std::string operation, Route route) {
  table_.add(std::move(method), pattern, std::move(operation));
  routes_.push_back(std::move(route));
}

Reply Router::operator()(const Request& request) const {
  if (routes_.empty() && otherwise_) return otherwise_(request);
  const auto match = table_.find(request.method, request.path());
  if (match.malformed) return {.response = {.status = 400}};
  if (match.route) return routes_[*match.route](request, table_.parameters(match));
  if (match.allowed.empty()) return otherwise_ ? otherwise_(request) : Reply{.response = {.status = 404}};
  if (wrong_method_) return wrong_method_(request, match.allowed);
  std::string list;
  for (const auto& method : match.allowed) list += (list.empty() ? "" : ", ") + method;
  return {.response = {.status = 405, .headers = {{"Allow", list}}}};
}

std::optional<std::string> Router::operation_of(const Request& request) const {
  auto name = table_.operation(table_.find(request.method, request.path()));
  return name.empty() ? std::nullopt : std::optional{std::move(name)};
}

}  // namespace casewire::http
