#pragma once
// A tape whose exchanges stay where they are: in memory is where each stands (32 bytes), and one of them while it is read. Whoever reads a
// tape reads it by this, and so there is one answer to what a tape is and how large it may be.
// Strict: what is not HAR 1.2 with this project's `_casewire` member is an error at its line and column.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/result.hpp"
#include "scenarios/tape/har_entries.hpp"
#include "scenarios/tape/har_exchange.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// Not thread-safe: it reads in one file.
class TapeReader {
 public:
  /// Looks at each entry once; the first mistake is the error. `file` is for messages. `named`: whose hosts are, which counts before what the
  /// recording says itself.
  static Result<TapeReader> over(std::unique_ptr<std::istream> har, std::string file, BesideTape beside = {}, Hosts named = {});
  /// With what stands beside it.
  static Result<TapeReader> of_file(const std::string& file, Hosts named = {});

  const TapeHead& head() const { return head_; }
  const std::vector<BridgeFate>& fates() const { return fates_; }
  std::size_t size() const { return places_.size(); }

  WallTime started(std::size_t place) const { return places_[place].started; }
  /// Which entry of the file it is, as people count: the first is 1. What was left out of the tape counts too.
  std::size_t number(std::size_t place) const { return places_[place].number; }
  /// The exchange at that place in their order, its target path and query. An error when the file is no longer what it was.
  Result<Exchange> exchange(std::size_t place) const;
  /// Of each in their order, with its number; the first error ends it.
  Result<void> for_each(const std::function<void(std::size_t number, Exchange)>& what) const;

 private:
  struct Place {
    HarPlace text{};
    WallTime started{};
    std::uint32_t number = 0;
  };

  TapeReader(std::unique_ptr<std::istream> har, std::string file, BesideTape beside, Hosts named)
      : har_(std::move(har)), file_(std::move(file)), beside_(std::move(beside)), hosts_(std::move(named)) {}

  Result<void> read_head(const HarEntries& found);
  Result<void> look_at(const HarEntries& found);
  Result<Json> json_at(HarPlace place) const;
  Diagnostic broken_at(HarPlace entry, std::string_view text, const har::Broken& broken) const;
  Diagnostic at(std::uint64_t byte, std::string problem, std::string hint = {}) const;

  std::unique_ptr<std::istream> har_;
  std::string file_;
  BesideTape beside_;
  TapeHead head_{};
  Hosts hosts_;
  har::Origins origins_{};
  std::vector<Place> places_;
  std::vector<BridgeFate> fates_;
};

}  // namespace casewire::scenarios
