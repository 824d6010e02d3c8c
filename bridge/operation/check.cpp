#include "bridge/operation/check.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/http/certificate.hpp"
#include "bridge/operation/check_org.hpp"
#include "bridge/operation/checklist.hpp"
#include "bridge/operation/no_answer.hpp"

namespace casewire::bridge {
namespace {

/// Signatures are believed for five minutes.
constexpr milliseconds kSkewMost{120'000};
/// A test mail is in the Inbox within a minute, and the connection test of its channel ends after five (OpenCX, email forwarding).
constexpr milliseconds kMailLookBack{3'600'000};
/// Enough to have one made by hand; those that are made by machines are made anew a month before.
constexpr milliseconds kCertificateEndsSoon{14 * 24 * 3'600'000};
/// A webhook comes within seconds; this is when it is missed.
constexpr milliseconds kMissedAfter{2 * 60'000};

constexpr const char* kMailPath =
    "in OpenCX: Channels, AI Email: the address is Connected (Pending: wait 5 minutes; Failed: the forwarding rule of the mail server); then "
    "send a test mail to it";

class OtherChecks {
 public:
  OtherChecks(const Insight& insight, Checklist& list) : insight_(insight), list_(list) {}

  void opencx_and_its_mail() {
    const auto now = insight_.runtime.now();
    const auto sessions = insight_.opencx.email_sessions_changed(now - kMailLookBack, std::nullopt);
    if (!sessions) return tell_of_no_answer(list_, insight_.vendors.opencx, sessions.error());
    list_.ok("opencx answers", "to this API key");
    if (sessions->empty()) return list_.unknown("mail in the Inbox", "no email conversation has changed for an hour", kMailPath);
    const auto newest = std::max_element(sessions->begin(), sessions->end(),
                                         [](const auto& a, const auto& b) { return a.updated_at < b.updated_at; });
    list_.ok("mail in the Inbox", "the newest email conversation changed at " + newest->updated_at);
  }

  void clock(const Vendor& vendor) {
    const auto ahead = vendor.clock_ahead();
    const auto what = "clock of " + vendor.name();
    if (!ahead) return list_.unknown(what, "no answer told the time");
    const auto seconds = ahead->count() / 1000;
    const auto found = std::to_string(std::abs(seconds)) + " s " + (seconds < 0 ? "behind" : "ahead of") + " ours";
    if (*ahead <= kSkewMost && *ahead >= -kSkewMost) return list_.ok(what, found);
    list_.wrong(what, found, "on this machine: timedatectl");
  }

  /// A vendor that finds it expired sends no webhook, and tells nobody here.
  void own_certificate() {
    const auto& file = insight_.config.tls.certificate;
    if (file.empty()) return;
    const std::string what = "certificate file";
    const std::string to_do = "put another one in the place of " + file + " and its key, then SIGHUP";
    const auto validity = http::validity_of(file);
    if (!validity) return list_.wrong(what, validity.error(), to_do);
    const auto now = insight_.runtime.now();
    const auto until = iso8601(validity->until);
    if (now < validity->from) return list_.wrong(what, "it counts from " + iso8601(validity->from) + " only", to_do);
    if (now >= validity->until) return list_.wrong(what, "it has expired at " + until, to_do);
    if (validity->until - now < kCertificateEndsSoon) return list_.wrong(what, "it expires at " + until, to_do);
    list_.ok(what, "it counts until " + until + "; a start or SIGHUP takes it up");
  }

  void webhooks_of_opencx() {
    webhooks(
        insight_.vendors.opencx,
        "in OpenCX: Settings, Integrations, Salesforce: it is Connected, and the webhook's URL ends with the secret of these "
        "settings; then hand a test conversation off");
  }

  /// The org tells of the bridge's own comments too: each is a beat of its heart (F26, F27).
  void webhooks_of_salesforce() {
    const std::string to_do =
        "in Setup: Apex Triggers: those on Case, EmailMessage and CaseComment are active; Named Credentials: the URL is this bridge's; "
        "then write on a test Case";
    const auto written = insight_.events.last(happening::comments_written);
    const auto told = insight_.events.last_webhook(insight_.vendors.salesforce.name());
    if (sees_all() && written && insight_.runtime.now() - *written > kMissedAfter && (!told || *told < *written)) {
      return list_.wrong("webhooks of salesforce",
                         "comments were written at " + iso8601(*written) + ", and the org has told nothing since", to_do);
    }
    webhooks(insight_.vendors.salesforce, to_do);
  }

 private:
  /// Where several bridges share a store another one may have taken the webhook: that none came here proves nothing.
  bool sees_all() const { return !insight_.store.is_shared(); }

  /// Stopped: the sweep has found what no webhook told, and none came meanwhile. After trouble it finds what is the bridge's own doing, and
  /// proves nothing.
  void webhooks(const Vendor& vendor, std::string to_do) {
    const auto what = "webhooks of " + vendor.name();
    const auto last = insight_.events.last_webhook(vendor.name());
    const auto since = std::max(last.value_or(WallTime{}), insight_.started_at);
    const auto found = insight_.events.last(happening::sweep_found, vendor.name());
    const auto came_later = [&](const std::optional<WallTime>& trouble) { return trouble && *trouble > since; };
    const bool was_trouble = came_later(insight_.events.last(happening::job_failed)) ||
                             came_later(insight_.events.last(happening::work_paused, vendor.name()));
    if (sees_all() && found && *found - since > insight_.config.sweep_every + kMissedAfter &&
        insight_.runtime.now() - *found > kMissedAfter && !was_trouble) {
      return list_.wrong(what,
                         "the sweep found work at " + iso8601(*found) + " of which no webhook had told; the last " +
                             (last ? "came at " + iso8601(*last) : "never came"),
                         std::move(to_do));
    }
    if (last) return list_.ok(what, "the last was taken at " + iso8601(*last));
    list_.unknown(what, "none was taken since " + iso8601(insight_.started_at), std::move(to_do));
  }

  const Insight& insight_;
  Checklist& list_;
};

}  // namespace

bool is_silence(const Failure& failure) {
  return failure.is_transport || failure.status >= 500 || failure.status == 429 || failure.code == Vendor::kPaused;
}

Json check_json(const Insight& insight) {
  Checklist list;
  check_org(insight, list);
  OtherChecks others(insight, list);
  others.opencx_and_its_mail();
  for (const auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) others.clock(*vendor);
  others.own_certificate();
  others.webhooks_of_opencx();
  others.webhooks_of_salesforce();
  list.look("email deliverability", "in Setup: Deliverability: the access level is All email");
  list.look("auto-response rules",
            "in Setup: Case Auto-Response Rules: none answers Cases of this channel, or customers get two greetings");
  list.look("integration in OpenCX",
            "in OpenCX: Settings, Integrations, Salesforce: it is shown as Connected, with its webhook URL");
  return list.take();
}

Json check_by_hand(const Insight& insight) {
  std::vector<Vendor*> resting;
  for (auto* vendor : {&insight.vendors.salesforce, &insight.vendors.opencx}) {
    if (vendor->is_closed()) resting.push_back(vendor);
    vendor->ask_now();
  }
  auto checks = insight.preflight.look().checks;
  if (std::any_of(resting.begin(), resting.end(), [](const auto* vendor) { return !vendor->is_closed(); })) insight.go_on();
  return checks;
}

}  // namespace casewire::bridge
