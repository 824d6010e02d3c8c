#pragma once
// A story that is told in sentences, with what no sentence says between them: a fault whose place or answer only a test wants, a look at
// each call. It plays in the simulated ring with our own bridge and is judged as a scenario is, by the invariants too.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/fixtures.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::walks {

class ToldStory : public testing::Test {
 protected:
  ToldStory();
  /// Nothing is left undone, every staged fault has struck, and no invariant is broken.
  void TearDown() override;

  /// Gherkin, one step to a line; each must hold. "Dana" and "Ruiz" of "Support" are there. The names that earlier steps introduced are
  /// known.
  void tell(const std::string& steps);
  scenarios::World& world() { return stage_->world(); }
  scenarios::Ring& ring() { return *ring_; }
  /// From now on.
  void arm(std::string sentence, sim::Place place, sim::Damage damage);
  /// Dana mails about `subject`, the AI hands off with "A person, please", and the Case of that name opens.
  void hand_off(const std::string& case_name = "A", const std::string& subject = "Lamp");
  std::vector<Json> query(const std::string& soql);

  /// Each call of the bridge since the last forget_calls(), in order.
  std::vector<sim::HttpExchange> calls(const std::function<bool(const sim::HttpExchange&)>& are_meant);
  std::vector<sim::HttpExchange> calls_to(std::string_view system);
  /// The lists of conversations that the bridge asked OpenCX for.
  std::vector<sim::HttpExchange> looks();
  void forget_calls();

  /// What a story of a conversation that must not come right leaves behind.
  bool may_leave_parked = false;

 private:
  scenarios::Fixtures fixtures_;
  std::unique_ptr<scenarios::Ring> ring_;
  std::unique_ptr<scenarios::Stage> stage_;
  std::string told_;
  std::size_t steps_told_ = 0;
  std::uint64_t forgotten_ = 0;
};

}  // namespace casewire::walks
