#include "scenarios/evidence/recordings.hpp"

#include <algorithm>

#include "base/text/json.hpp"
#include "scenarios/tape/har_exchange.hpp"
#include "scenarios/tape/plain_bodies.hpp"

namespace casewire::scenarios {

Result<std::optional<Exchange>, std::string> read_entry_of(const RecordingSource& source, std::istream& har, HarPlace place) {
  if (place.length > kHarEntryBytesMax) return fail(std::to_string(place.length >> 20) + " MB, which is more than is read");
  constexpr JsonLimits kEntry{.bytes_max = kHarEntryBytesMax, .depth_max = 64};
  const auto entry = parse_json(text_at(har, place), source.file, kEntry);
  if (!entry) {
    // A hint that costs a search otherwise.
    const bool is_half = entry.error().problem.find("surrogate") != std::string::npos;
    return fail("no JSON: " + entry.error().problem + (is_half ? "; so mitmproxy writes a body that is no text" : ""));
  }
  auto exchange = har::read_entry(*entry, {}, source.hosts, source.beside);
  if (!exchange) return fail(exchange.error().problem);
  if (*exchange) {
    make_bodies_plain(**exchange);
    // The hosts that it names itself: an answer that names another one says something with that.
    har::Origins origins;
    origins.learn(**exchange);
    origins.rename(**exchange);
  }
  return *std::move(exchange);
}

Result<void> Recordings::for_each(const std::function<void(Exchange)>& what) {
  // Some recorders write an exchange when it ends, and there may be several recordings.
  std::stable_sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.started < b.started; });
  std::vector<std::unique_ptr<std::istream>> opened(sources_.size());
  for (const Place& place : places_) {
    const RecordingSource& source = sources_[place.source];
    auto& har = opened[place.source];
    if (!har) har = source.open();
    auto exchange = har ? read_entry_of(source, *har, place.text) : Result<std::optional<Exchange>, std::string>(std::nullopt);
    if (!exchange || !*exchange) return fail(Diagnostic{{source.file, {}}, "the recording was changed while it was read"});
    what(**std::move(exchange));
  }
  return {};
}

}  // namespace casewire::scenarios
