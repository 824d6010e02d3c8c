#pragma once
// A server's routes: method, path pattern, operation and the function that answers (patterns: base/http/route_table.hpp).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/route_table.hpp"

namespace casewire::http {

using Route = std::function<Reply(const Request&, const PathParameters&)>;

class Router {
 public:
  /// `operation`: what the route does, in the words of scripts ("session read"); empty for a route that no script names.
  void add(std::string method, std::string_view pattern, std::string operation, Route route);
  void add(std::string method, std::string_view pattern, Route route) { add(std::move(method), pattern, {}, std::move(route)); }
  /// Called when no pattern matches. Default: 404 without a body.
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }
  /// Called when a pattern matches, but not with this method; `allowed` is sorted. Default: 405.
  void on_wrong_method(std::function<Reply(const Request&, const std::vector<std::string>& allowed)> handler) {
    wrong_method_ = std::move(handler);
  }
  /// A capture that is no percent-encoding is answered 400.
  Reply operator()(const Request& request) const;
  /// What the request would do; nullopt when no route has its method and path, or the route has no operation.
  std::optional<std::string> operation_of(const Request& request) const;
  /// Every operation that operation_of() can name, sorted; captures as they stand in the table.
  std::vector<std::string> operations() const { return table_.operations(); }

 private:
  RouteTable table_;
  std::vector<Route> routes_;  ///< by the table's numbers
  Handler otherwise_;
  std::function<Reply(const Request&, const std::vector<std::string>&)> wrong_method_;
};

}  // namespace casewire::http
