#include "sim/world/journal.hpp"

#include <charconv>
#include <iterator>
#include <utility>

#include "base/text/encoding.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::sim {
namespace {

// One fixed half of the W3C trace id marks our own traces; the other half and the span id carry the entry's number.
constexpr std::string_view kTraceHead = "00-ca5e0000000000000000000000000001-";
constexpr std::string_view kTraceTail = "-01";

}  // namespace

Journal::Journal(std::function<WallTime()> now, std::size_t bytes_max) : now_(std::move(now)), bytes_max_(bytes_max) {}

std::uint64_t Journal::append(std::string actor, Occurrence event, std::uint64_t cause) {
  const WallTime at = now_();
  const std::size_t bytes = approximate_bytes(event) + actor.size() + 64;
  const std::lock_guard lock(mutex_);
  if (taken_) return 0;
  if (bytes_ + bytes > bytes_max_) {
    overflowed_ = true;
    return 0;
  }
  bytes_ += bytes;
  entries_.push_back({entries_.size() + 1, at, std::move(actor), cause, std::move(event)});
  changes_.push_back(entries_.size());
  return entries_.size();
}

void Journal::grow(Entry& entry, std::size_t bytes_before) {
  changes_.push_back(entry.sequence);
  bytes_ += approximate_bytes(entry.event) - bytes_before;
  if (bytes_ <= bytes_max_) return;
  overflowed_ = true;
  // What makes an entry large is bodies; their absence is told, and memory stays bounded.
  if (auto* exchange = std::get_if<HttpExchange>(&entry.event)) {
    bytes_ -= exchange->request.size() + exchange->response.size();
    exchange->request.clear();
    exchange->response.clear();
    exchange->cut = true;
  }
}

std::size_t Journal::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

bool Journal::overflowed() const {
  const std::lock_guard lock(mutex_);
  return overflowed_;
}

std::vector<Entry> Journal::entries(std::uint64_t first) const {
  const std::lock_guard lock(mutex_);
  if (first == 0) first = 1;
  if (first > entries_.size()) return {};
  return {entries_.begin() + static_cast<std::ptrdiff_t>(first - 1), entries_.end()};
}

std::vector<Entry> Journal::take() {
  const std::lock_guard lock(mutex_);
  taken_ = true;
  changes_.clear();
  std::vector<Entry> entries(std::make_move_iterator(entries_.begin()), std::make_move_iterator(entries_.end()));
  entries_.clear();
  return entries;
}

std::string Journal::json_lines() const {
  const std::lock_guard lock(mutex_);
  std::string lines;
  for (const Entry& entry : entries_) {
    lines += to_line(entry);
    lines += '\n';
  }
  return lines;
}

std::string traceparent(std::uint64_t cause) {
  std::string span(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) span[7 - i] = static_cast<char>((cause >> (8 * i)) & 0xff);
  return std::string(kTraceHead) + hex(span) + std::string(kTraceTail);
}

std::uint64_t cause_of(std::string_view text) {
  if (text.size() != kTraceHead.size() + 16 + kTraceTail.size() || !text.starts_with(kTraceHead)) return 0;
  std::uint64_t cause = 0;
  const std::string_view span = text.substr(kTraceHead.size(), 16);
  const auto [end, error] = std::from_chars(span.data(), span.data() + span.size(), cause, 16);
  return error == std::errc{} && end == span.data() + span.size() ? cause : 0;
}

}  // namespace casewire::sim
