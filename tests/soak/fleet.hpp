#pragma once
// Several real bridges on one PostgreSQL, behind a balancer. What strikes them: `kill -9` of one, which starts again at once, a little later, or only
// after its leases have ended; a pause (SIGSTOP) that lasts longer than its leases; and the end of the database in mid-work.

#include <map>
#include <memory>
#include <optional>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/rng.hpp"
#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/reserved_port.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "tests/soak/balancer.hpp"
#include "tests/soak/bridges.hpp"
#include "tests/support/postgres_server.hpp"

namespace casewire::soak {

struct FleetOptions {
  std::size_t bridges = 3;
  milliseconds lease{30'000};
  std::vector<std::string> command{};
  scenarios::EnvironmentVariables environment{};  ///< beside the settings of the world
};

class Fleet final : public Bridges {
 public:
  /// `ring` is open and has no bridge of its own; the webhooks of its world come to the fleet. It, `host` and `rng` outlive the fleet.
  Fleet(FleetOptions options, scenarios::Ring& ring, scenarios::ProcessHost& host, Rng& rng);
  ~Fleet() override;

  Result<void, std::string> start() override;
  Result<void, std::string> strike(milliseconds now) override;
  Result<void, std::string> recover(milliseconds now) override;
  bool are_whole() const override;
  std::string url() const override;
  std::vector<std::pair<std::string, std::size_t>> told() const override;
  std::vector<std::string> log() const override;

 private:
  struct Member;
  Result<void, std::string> make_members();
  Result<void, std::string> launch(Member& member);
  Result<void, std::string> await_ready(const Member& member) const;
  enum class Blow { kill, pause, database };
  Blow next_blow();
  void kill(Member& member, milliseconds now);
  /// Some calls take their time from now on; while they do, somebody is stopped.
  void prepare_pause(milliseconds now);
  void pause(milliseconds now);
  void end_database(milliseconds now);
  /// One that works, by chance; nullptr: none does.
  Member* some_working();
  std::size_t working() const;
  /// Somewhat longer than every lease lasts.
  milliseconds beyond_the_lease();

  FleetOptions options_;
  scenarios::Ring& ring_;
  scenarios::ProcessHost& host_;
  Rng& rng_;
  ThreadRuntime runtime_;
  tests::PostgresServer database_;
  std::optional<milliseconds> database_back_at_{}, pause_at_{};
  std::vector<std::unique_ptr<Member>> members_;
  std::unique_ptr<Balancer> balancer_;
  std::size_t blows_ = 0, kills_ = 0, long_kills_ = 0, pauses_ = 0, database_ends_ = 0;
};

}  // namespace casewire::soak
