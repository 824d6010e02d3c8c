#pragma once
// A reverse proxy as a function: who asks it, asks the system behind it. The system's own addresses (in redirects, in record URLs, the
// instance URL of a token answer) become the proxy's, so that a client that follows them stays on the way; after a login, what is no login goes
// to the instance. Answers are asked for uncompressed, since addresses in them are to be read.

#include <mutex>
#include <string>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"

namespace casewire::scenarios {

/// Thread-safe. Outlives its handler, as the transport outlives it.
class Passage {
 public:
  /// `upstream` is an origin, perhaps with a path before every target: "https://login.salesforce.com".
  Passage(http::Transport& transport, std::string upstream, http::Deadline deadline = {.within = std::chrono::minutes(2)});

  /// `own_url`: where the proxy is reached.
  http::Handler handler(std::string own_url);

 private:
  http::Reply pass(const http::Request& request, const std::string& own_url);
  std::string target_of(const http::Request& request) const;
  void learn_instance(const http::Request& request, const http::Response& response);

  http::Transport& transport_;
  const std::string upstream_;
  const http::Deadline deadline_;
  mutable std::mutex mutex_;
  std::string instance_;  ///< origin; empty before the first login that names one
};

}  // namespace casewire::scenarios
