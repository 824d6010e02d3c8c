#pragma once
// All orgs of a process behind one door: webhooks find theirs by the secret in their URL, questions by its name. What one does, keeps, pauses or
// fails at is no other's (docs/decisions/0015-an-org-has-a-bridge.md). The one org of a configuration without names answers for itself.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/http/router.hpp"
#include "bridge/events/events.hpp"
#include "bridge/orgs/org.hpp"

namespace casewire::bridge {

/// open(), start(), take_up() and stop() are one caller's at a time; the rest is thread-safe.
class Orgs {
 public:
  Orgs(const Configuration& configuration, OrgWorld world);

  /// Of the one org without a name, opens the store. False: it waits, the log says why, and this is to be called again. The error: waiting mends
  /// nothing. Of several nothing is to be waited for: each opens its own when it starts.
  Result<bool> open();
  /// Likewise, and starts the bridges; each of several by itself, however long it takes.
  Result<bool> start();
  /// What has changed in the settings of each of those that were started; orgs that are new are started, those that are gone are stopped.
  void take_up(const Configuration& configuration);
  /// Takes no new work and returns when the running jobs have ended; false when some had not after 30 s.
  bool stop();

  /// As Bridge::handle; of several orgs /readyz tells of each, /readyz/NAME of one, and /metrics has the label `org`.
  http::Reply handle(const http::Request& request);
  /// Whether a head tells that handle() will know nothing of the address, so that nobody need wait for the body behind it: a webhook's with a secret that no org
  /// believes.
  bool turns_away(const http::Request& head) const;
  /// As Bridge::operate, of the org that `--org NAME` before the words names. Without it, questions are put to all: `{"answer": {"orgs": {"NAME": {...}}}}`.
  Json operate(const std::vector<std::string>& words);
  /// Of all together.
  Status status() const;

 private:
  using Every = std::map<std::string, std::shared_ptr<Org>, std::less<>>;

  Every present() const;
  std::shared_ptr<Org> make(const Config& config);
  Result<bool> alone(Result<void> (Org::*step)());
  void remove(const std::shared_ptr<Org>& org);
  void add_routes();
  http::Reply readiness();
  http::Reply metrics();
  http::Reply webhook(const http::Request& request, const std::string& vendor, const std::string& secret);

  OrgWorld world_;
  Events events_;  ///< of what is no org's
  TakenOrgs taken_;
  bool has_names_;
  http::RouteTable hooks_;  ///< the addresses of webhooks
  http::Router router_;
  mutable std::mutex mutex_;
  Every orgs_;
  std::vector<std::shared_ptr<Org>> lingering_;  ///< removed ones whose work had not ended
};

}  // namespace casewire::bridge
