#include "sim/world/fault_plan.hpp"

namespace casewire::sim {
namespace {

using Of = Place::Of;

template <class T>
const T* as(const PlannedFault& fault) {
  return std::get_if<T>(&fault.damage);
}

bool is_after(const PlannedFault& fault) {
  if (const auto* answer = as<AnswerWith>(fault)) return answer->side == Side::after;
  if (const auto* delay = as<Delay>(fault)) return delay->side == Side::after;
  if (const auto* lose = as<Lose>(fault)) return lose->side == Side::after;
  if (const auto* crash = as<Crash>(fault)) return crash->side == Side::after;
  return as<Cross>(fault) || as<Repeat>(fault);
}

bool suits(Of of, const PlannedFault& fault) {
  switch (of) {
    case Of::call:
      if (const auto* delay = as<Delay>(fault)) return delay->side == Side::after;
      return !as<Overtake>(fault) && !as<Tamper>(fault) && !as<FailWrite>(fault) && !as<Skew>(fault);
    case Of::webhook:
      if (const auto* refuse = as<Refuse>(fault)) return !refuse->one_row;
      return !as<Cross>(fault) && !as<FailWrite>(fault) && !as<Skew>(fault) && !as<Straggle>(fault);
    case Of::mail:
      if (const auto* delay = as<Delay>(fault)) return delay->side == Side::after;
      if (const auto* refuse = as<Refuse>(fault)) return !refuse->one_row;
      return as<Lose>(fault) || as<Repeat>(fault);
    case Of::commit: return as<Crash>(fault) || as<FailWrite>(fault);
    case Of::timer: return as<Crash>(fault) != nullptr;
    case Of::time: return as<Skew>(fault) != nullptr;
  }
  return false;
}

}  // namespace

std::optional<std::string> objection(const PlannedFault& fault) {
  const Place& place = fault.place;
  if (place.first == 0 || place.every == 0) return "occurrences are counted from 1";
  if (place.from && place.until && *place.until < *place.from) return "it ends before it begins";
  if (!place.operation.empty() && place.of != Of::call) return "only calls have operations";
  if (!place.mailbox.empty() && place.of != Of::mail) return "only mails have a mailbox";
  if (!suits(place.of, fault)) return "this damage cannot happen at this place";
  if (place.done && (place.of != Of::call || !is_after(fault))) return "what was carried out can only be damaged afterwards";
  const auto* refuse = as<Refuse>(fault);
  if (refuse && refuse->one_row && place.operation.empty()) return "a refused row needs its operation";
  if (refuse && refuse->rows_before > 0 && !refuse->one_row) return "only of a refused row others stand before it";
  return std::nullopt;
}

http::Response html_page(int status) {
  const std::string title = std::to_string(status) + " " + std::string(http::reason_phrase(status));
  return {.status = status,
          .headers = {{"Content-Type", "text/html"}},
          .body = "<!-- gateway -->\r\n<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
                  "</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n"};
}

http::Response garbage() {
  return {.status = 200, .headers = {{"Content-Type", "application/json;charset=UTF-8"}}, .body = "{\"id\":\"500x\",\"succ"};
}

http::Response redirect(std::string location) {
  return {.status = 302, .headers = {{"Location", std::move(location)}}, .body = {}};
}

http::Response gzipped() {
  // An empty object, compressed: one deflate block between gzip's head and its checksum.
  static constexpr unsigned char kBytes[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab,
                                             0xae, 0x05, 0x00, 0x43, 0xbf, 0xa6, 0xa3, 0x02, 0x00, 0x00, 0x00};
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}},
          .body = std::string(std::begin(kBytes), std::end(kBytes))};
}

}  // namespace casewire::sim
