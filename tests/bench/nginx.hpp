#pragma once
// The yardstick of the fakes: nginx, one worker, answering fixed bytes from a temporary folder on a free loopback port.

#include <memory>
#include <string>

#include "base/text/result.hpp"

namespace casewire::bench {

class Nginx {
 public:
  /// Every GET is answered 200 with `get_body` from a file, every POST 201 with `post_body`; both as application/json.
  static Result<std::unique_ptr<Nginx>, std::string> start(const std::string& get_body, const std::string& post_body);
  ~Nginx();
  std::string url() const { return url_; }

 private:
  Nginx() = default;
  std::string folder_;
  std::string url_;
  bool running_ = false;
};

}  // namespace casewire::bench
