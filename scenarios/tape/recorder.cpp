#include "scenarios/tape/tape.hpp"

#include <algorithm>
#include <array>

namespace casewire::scenarios {

namespace {

std::size_t weight(const http::Headers& headers) {
  std::size_t bytes = 0;
  for (const http::Header& header : headers) {
    bytes += header.name.size() + header.value.size();
  }
  return bytes;
}

std::size_t weight(const Exchange& exchange) {
  return exchange.request.target.size() + weight(exchange.request.headers) + exchange.request.body.size() +
         weight(exchange.response.headers) + exchange.response.body.size();
}

}  // namespace

std::uint64_t Recorder::begin(Exchange exchange) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t place = ++begun_;
  if (exchanges_.size() >= kExchangesMax || !has_room(weight(exchange))) {
    ++dropped_;
    return place;
  }
  exchanges_.emplace(place, Kept{std::move(exchange)});
  return place;
}

void Recorder::end(std::uint64_t place, const std::function<void(Exchange&)>& with) {
  const std::lock_guard lock(mutex_);
  const auto kept = exchanges_.find(place);
  if (kept == exchanges_.end()) return;
  const std::size_t begun = weight(kept->second.exchange);
  with(kept->second.exchange);
  kept->second.is_under_way = false;
  if (has_room(weight(kept->second.exchange) - begun)) return;
  exchanges_.erase(kept);
  bytes_ -= begun;
  ++dropped_;
}

/// Takes it, if there is.
bool Recorder::has_room(std::size_t bytes) {
  if (bytes > kBytesMax - bytes_) return false;
  bytes_ += bytes;
  return true;
}

void Recorder::note(BridgeFate::What what, std::vector<std::string> words) {
  const std::lock_guard lock(mutex_);
  Noted noted{.fate = {.what = what, .at = now(), .words = std::move(words)}};
  for (const auto& [place, kept] : exchanges_) {
    // The call that met the crash is the last that began: whatever crashes the bridge at a call does it before any other can begin.
    const bool is_met = kept.is_under_way && kept.exchange.from == "bridge" && kept.exchange.started == noted.fate.at;
    if (what == BridgeFate::What::crashed && is_met) noted.during = place;
  }
  fates_.emplace(++begun_, noted);
}

Tape Recorder::tape() const {
  Tape tape;
  const std::lock_guard lock(mutex_);
  std::map<std::uint64_t, std::size_t> index_of;
  for (const auto& [place, kept] : exchanges_) {
    index_of.emplace(place, tape.exchanges.size());
    tape.exchanges.push_back(kept.exchange);
  }
  for (const auto& [place, noted] : fates_) {
    BridgeFate fate = noted.fate;
    const auto next = index_of.lower_bound(place);
    fate.place = next == index_of.end() ? tape.exchanges.size() : next->second;
    if (const auto during = index_of.find(noted.during); during != index_of.end()) fate.during = during->second;
    tape.fates.push_back(fate);
  }
  return tape;
}

std::size_t Recorder::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

std::string_view name_of(BridgeFate::What what) {
  switch (what) {
    case BridgeFate::What::started: return "started";
    case BridgeFate::What::crashed: return "crashed";
    case BridgeFate::What::stopped: return "stopped";
    case BridgeFate::What::parked: return "parked";
    case BridgeFate::What::saved: return "saved";
    case BridgeFate::What::restored: return "restored";
    case BridgeFate::What::emptied: return "emptied";
    case BridgeFate::What::operated: return "operated";
  }
  return "";
}

bool is_setting_of_a_tape(std::string_view name) {
  constexpr std::array<std::string_view, 7> kAll{"CASEWIRE_CHECK_EVERY",
                                                 "CASEWIRE_GIVE_UP_AFTER",
                                                 "CASEWIRE_REPLY_ATTACHMENTS_MAX",
                                                 "CASEWIRE_SWEEP_EVERY",
                                                 "OPENCX_REQUIRE_SIGNATURE",
                                                 "SALESFORCE_PUBLIC_COMMENTS_ARE_REPLIES",
                                                 "SALESFORCE_PUBLIC_POSTS_ARE_REPLIES"};
  return std::find(kAll.begin(), kAll.end(), name) != kAll.end();
}

bool is_command_of_a_tape(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 5> kAll{"check", "links", "parked", "status", "trace"};
  const bool has_options = std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.starts_with('-'); });
  return !words.empty() && !has_options && std::find(kAll.begin(), kAll.end(), words.front()) != kAll.end();
}

std::optional<BridgeFate::What> fate_named(std::string_view name) {
  using What = BridgeFate::What;
  for (const auto what :
       {What::started, What::crashed, What::stopped, What::parked, What::saved, What::restored, What::emptied, What::operated}) {
    if (name == name_of(what)) return what;
  }
  return std::nullopt;
}

}  // namespace casewire::scenarios
