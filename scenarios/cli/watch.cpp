#include "scenarios/cli/watch.hpp"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>
#include <system_error>

#include "base/text/time.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/places.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr milliseconds kLookEvery{200};

struct Stamp {
  fs::file_time_type written;
  std::uintmax_t bytes = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};
using Stamps = std::map<std::string, Stamp>;

void add_file(const fs::path& file, Stamps& stamps) {
  std::error_code error;
  const Stamp stamp{fs::last_write_time(file, error), fs::file_size(file, error)};
  if (!error) stamps.emplace(file.string(), stamp);
}

/// Those with the ending; all when it is empty.
void add_below(const fs::path& place, std::string_view ending, Stamps& stamps) {
  std::error_code error;
  if (!fs::is_directory(place, error)) return add_file(place, stamps);
  for (fs::recursive_directory_iterator at(place, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored) && (ending.empty() || at->path().extension() == ending)) add_file(at->path(), stamps);
  }
}

/// "a.feature:12" is the file.
std::string file_of(const std::string& path) {
  std::error_code ignored;
  const auto colon = path.rfind(':');
  return colon == std::string::npos || fs::exists(path, ignored) ? path : path.substr(0, colon);
}

Stamps look(const RunOptions& options) {
  Stamps stamps;
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) paths.push_back(default_suite());
  for (const std::string& path : paths) add_below(file_of(path), ".feature", stamps);
  std::string fixtures = options.fixtures.empty() ? fixtures_above(file_of(paths.front())) : options.fixtures;
  if (fixtures.empty()) fixtures = default_fixtures();
  if (!fixtures.empty()) add_below(fixtures, "", stamps);
  if (!options.project.file.empty()) add_file(options.project.file, stamps);
  // "node my-bridge.js": what of the command is a file.
  const std::vector<std::string> words = words_from_folder(options.bridge, options.project.bridge_folder);
  for (std::size_t i = 0; i < words.size(); ++i) {
    add_file(i == 0 ? fs::path(words[i]) : fs::path(options.project.bridge_folder) / words[i], stamps);
  }
  if (options.bridge.empty() && !options.simulated) add_file(built_bridge(), stamps);
  return stamps;
}

void pause() {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, kLookEvery);
}

/// Empty when the program is to end. Waits until nobody writes any more: editors save in several steps.
std::vector<std::string> await_change(const RunOptions& options, const Stamps& before) {
  Stamps now = look(options);
  for (Stamps last = before; !interrupted() && (now == before || now != last); now = look(options)) {
    last = now;
    pause();
  }
  std::vector<std::string> changed;
  if (interrupted()) return changed;
  for (const auto& [file, stamp] : now) {
    const auto old = before.find(file);
    if (old == before.end() || old->second != stamp) changed.push_back(file);
  }
  for (const auto& [file, stamp] : before) {
    if (!now.contains(file)) changed.push_back(file);
  }
  return changed;
}

bool is_feature_that_is_there(const std::string& file) {
  std::error_code ignored;
  return fs::path(file).extension() == ".feature" && fs::exists(file, ignored);
}

}  // namespace

int watch_scenarios(const RunOptions& options) {
  keep_interrupts();
  RunOptions next = options;
  while (true) {
    const Stamps before = look(options);
    const int code = run_scenarios(next);
    if (interrupted()) return code;
    std::cout << "\nwatching " << before.size() << " files; Ctrl-C ends\n" << std::flush;
    const std::vector<std::string> changed = await_change(options, before);
    if (changed.empty()) return code;
    next = options;
    if (std::all_of(changed.begin(), changed.end(), is_feature_that_is_there)) next.paths = changed;
    std::cout << "\nchanged: " << changed.front();
    if (changed.size() > 1) std::cout << " and " << changed.size() - 1 << " more";
    std::cout << "\n";
  }
}

}  // namespace casewire::scenarios
