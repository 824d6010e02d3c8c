#pragma once
// What goes wrong in a run, as data: each fault is a place and a damage. Sentences, sweeps and searches all write plans; the network,
// the mail exchange, the clocks and the bridge's store carry them out (faults.hpp tells which one strikes now).
//
// A plan by example, as a sentence would write it:
//   Salesforce answers the next 3 queries with status 503
//     {"...", {.system = "salesforce", .operation = "query", .times = 3}, Refuse{"503"}}
//   Salesforce refuses a row of the next Case create with UNABLE_TO_LOCK_ROW
//     {"...", {.system = "salesforce", .operation = "Case create"}, Refuse{.code = "UNABLE_TO_LOCK_ROW", .one_row = true}}
//   the bridge crashes after the Case was created
//     {"...", {.system = "salesforce", .operation = "Case create", .done = true}, Crash{Side::after}}
//   Salesforce is down for 2 hours
//     {"...", {.system = "salesforce", .times = 0, .from = now, .until = now + 2h}, Lose{Side::before}}
//   the 2nd webhook from OpenCX comes 20 seconds late
//     {"...", {.of = Place::Of::webhook, .system = "opencx", .first = 2}, Delay{20s, Side::before}}
//   Salesforce's clock is 6 minutes fast
//     {"...", {.of = Place::Of::time, .system = "salesforce", .times = 0}, Skew{6min}}

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/http/message.hpp"
#include "base/http/wire.hpp"
#include "base/text/json.hpp"
#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::sim {

/// Before what happens at the place takes effect, or after it has.
enum class Side { before, after };

/// Where a fault strikes: an occurrence of something, counted from when the fault is armed.
struct Place {
  enum class Of {
    call,     ///< a call of the bridge to a fake
    webhook,  ///< a call of a fake to the bridge
    mail,     ///< a mail that the mail exchange is handed
    commit,   ///< a durable commit of the bridge's store; the simulated ring alone reaches it
    timer,    ///< time skips to somebody's timer
    time,     ///< no event: from `from` until `until`
  };
  Of of = Of::call;
  std::string system{};     ///< of call, webhook, time: "salesforce" or "opencx"; empty: either
  std::string operation{};  ///< of call: as the fake names it (its operations()); empty: every call
  bool done = false;        ///< of call: only those count that the fake carried out ("after the Case was created")
  std::string mailbox{};    ///< of mail: a recipient's address; empty: every mail
  std::uint32_t first = 1;  ///< the first occurrence that it strikes; from there on each `every`-th
  std::uint32_t every = 1;
  std::uint32_t times = 1;                  ///< how often it is to strike; 0: whenever it can
  std::optional<WallTime> from{}, until{};  ///< occurrences outside do not count
};

/// The vendor's own refusal, without effect. `code` is the vendor's word (UNABLE_TO_LOCK_ROW, invalid_grant), or a status, which stands for
/// its usual words; of a mail the SMTP code ("451"). `one_row`: only one row of the place's operation is refused, which may stand in
/// a composite that is answered 200; `rows_before`: not the first of them, but one behind so many.
struct Refuse {
  std::string code{};
  bool one_row = false;
  std::size_t rows_before = 0;
  std::optional<int> retry_after_s{};
};

/// Some other answer than the vendor's: a proxy's page, garbage, a redirect. `side` after: the call takes effect all the same.
struct AnswerWith {
  http::Response response{};
  Side side = Side::before;
};
http::Response html_page(int status);           ///< a gateway's page
http::Response garbage();                       ///< 200 and JSON that ends in the middle
http::Response redirect(std::string location);  ///< 302
http::Response gzipped();                       ///< 200 in a coding that nobody asked for

/// It takes effect; this is how its answer crosses the wire.
struct Cross {
  http::Wire wire = http::Wire::reset_before_status;
};

/// After: its answer is late. Before: it arrives late (webhooks alone: a server does not choose when it is asked).
struct Delay {
  milliseconds by{0};
  Side side = Side::after;
};

/// A call that dawdles on its way. It takes effect `by` later or, where that is 0, just before the next call of its operation arrives. Its
/// caller hears nothing, or that the connection broke, or, with a `code`, the vendor's refusal, at once.
struct Straggle {
  milliseconds by{0};
  http::Wire wire = http::Wire::stall;
  std::string code{};
};

/// Before: it never arrives. After: it takes effect, and its answer is lost.
struct Lose {
  Side side = Side::after;
};

/// It arrives `more` times again, `apart` after each other (webhooks; calls and mails repeat at once).
struct Repeat {
  std::uint32_t more = 1;
  milliseconds apart{0};
};

/// A webhook is answered 202 on its way and held until the next one has passed it, at most 30 s.
struct Overtake {};

/// A webhook comes from somebody who knows the address and not the signing key, or a proxy took one of its headers off.
struct Tamper {
  enum class How { unsigned_, signed_wrongly, without_header } how = How::unsigned_;
  std::string header{};  ///< that is taken off
};

/// The bridge dies; it is started again.
struct Crash {
  Side side = Side::after;
};

/// The store cannot write.
struct FailWrite {};

/// That system's clock goes wrong by so much.
struct Skew {
  milliseconds by{0};
};

using Damage = std::variant<Refuse, AnswerWith, Cross, Delay, Lose, Repeat, Overtake, Tamper, Crash, FailWrite, Skew, Straggle>;

struct PlannedFault {
  std::string sentence{};  ///< as the script says it, for reports
  Place place{};
  Damage damage{};
};

using FaultPlan = std::vector<PlannedFault>;

/// What is wrong with this pair of place and damage, in words; nullopt: it can be carried out.
std::optional<std::string> objection(const PlannedFault& fault);

/// {"sentence","place":{"of",...},"damage":{"kind",...}}, members with their usual value left out. Reads back what it wrote; the
/// error names the fault by its number and the member.
Json to_json(const FaultPlan& plan);
Result<FaultPlan, std::string> fault_plan_of_json(const Json& plan);

}  // namespace casewire::sim
