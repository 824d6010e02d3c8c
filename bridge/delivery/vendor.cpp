#include "bridge/delivery/vendor.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace casewire::bridge {
namespace {

/// The call says nothing of itself: the service as a whole does not work at this moment.
bool is_no_proper_answer(const Failure& failure) {
  if (failure.kind != Failure::Kind::transient) return false;
  return failure.is_transport || failure.status >= 500;
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
  if (rests_until() || !gate_.open()) return;
  const std::lock_guard lock(mutex_);
  log_.info("work resumed", {{"system", name_}, {"paused", human_duration(runtime_.steady_now() - closed_at_)}});
}

void Vendor::failed(const Failure& failure) {
  if (failure.code == kPaused) return;
  const auto now = runtime_.steady_now();
  bool has_closed = false;
  if (failure.kind == Failure::Kind::org_wide) {
    has_closed = !gate_.is_closed();
    gate_.close(now, failure.retry_after);
  } else if (is_no_proper_answer(failure)) {
    has_closed = gate_.fail(now, failure.retry_after);
  } else {
    return answered();
  }
  if (!has_closed) return;
  const std::lock_guard lock(mutex_);
  closed_at_ = now;
  const auto until = gate_.closed_until().value_or(now);
  log_.error("work paused",
             {{"system", name_}, {"problem", text_of(failure)}, {"probe_at", iso8601(runtime_.now() + (until - now))}});
}

void Vendor::note_time(const http::Response& response) {
  const auto header = response.headers.find("Date");
  const auto told = header ? parse_http_date(*header) : std::nullopt;
  if (!told) return;
  const std::lock_guard lock(mutex_);
  clock_ahead_ = std::chrono::floor<std::chrono::seconds>(*told - runtime_.now());
}

std::optional<milliseconds> Vendor::clock_ahead() const {
  const std::lock_guard lock(mutex_);
  return clock_ahead_;
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
