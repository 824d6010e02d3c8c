#pragma once
// What the bridge and both systems say to each other, kept while it works, as HAR 1.2 files that `casewire` reads (docs/recordings.md).
// An exchange is on disk when it begins and again when it ends; the file is whole after each, so that a bridge that is killed leaves it
// readable. Files follow each other, and the oldest goes when there are too many. Secrets of the configuration, and tokens that a login
// gave, stand there as pseudonyms. What people wrote stands there as they wrote it: the files are their owner's alone, and `casewire redact`
// comes before anybody else's.
// A disk that refuses costs the recording, never the work.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "base/http/transport.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/config.hpp"
#include "bridge/log.hpp"

namespace casewire::bridge {

struct RecordingOptions {
  std::string folder;
  /// All files together, give or take the exchange that fills one.
  std::size_t bytes_max = 128u << 20;
  std::size_t files_max = 8;
};

/// Thread-safe.
class Recording {
 public:
  /// `log` and what `now` needs outlive it.
  static Result<std::unique_ptr<Recording>> open(RecordingOptions options, const std::vector<Config>& orgs,
                                                 std::function<WallTime()> now, Log& log);
  ~Recording();

  /// Calls of the bridge. `inner` and the recording outlive the result.
  std::unique_ptr<http::Transport> around(http::Transport& inner);
  /// Webhooks.
  http::Handler around(http::Handler inner);

 private:
  class RecordingTransport;
  struct Exchange {
    WallTime started{};
    std::string from, to;
    http::Request request;
  };
  /// An entry that may still change, or stands behind one that may.
  struct Slot {
    std::string text;
    bool has_ended = false;
  };
  using Place = std::list<Slot>::iterator;

  Recording(RecordingOptions options, const std::vector<Config>& orgs, std::function<WallTime()> now, Log& log);

  Place begin(const Exchange& exchange);
  void end(Place place, const Exchange& exchange, const http::Response& response, const std::string& error, http::Wire wire);
  std::string entry(const Exchange& exchange, const http::Response& response, const std::string& error, http::Wire wire);
  void learn(const Exchange& exchange, const http::Response& response);
  void learn_secret(std::string_view secret);
  std::string masked(std::string text) const;
  Result<void> next_file();
  void write();
  void give_up(const std::string& why);

  const RecordingOptions options_;
  std::set<std::string, std::less<>> opencx_origins_;
  const std::function<WallTime()> now_;
  Log& log_;
  std::mutex mutex_;
  std::map<std::string, std::string> pseudonyms_;  ///< by spelling of a secret
  std::size_t secrets_ = 0;
  std::list<Slot> open_;
  int file_ = -1;
  std::size_t settled_ = 0;  ///< bytes of the file that stay as they are
  std::size_t length_ = 0;   ///< of the file
  bool is_empty_ = true;     ///< no settled entry is in the file
  std::uint64_t number_ = 0;
  std::vector<std::string> files_;  ///< oldest first
};

}  // namespace casewire::bridge
