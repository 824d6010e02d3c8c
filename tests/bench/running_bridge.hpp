#pragma once
// The shipped bridge with its store on disk. Nobody listens where its vendors should be, and its clock stands still: each event's job is tried once
// and then waits, so that intake is measured with workers beside it, but not their work.

#include <memory>
#include <string>
#include <vector>

#include "base/http/message.hpp"
#include "base/text/result.hpp"
#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/temporary_folder.hpp"

namespace casewire::bench {

class RunningBridge {
 public:
  struct Options {
    std::string store{};                 ///< as the setting has it; empty: a file
    std::vector<std::string> further{};  ///< of its command line; `FOLDER/` in it is a folder of its own
  };
  RunningBridge() = default;
  explicit RunningBridge(Options options) : options_(std::move(options)) {}

  Result<void, std::string> start();
  const std::string& folder() const { return folder_.path(); }
  const std::string& url() const { return url_; }
  /// Each is about a conversation of its own: none can be merged with another.
  http::Request event(std::size_t number) const;
  /// What it holds in memory; 0: nobody tells.
  double resident_megabytes() const;
  /// Processor time it has taken.
  double milliseconds_taken() const;

 private:
  Options options_;
  scenarios::TemporaryFolder folder_{"casewire-bench"};
  scenarios::ProcessHost host_;
  std::unique_ptr<scenarios::ChildProcess> child_;
  std::string url_;
};

/// Processor time that a process has taken.
double processor_milliseconds(int process);

}  // namespace casewire::bench
