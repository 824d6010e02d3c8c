#include "scenarios/evidence/recorder_clock.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "scenarios/tape/run_values.hpp"

namespace casewire::scenarios {
namespace {

/// The seconds of a webhook's signature.
std::optional<WallTime> signed_at(const http::Headers& headers) {
  const auto text = headers.find("webhook-timestamp");
  std::int64_t seconds = 0;
  if (!text) return std::nullopt;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, seconds);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return WallTime{std::chrono::seconds{seconds}};
}

std::optional<WallTime> answered_at(const http::Headers& headers) {
  const auto date = headers.find("date");
  const std::vector<Piece> told = date ? pieces_of(*date) : std::vector<Piece>{};
  if (told.size() != 1 || told.front().kind != Piece::Kind::time) return std::nullopt;
  return told.front().at;
}

}  // namespace

milliseconds recorder_ahead(const RecordingSource& source, std::istream& har, const std::vector<HarPlace>& entries) {
  constexpr std::size_t kEnough = 200;
  constexpr std::chrono::minutes kMoment{2};
  std::vector<milliseconds> by_answers, by_webhooks;
  for (std::size_t i = 0; i < std::min(entries.size(), kEnough); ++i) {
    const auto read = read_entry_of(source, har, entries[i]);
    if (!read || !*read) continue;
    const Exchange& exchange = **read;
    if (exchange.to == "bridge") {
      if (const auto at = signed_at(exchange.request.headers)) by_webhooks.push_back(exchange.started - *at);
    } else if (const auto at = answered_at(exchange.response.headers)) {
      by_answers.push_back(exchange.started + exchange.time - *at);
    }
  }
  std::vector<milliseconds>& ahead = by_answers.empty() ? by_webhooks : by_answers;
  if (ahead.empty()) return milliseconds{0};
  // The middle: an answer out of a cache has the Date of an earlier one.
  const auto middle = ahead.begin() + std::ssize(ahead) / 2;
  std::nth_element(ahead.begin(), middle, ahead.end());
  return *middle > -kMoment && *middle < kMoment ? milliseconds{0} : *middle;
}

}  // namespace casewire::scenarios
