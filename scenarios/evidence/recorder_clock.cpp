#include "scenarios/evidence/recorder_clock.hpp"

#include <algorithm>

#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {

milliseconds recorder_ahead(const RecordingSource& source, std::istream& har, const std::vector<HarPlace>& entries) {
  constexpr std::size_t kEnough = 200;
  constexpr std::chrono::minutes kMoment{2};
  std::vector<milliseconds> ahead;
  for (std::size_t i = 0; i < std::min(entries.size(), kEnough); ++i) {
    const auto exchange = read_entry_of(source, har, entries[i]);
    if (!exchange || !*exchange || (*exchange)->to == "bridge") continue;
    const auto date = (*exchange)->response.headers.find("date");
    const std::vector<Piece> told = date ? pieces_of(*date) : std::vector<Piece>{};
    if (told.size() == 1 && told.front().kind == Piece::Kind::time)
      ahead.push_back((*exchange)->started + (*exchange)->time - told.front().at);
  }
  if (ahead.empty()) return milliseconds{0};
  // The middle: an answer out of a cache has the Date of an earlier one.
  const auto middle = ahead.begin() + std::ssize(ahead) / 2;
  std::nth_element(ahead.begin(), middle, ahead.end());
  return *middle > -kMoment && *middle < kMoment ? milliseconds{0} : *middle;
}

}  // namespace casewire::scenarios
