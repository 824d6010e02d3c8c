#include "bridge/delivery/vendor.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace casewire::bridge {
namespace {

/// The call says nothing of itself: the service as a whole does not work at this moment.
bool is_no_proper_answer(const Failure& failure) {
  if (failure.kind != Failure::Kind::transient) return false;
  return failure.is_transport || failure.status >= 500;
}

/// What a person does about the one helps against the other.
bool is_same_trouble(const Failure& one, const Failure& other) {
  return one.code == other.code || (is_no_proper_answer(one) && is_no_proper_answer(other));
}

/// "api-usage=18/5000", perhaps among others.
void read_limits(std::string_view header, Vendor::Calls& calls) {
  constexpr std::string_view kUsage = "api-usage=";
  const auto at = header.find(kUsage);
  if (at == std::string_view::npos) return;
  const auto* end = header.data() + header.size();
  std::int64_t used = 0, limit = 0;
  const auto first = std::from_chars(header.data() + at + kUsage.size(), end, used);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '/') return;
  if (std::from_chars(first.ptr + 1, end, limit).ec != std::errc{}) return;
  calls.day_used = used;
  calls.day_limit = limit;
}

}  // namespace

std::optional<Failure> Vendor::pause() const {
  const auto until = rests_until();
  if (!until) return std::nullopt;
  return Failure{.kind = Failure::Kind::org_wide,
                 .system = name_,
                 .code = std::string(kPaused),
                 .message = "no calls until it has rested",
                 .retry_after = *until - runtime_.steady_now()};
}

std::optional<SteadyTime> Vendor::rests_until() const {
  const auto until = gate_.closed_until();
  return until && runtime_.steady_now() < *until ? until : std::nullopt;
}

void Vendor::answered() {
  // While it rests nobody calls: this answers a call that was on its way before, and does not take back what has been asked for since.
  if (!rests_until()) mended();
}

void Vendor::mended() {
  if (!gate_.open()) return;
  const auto now = runtime_.steady_now();
  SteadyTime closed_at;
  {
    const std::lock_guard lock(mutex_);
    closed_at = closed_at_;
  }
  events_.tell(happening::work_resumed, {{"system", name_}, {"paused", human_duration(now - closed_at)}});
}

void Vendor::ask_now() { gate_.end_pause(runtime_.steady_now()); }

void Vendor::failed(const Failure& failure) {
  if (failure.code == kPaused) return;
  const bool is_org_wide = failure.kind == Failure::Kind::org_wide;
  if (!is_org_wide && !is_no_proper_answer(failure)) return answered();
  const auto now = runtime_.steady_now();
  const auto wall = runtime_.now();
  const Happening* news = nullptr;
  std::optional<SteadyTime> until;
  {
    const std::lock_guard lock(mutex_);
    bool has_closed = false;
    if (is_org_wide) {
      has_closed = !gate_.is_closed();
      gate_.close(now, failure.retry_after);
    } else {
      has_closed = gate_.fail(now, failure.retry_after);
    }
    until = gate_.closed_until();
    if (!until) return;
    if (has_closed) {
      closed_at_ = now;
      rest_ = {.since = wall};
      news = &happening::work_paused;
    } else if (!is_same_trouble(rest_.why, failure)) {
      news = &happening::pause_changed;
    }
    rest_.why = failure;
  }
  if (news == nullptr) return;
  events_.tell(*news, {{"system", name_}, {"problem", text_of(failure)}, {"probe_at", iso8601(wall + (*until - now))}});
}

void Vendor::note_exchange(std::string method, std::string path, const Result<http::Response, http::TransportError>& response,
                           SteadyTime began) {
  const auto took = runtime_.steady_now() - began;
  if (response) note_answer(*response);
  {
    const std::lock_guard lock(mutex_);
    ++calls_.number;
    calls_.time += took;
  }
  LogFields facts{
      {"system", name_}, {"method", std::move(method)}, {"path", std::move(path)}, {"ms", std::to_string(took.count())}};
  if (!response) return events_.tell(happening::call_lost, std::move(facts));
  facts.emplace_back("status", std::to_string(response->status));
  events_.tell(response->status < 400 ? happening::call_answered : happening::call_refused, std::move(facts));
}

void Vendor::note_answer(const http::Response& response) {
  const auto header = response.headers.find("Date");
  const auto told = header ? parse_http_date(*header) : std::nullopt;
  const auto limits = response.headers.find("Sforce-Limit-Info");
  const auto now = runtime_.now();
  const std::lock_guard lock(mutex_);
  if (told) clock_ahead_ = std::chrono::floor<std::chrono::seconds>(*told - now);
  if (limits) read_limits(*limits, calls_);
}

std::optional<milliseconds> Vendor::clock_ahead() const {
  const std::lock_guard lock(mutex_);
  return clock_ahead_;
}

milliseconds Vendor::difference() const {
  constexpr milliseconds kAgree{10'000};
  const auto ahead = clock_ahead().value_or(milliseconds{0});
  return -kAgree < ahead && ahead < kAgree ? milliseconds{0} : ahead;
}

std::optional<Vendor::Rest> Vendor::rest() const {
  const auto until = gate_.closed_until();
  if (!until) return std::nullopt;
  const auto now = runtime_.now();
  const auto steady = runtime_.steady_now();
  const std::lock_guard lock(mutex_);
  auto rest = rest_;
  if (steady < *until) rest.probe_at = now + (*until - steady);
  return rest;
}

Vendor::Calls Vendor::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

bool Vendor::is_scarce() const {
  const auto now = calls();
  return now.day_used && now.day_limit && *now.day_limit - *now.day_used <= *now.day_limit / 10;
}

std::optional<SteadyTime> Vendors::rest_until() const {
  const auto a = salesforce.rests_until();
  const auto b = opencx.rests_until();
  return a && b ? std::max(a, b) : a ? a : b;
}

std::optional<WallTime> parse_http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  if (month == kMonths.end()) return std::nullopt;
  char iso[32];
  std::snprintf(iso, sizeof iso, "%.4s-%02d-%.2sT%.8sZ", text.data() + 12, static_cast<int>(month - kMonths.begin()) + 1,
                text.data() + 5, text.data() + 17);
  return parse_iso8601(iso);
}

}  // namespace casewire::bridge
