#pragma once
// What every request passes before it reaches the sessions: the key, the API description, and the attachments it brings. Notes
// what the description does not allow, whether the vendor would have refused it or not.

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/http/transport.hpp"
#include "sim/opencx/call_limit.hpp"
#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

/// Thread-safe.
class Gate {
 public:
  static constexpr std::size_t kAttachmentBytesMax = 10u << 20;  // decoded (assumed)
  static constexpr std::size_t kViolationsMax = 1000;

  /// Both outlive the gate. `transport` fetches attachments that are given by URL.
  Gate(const PlatformOptions& options, http::Transport& transport)
      : options_(options), transport_(transport), api_key_(options.api_key) {}

  /// The call, or the answer that refuses it.
  Result<Call, http::Response> read(const http::Request& request, WallTime now);
  /// Calls with a key within a minute; 0: no limit.
  void limit_calls(int a_minute) { calls_a_minute_ = a_minute; }
  /// In place of the key that has full access.
  void replace_key(std::string key);
  void note(std::string violation);
  std::vector<std::string> violations() const;

 private:
  using Refusal = std::optional<http::Response>;
  http::Response unknown_path(const http::Request& request);
  bool is_the_key(std::string_view key) const;
  Refusal check_key(const http::Request& request, const Operation& operation, WallTime now);
  Refusal check_widget(const http::Request& request, const Operation& operation, Call& call, WallTime now) const;
  Refusal read_query(const http::Request& request, const Operation& operation, Call& call);
  Refusal read_body(const http::Request& request, const Operation& operation, Call& call);
  Refusal gather_files(const Operation& operation, Call& call);
  Refusal refused(const Operation& operation, const std::vector<SchemaError>& errors);

  const PlatformOptions& options_;
  http::Transport& transport_;
  std::atomic<int> calls_a_minute_ = 0;
  CallLimit limit_;
  mutable std::mutex mutex_;
  std::string api_key_;
  std::vector<std::string> violations_;
};

}  // namespace casewire::sim::opencx
