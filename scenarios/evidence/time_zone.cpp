#include "scenarios/evidence/time_zone.hpp"

#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/text/ascii.hpp"

namespace casewire::scenarios {
namespace {

/// The process's zone is another one as long as this lives.
class ZoneInForce {
 public:
  explicit ZoneInForce(const std::string& name) {
    if (const char* former = ::getenv("TZ")) former_ = former;
    ::setenv("TZ", (":" + name).c_str(), 1);
    ::tzset();
  }
  ~ZoneInForce() {
    if (former_) {
      ::setenv("TZ", former_->c_str(), 1);
    } else {
      ::unsetenv("TZ");
    }
    ::tzset();
  }
  ZoneInForce(const ZoneInForce&) = delete;
  ZoneInForce& operator=(const ZoneInForce&) = delete;

 private:
  std::optional<std::string> former_{};
};

/// `+01:00`, `-0330`, `+1`
std::optional<std::chrono::minutes> offset_in(const std::string& name) {
  if (name.size() < 2 || (name[0] != '+' && name[0] != '-')) return std::nullopt;
  std::string digits = name.substr(1);
  digits.erase(std::remove(digits.begin(), digits.end(), ':'), digits.end());
  if (digits.empty() || digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  const int number = std::stoi(digits);
  const int hours = digits.size() > 2 ? number / 100 : number, minutes = digits.size() > 2 ? number % 100 : 0;
  if (hours > 14 || minutes > 59) return std::nullopt;
  const std::chrono::minutes ahead{hours * 60 + minutes};
  return name[0] == '-' ? -ahead : ahead;
}

bool is_known(const std::string& name) {
  const auto may_stand = [](char c) { return is_alphanumeric(c) || c == '/' || c == '_' || c == '-' || c == '+'; };
  if (name.empty() || name.front() == '/' || !std::all_of(name.begin(), name.end(), may_stand)) return false;
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::path("/usr/share/zoneinfo") / name, error);
}

}  // namespace

Result<TimeZone, std::string> TimeZone::named(const std::string& name) {
  if (name == "UTC" || name == "GMT" || name == "Z") return TimeZone(std::chrono::minutes{0});
  if (const auto ahead = offset_in(name)) return TimeZone(*ahead);
  if (is_known(name)) return TimeZone(name);
  return fail("there is no time zone \"" + name + "\" here; one is Europe/Berlin (if tzdata is installed), another +01:00");
}

std::vector<WallTime> TimeZone::moments(LocalTime shown) const {
  const auto as_utc = WallTime(shown.time_since_epoch());
  if (name_.empty()) return {as_utc - ahead_};
  const ZoneInForce zone(name_);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(as_utc);
  const time_t wanted = seconds.time_since_epoch().count();
  std::vector<WallTime> found;
  for (const int is_summer : {1, 0}) {
    tm clock{};
    ::gmtime_r(&wanted, &clock);
    const tm meant = clock;
    clock.tm_isdst = is_summer;
    const time_t when = ::mktime(&clock);
    tm there{};
    ::localtime_r(&when, &there);
    const bool is_it = there.tm_yday == meant.tm_yday && there.tm_hour == meant.tm_hour && there.tm_min == meant.tm_min;
    const WallTime moment = WallTime(std::chrono::seconds(when)) + (as_utc - seconds);
    if (is_it && std::find(found.begin(), found.end(), moment) == found.end()) found.push_back(moment);
  }
  return found;
}

}  // namespace casewire::scenarios
