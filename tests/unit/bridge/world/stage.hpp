#pragma once
// The whole world on fibers: the real fakes of both vendors, mailboxes, and the bridge, which can be killed at any commit to its
// store and at any call it makes, and is then started again on the same store.

#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http/in_process_transport.hpp"
#include "base/runtime/fiber_runtime.hpp"
#include "bridge/bridge.hpp"
#include "bridge/store/memory_store.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/mail/smtp.hpp"
#include "sim/opencx/platform.hpp"
#include "sim/salesforce/org.hpp"

namespace casewire::bridge {

using namespace std::chrono_literals;

enum class Moment { before, after };

/// Where the bridge dies: at its n-th commit or call, just before it or just after.
struct CrashPoint {
  enum class At { commit, call } at = At::commit;
  int number = 0;
  Moment moment = Moment::before;
};

class Stage {
 public:
  explicit Stage(std::uint64_t seed = 1);
  ~Stage();

  // ---- the bridge
  void start_bridge();
  /// It stays down until start_bridge().
  void kill_bridge();
  /// As SIGTERM does. What stop() returned; nullopt when it had not after 40 s.
  std::optional<bool> stop_bridge();
  bool has_failed_to_start = false;
  /// Nothing can be written.
  bool disk_is_full = false;
  http::Response get(const std::string& path);
  /// From now on; counted from 1.
  void crash_at(CrashPoint point);
  bool has_crashed() const { return crashes_ > 0; }
  /// Rewrites or refuses what the bridge sends; nullopt lets it pass.
  std::function<std::optional<Result<http::Response, http::TransportError>>(const http::Request&)> meddle{};
  /// The next `times` calls whose target holds `part` are done, and their answers are lost.
  void lose_answers_to(std::string part, int times);
  std::vector<http::Request> calls;  ///< of the bridge, in order
  milliseconds longest_deadline{0};  ///< of them
  std::size_t calls_to(std::string_view origin) const;

  // ---- time
  void settle();
  void pass(milliseconds duration);

  // ---- people
  void dana_writes(std::string text, std::vector<sim::mail::Attachment> files = {}, std::string subject = "Order 1182");
  void dana_answers(std::string text);
  /// The newest Case; the id of the rep Ruiz is made on first use.
  std::string newest_case();
  void ruiz_replies(const std::string& case_id, const std::string& text, std::vector<sim::salesforce::OrgFile> files = {});
  void ruiz_comments(const std::string& case_id, const std::string& text, bool published);
  void ruiz_closes(const std::string& case_id);

  // ---- what checks read
  std::vector<Json> query(const std::string& soql);
  std::vector<sim::mail::Received> danas_inbox();
  std::vector<std::string> texts_danas_got();
  /// The comments of a Case in order, without the first line and the mark.
  std::vector<std::string> transcript_of(const std::string& case_id);

  FiberRuntime fibers;
  std::unique_ptr<FiberProcess> world = fibers.make_process("world");
  std::unique_ptr<FiberProcess> bridge_process;
  sim::Journal journal{[this] { return fibers.now(); }};
  SeededRng rng;
  MemoryStore store;
  Config config;
  sim::mail::Exchange exchange{journal, [this] { return fibers.now(); }};
  std::unique_ptr<sim::salesforce::Org> org;
  std::unique_ptr<sim::opencx::Platform> platform;

 private:
  class CrashingStore;
  class CrashingTransport;
  void reach(CrashPoint::At at, Moment moment, int number);
  void revive();
  const std::string& ruiz();

  SilentLog log_;
  SeededRng bridge_rng_{11};
  std::optional<CrashPoint> crash_point_;
  int commits_ = 0;
  int sends_ = 0;
  int crashes_ = 0;
  bool stays_down_ = false;
  int mails_ = 0;
  std::string losing_;
  int losses_left_ = 0;
  std::string ruiz_;
  http::Handler salesforce_door_;
  http::Handler opencx_door_;
  http::Handler bridge_door_;
  std::unique_ptr<http::InProcessTransport> world_wire_;
  std::unique_ptr<http::InProcessTransport> bridge_wire_;
  std::unique_ptr<sim::mail::DirectMailTransport> post_;
  std::unique_ptr<CrashingStore> crashing_store_;
  std::unique_ptr<CrashingTransport> crashing_transport_;
  std::unique_ptr<Bridge> bridge_;
};

}  // namespace casewire::bridge
