#pragma once
// What the bridge and both systems say to each other, kept while it works, as HAR 1.2 files that `casewire` reads (docs/recordings.md).
// An exchange is on disk when it begins and again when it ends; the file is whole after each, so that a bridge that is killed leaves it
// readable (base/recording/tape_log.hpp). Files follow each other, and the oldest goes when there are too many. Secrets of the
// configuration, and tokens that a login gave, stand there as pseudonyms. What people wrote stands there as they wrote it: the files are
// their owner's alone, and `casewire redact` comes before anybody else's.
// A disk that refuses costs the recording, never the work.

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/recording/pseudonyms.hpp"
#include "base/recording/tape_log.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/config.hpp"
#include "bridge/log.hpp"

namespace casewire::bridge {

struct RecordingOptions {
  std::string folder;
  /// All files together with what stands beside them, give or take the exchange that fills one.
  std::size_t bytes_max = 128u << 20;
  std::size_t files_max = 8;
};

/// Thread-safe.
class Recording {
 public:
  /// `log` and what `now` needs outlive it.
  static Result<std::unique_ptr<Recording>> open(RecordingOptions options, const std::vector<Config>& orgs,
                                                 std::function<WallTime()> now, Log& log);

  /// Calls of the bridge. `inner` and the recording outlive the result.
  std::unique_ptr<http::Transport> around(http::Transport& inner);
  /// Webhooks.
  http::Handler around(http::Handler inner);

 private:
  explicit Recording(const std::vector<Config>& orgs);

  std::set<std::string, std::less<>> opencx_origins_;
  recording::Pseudonyms pseudonyms_;
  std::unique_ptr<recording::TapeLog> tape_;
};

}  // namespace casewire::bridge
