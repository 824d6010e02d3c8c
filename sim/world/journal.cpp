#include "sim/world/journal.hpp"

#include <charconv>

#include "base/text/encoding.hpp"

namespace casewire::sim {
namespace {

// One fixed half of the W3C trace id marks our own traces; the other half and the span id carry the entry's number.
constexpr std::string_view kTraceHead = "00-ca5e0000000000000000000000000001-";
constexpr std::string_view kTraceTail = "-01";

/// What a value takes on disk, nearly: writing every entry out just to measure it cost a seventh of a simulated run.
std::size_t approximate_bytes(const Json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>().size() + 3;
  if (!value.is_structured()) return 8;
  std::size_t bytes = 2;
  for (const auto& [name, element] : value.items())
    bytes += (value.is_object() ? name.size() + 4 : 1) + approximate_bytes(element);
  return bytes;
}

}  // namespace

Journal::Journal(std::function<WallTime()> now, std::size_t bytes_max) : now_(std::move(now)), bytes_max_(bytes_max) {}

std::uint64_t Journal::append(std::string actor, std::string kind, Json data, std::uint64_t cause) {
  const WallTime at = now_();
  const std::size_t bytes = approximate_bytes(data) + actor.size() + kind.size() + 64;
  const std::lock_guard lock(mutex_);
  if (bytes_ + bytes > bytes_max_) {
    overflowed_ = true;
    return 0;
  }
  bytes_ += bytes;
  entries_.push_back({entries_.size() + 1, at, std::move(actor), std::move(kind), cause, std::move(data)});
  return entries_.size();
}

void Journal::amend(std::uint64_t sequence, Json more) {
  const std::size_t bytes = approximate_bytes(more);
  const std::lock_guard lock(mutex_);
  if (sequence == 0 || sequence > entries_.size()) return;  // the entry itself was dropped: overflowed() says so
  if (bytes_ + bytes > bytes_max_) {
    overflowed_ = true;
    return;
  }
  bytes_ += bytes;
  Json& data = entries_[sequence - 1].data;
  for (auto& [name, value] : more.get_ref<Json::object_t&>()) data[name] = std::move(value);
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

std::string Journal::json_lines() const {
  const std::lock_guard lock(mutex_);
  std::string lines;
  for (const Entry& entry : entries_) {
    lines += to_line(entry);
    lines += '\n';
  }
  return lines;
}

std::string to_line(const Entry& entry) {
  Json line = {{"seq", entry.sequence}, {"at", iso8601(entry.at)}, {"actor", entry.actor}, {"kind", entry.kind}};
  if (entry.cause != 0) line["cause"] = entry.cause;
  line["data"] = entry.data;
  return dump_json(line);
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
