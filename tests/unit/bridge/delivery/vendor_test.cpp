#include "bridge/delivery/vendor.hpp"

#include <gtest/gtest.h>

#include "base/runtime/fiber_runtime.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

TEST(GateOrder, EndsAPauseForWhoeverWantsToKnowNow) {
  Gate gate;
  const SteadyTime zero{};
  gate.end_pause(zero);
  EXPECT_FALSE(gate.is_closed());
  gate.close(zero, std::nullopt);
  gate.end_pause(zero + 1s);
  EXPECT_EQ(gate.closed_until(), zero + 1s);
  EXPECT_EQ(gate.close(zero + 1s, std::nullopt), zero + 6s) << "who asks by hand does not make it longer";
  gate.end_pause(zero + 7s);
  EXPECT_EQ(gate.closed_until(), zero + 6s) << "it is over already";
}

class LinesOfPauses final : public Log {
 public:
  void write(LogLevel, std::string_view event, const LogFields& facts) override {
    for (const auto& [name, value] : facts) {
      if (name == "problem") lines.push_back(std::string(event) + ": " + value);
    }
  }
  void write_from(LogLevel) override {}
  std::vector<std::string> lines;
};

// Which reason it is chooses what a person does: an outage ends by itself, a refused token does not.
TEST(VendorRest, TellsTheNewestReasonAndALineWhenItIsAnotherOne) {
  FiberRuntime fibers(kNine, 7);
  const auto process = fibers.make_process("bridge");
  LinesOfPauses log;
  Events events(*process, log);
  Vendor vendor("salesforce", *process, events);
  const Failure silent{.system = "salesforce", .code = "no answer", .message = "within 10 s", .is_transport = true};
  const Failure broken{.system = "salesforce", .code = "503", .message = "down", .status = 503};
  const Failure refused{.kind = Failure::Kind::org_wide, .system = "salesforce", .code = "invalid_grant", .message = "expired"};
  for (int i = 0; i < Gate::kFailuresMax; ++i) vendor.failed(silent);
  EXPECT_EQ(text_of(vendor.rest()->why), "salesforce no answer: within 10 s");
  fibers.advance_to(kNine + 6s);
  vendor.failed(broken);
  EXPECT_EQ(text_of(vendor.rest()->why), "salesforce 503: down");
  EXPECT_EQ(vendor.rest()->since, kNine);
  for (const auto at : {20s, 60s}) {
    fibers.advance_to(kNine + at);
    vendor.failed(refused);
    EXPECT_EQ(text_of(vendor.rest()->why), "salesforce invalid_grant: expired");
  }
  EXPECT_EQ(log.lines, (std::vector<std::string>{"work paused: salesforce no answer: within 10 s",
                                                 "work still paused: salesforce invalid_grant: expired"}));
  process->kill();
}

}  // namespace
}  // namespace casewire::bridge
