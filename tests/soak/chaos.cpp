#include "tests/soak/chaos.hpp"

#include <array>
#include <string_view>

namespace casewire::soak {
namespace {

using namespace sim;
using std::chrono::seconds;

constexpr std::array<std::string_view, 6> kSalesforce{"Case create", "CaseComment create", "file create", "query", "token", ""};
constexpr std::array<std::string_view, 5> kOpenCx{"message send", "session read", "session update", "history read", ""};

template <class Values>
auto one_of(const Values& values, Rng& rng) {
  return values[rng.below(values.size())];
}

bool in(std::uint64_t percent, Rng& rng) { return rng.below(100) < percent; }

milliseconds up_to(milliseconds limit, Rng& rng) { return milliseconds(rng.below(static_cast<std::uint64_t>(limit.count()))); }

/// What makes a bridge leave the whole vendor alone for seconds: rare, or nothing else would ever be tried.
Damage pausing(Rng& rng, bool is_salesforce) {
  switch (rng.below(3)) {
    case 0: return Refuse{.code = "429", .retry_after_s = 1};
    case 1: return AnswerWith{html_page(503), Side::before};
    default: return Refuse{.code = is_salesforce ? "REQUEST_LIMIT_EXCEEDED" : "401"};
  }
}

Damage of_a_call(Rng& rng, bool is_salesforce) {
  static constexpr std::array kWires{http::Wire::reset_before_status, http::Wire::cut_in_body, http::Wire::dribble,
                                     http::Wire::answered_twice, http::Wire::stall};
  if (in(2, rng)) return pausing(rng, is_salesforce);
  switch (rng.below(12)) {
    case 0:
    case 1: return Lose{Side::after};
    case 2: return Lose{Side::before};
    case 3: return Refuse{.code = in(50, rng) ? "503" : "500"};
    case 4: return is_salesforce ? Damage{Refuse{.code = "UNABLE_TO_LOCK_ROW"}} : Damage{Refuse{.code = "404"}};
    case 5: return AnswerWith{garbage(), in(50, rng) ? Side::after : Side::before};
    case 6: return AnswerWith{in(50, rng) ? redirect("/elsewhere") : gzipped(), in(50, rng) ? Side::after : Side::before};
    case 7: return Delay{up_to(seconds(4), rng)};
    case 8: return Straggle{milliseconds(1) + up_to(seconds(4), rng)};
    default: return Cross{one_of(kWires, rng)};
  }
}

Damage of_a_webhook(Rng& rng) {
  switch (rng.below(6)) {
    case 0: return Lose{Side::before};
    case 1: return Lose{Side::after};
    case 2: return Repeat{.more = 2, .apart = up_to(seconds(2), rng)};
    case 3: return Delay{up_to(seconds(8), rng), Side::before};
    case 4: return Overtake{};
    default: return Tamper{in(50, rng) ? Tamper::How::unsigned_ : Tamper::How::signed_wrongly};
  }
}

}  // namespace

PlannedFault random_fault(Rng& rng, WallTime now) {
  constexpr milliseconds kLasts = seconds(20);
  PlannedFault fault;
  const bool is_salesforce = in(50, rng);
  fault.place.system = is_salesforce ? "salesforce" : "opencx";
  fault.place.from = now;
  fault.place.until = now + kLasts;
  if (in(1, rng)) {
    fault.sentence = "an outage";
    fault.place.times = 0;
    fault.place.until = now + seconds(1) + up_to(seconds(4), rng);
    fault.damage = Lose{Side::before};
    return fault;
  }
  fault.place.first = static_cast<std::uint32_t>(1 + rng.below(4));
  if (in(15, rng)) {
    fault.sentence = "a webhook";
    fault.place.of = Place::Of::webhook;
    do fault.damage = of_a_webhook(rng);
    while (objection(fault));
    return fault;
  }
  fault.sentence = "a call";
  fault.place.operation = is_salesforce ? one_of(kSalesforce, rng) : one_of(kOpenCx, rng);
  do fault.damage = of_a_call(rng, is_salesforce);
  while (objection(fault));
  return fault;
}

}  // namespace casewire::soak
