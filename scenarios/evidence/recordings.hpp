#pragma once
// The recordings of a bundle where they lie: in memory is where each exchange stands (40 bytes), and one of them while it is read.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/tape/addressee.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// One of them, which can be read again. What `open` and `beside` need lives as long as this does.
struct RecordingSource {
  std::string file;                                     ///< as the bundle names it
  std::function<std::unique_ptr<std::istream>()> open;  ///< nullptr: it is no longer there
  Hosts hosts{};
  BesideTape beside{};
};

/// An entry by itself. Nullopt: it is for nobody whom we know by name. The error is for people.
Result<std::optional<Exchange>, std::string> read_entry_of(const RecordingSource& source, std::istream& har, HarPlace place);

class Recordings {
 public:
  /// The exchanges that are added from now on are of it.
  void begin(RecordingSource source) { sources_.push_back(std::move(source)); }
  void add(HarPlace place, WallTime started) {
    places_.push_back({place, started, static_cast<std::uint32_t>(sources_.size() - 1)});
  }
  std::size_t size() const { return places_.size(); }

  /// Of all, by the time at which they began.
  Result<void> for_each(const std::function<void(Exchange)>& what);

 private:
  struct Place {
    HarPlace text{};
    WallTime started{};
    std::uint32_t source = 0;
  };
  std::vector<RecordingSource> sources_;
  std::vector<Place> places_;
};

}  // namespace casewire::scenarios
