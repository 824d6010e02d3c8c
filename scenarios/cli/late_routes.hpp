#pragma once
// What a fake's server answers with. Its port must be known before the fake behind it can be made, so the server listens first.

#include <atomic>

#include "base/http/router.hpp"

namespace casewire::scenarios {

class LateRoutes {
 public:
  /// 503 until there are routes. Any thread.
  http::Reply operator()(const http::Request& request) const {
    const http::Router* routes = routes_.load(std::memory_order_acquire);
    return routes ? (*routes)(request) : http::Reply{.response = {.status = 503}};
  }
  /// `routes` are complete, and outlive the server.
  void open(const http::Router& routes) { routes_.store(&routes, std::memory_order_release); }

 private:
  std::atomic<const http::Router*> routes_ = nullptr;
};

}  // namespace casewire::scenarios
