#pragma once
// `casewire salesforce` as anybody starts it: the program, a port, a client's token.

#include <memory>
#include <string>

#include "base/http/message.hpp"
#include "base/text/result.hpp"
#include "scenarios/runner/child_process.hpp"

namespace casewire::bench {

class LoneOrg {
 public:
  /// Of the service-cloud org, with more API requests a day than a real org has: wrk makes a day's worth in seconds.
  static Result<std::unique_ptr<LoneOrg>, std::string> start();
  ~LoneOrg();

  const std::string& url() const { return url_; }
  const std::string& token() const { return token_; }
  /// From the start of the program to the first answer to a request.
  double first_answer_ms() const { return first_answer_ms_; }
  std::size_t resident_bytes() const;
  Result<http::Response, std::string> call(const std::string& method, const std::string& path,
                                           const std::string& body = {}) const;
  /// How many rows the object has.
  Result<std::size_t, std::string> count(const std::string& object) const;

 private:
  LoneOrg() = default;
  Result<void, std::string> run();
  Result<void, std::string> log_in(const std::string& told);

  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::ChildProcess> program_;
  std::string org_file_, url_, token_;
  double first_answer_ms_ = 0;
};

}  // namespace casewire::bench
