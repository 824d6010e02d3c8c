#pragma once
// Maps method and path pattern to a function. Patterns are literal segments and `{name}` captures:
// "/services/data/{version}/sobjects/{type}/{id}". Slashes are collapsed and a trailing one is ignored. Literal segments are
// compared exactly; captures are percent-decoded.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/http/handler.hpp"

namespace casewire::http {

using PathParameters = std::map<std::string, std::string, std::less<>>;
using Route = std::function<Reply(const Request&, const PathParameters&)>;

class Router {
 public:
  void add(std::string method, std::string pattern, Route route);
  /// Called when no pattern matches. Default: 404 without a body.
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }
  /// Called when a pattern matches, but not with this method; `allowed` is sorted. Default: 405.
  void on_wrong_method(std::function<Reply(const Request&, const std::vector<std::string>& allowed)> handler) {
    wrong_method_ = std::move(handler);
  }
  /// Of the patterns that match with this method, the one wins whose first differing segment is literal. A capture that is no
  /// percent-encoding is answered 400.
  Reply operator()(const Request& request) const;

 private:
  struct Entry {
    std::string method;
    std::vector<std::string> segments;
    Route route;
  };
  std::vector<Entry> entries_;
  Handler otherwise_;
  std::function<Reply(const Request&, const std::vector<std::string>&)> wrong_method_;
};

}  // namespace casewire::http
