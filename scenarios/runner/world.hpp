#pragma once
// One scenario's private world: the fake org, the fake OpenCX, the mailboxes and the network between them. Which wire carries
// the messages, and what time is, comes from the ring.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "scenarios/tape/exchanges.hpp"
#include "scenarios/tape/loosening.hpp"
#include "scenarios/tape/tape.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/opencx/platform.hpp"
#include "sim/salesforce/org.hpp"
#include "sim/world/network.hpp"
#include "sim/world/skewed_runtime.hpp"

namespace casewire::scenarios {

class Replayer;

/// The secrets that the bridge under test is started with. Those of webhooks begin alike: half of one opens no door.
struct Credentials {
  std::string salesforce_client_id = "3MVG9casewire";
  std::string salesforce_client_secret = "casewire-secret";
  std::string salesforce_refresh_token = "5Aep861casewire";
  std::string opencx_api_key = "ocx_live_casewire";
  std::string opencx_api_key_to_come = "ocx_live_to_come";  ///< valid once the key has been replaced
  std::string opencx_webhook_secret = "whsec-casewire-opencx";
  std::string webhook_secret_to_come = "whsec-casewire-to-come";  ///< of either system: no sender uses it yet
  std::string salesforce_webhook_secret = "whsec-casewire-salesforce";
  /// Of who calls the bridge by the other's secret.
  std::string salesforce_calls_by{}, opencx_calls_by{};
};

/// What the staging sentences of a scenario ask for, before anything runs.
struct Staging {
  std::string org_json, org_file;                         ///< text and name of the org file
  std::vector<std::function<void(Json&)>> org_changes{};  ///< what makes this org differ from its file
  std::map<std::string, std::string> customers;           ///< name -> address
  std::map<std::string, std::string> reps;                ///< name -> queue
  std::vector<std::string> support_addresses{"help@acme.test"};
  std::optional<std::string> every_answer;  ///< the AI's rule
  milliseconds every_answer_after{0};
  Credentials credentials{};
  std::map<std::string, std::string> bridge_settings;  ///< variable -> value: how this bridge differs from its defaults
  sim::opencx::AiSilence silence = sim::opencx::AiSilence::at_handoff;
  sim::opencx::Behaviour opencx{};
  std::optional<LongTape> recording;
  std::vector<Loosening> loosenings{};  ///< of the recording
  bool rest_from_model = false;         ///< what the recording does not hold
  std::uint64_t seed = 1;
  bool bridge_is_ours = true;  ///< what only our own bridge promises is asked of it
  bool record = false;         ///< keep the exchanges for a HAR file
  bool by_proxies = false;     ///< who keep them: what stands before the systems, and not the systems themselves
  std::size_t journal_bytes_max = sim::Journal::kBytesMax;
};

/// Where everybody is reached, without trailing slashes.
struct Urls {
  std::string salesforce, opencx, bridge;
};

/// The time and the wires of each actor. All outlive the world.
struct Wires {
  Runtime& salesforce;
  Runtime& opencx;
  http::Transport& from_salesforce;  ///< towards the bridge
  http::Transport& from_opencx;
  sim::mail::MailTransport& mail;  ///< towards the mail exchange, for everybody
};

class World {
 public:
  /// The error is for the reader of the report: an org file that cannot be read, a queue that does not exist.
  static Result<std::unique_ptr<World>, std::string> open(Staging staging, const Urls& urls, const Wires& wires);

  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  sim::Journal& journal() { return *journal_; }
  sim::Faults& faults() { return faults_; }
  sim::Network& network() { return *network_; }
  sim::mail::Exchange& exchange() { return *exchange_; }
  sim::salesforce::Org& org() { return *org_; }
  sim::opencx::Platform& platform() { return *platform_; }
  sim::mail::MailTransport& mail() { return wires_.mail; }
  const Staging& staging() const { return staging_; }
  const std::map<std::string, std::string>& rep_ids() const { return rep_ids_; }  ///< name -> user id
  Replayer* replayer() { return replayer_.get(); }
  Recorder* recorder() { return recorder_.get(); }

  /// What answers at the two vendors' addresses.
  http::Handler salesforce_handler() const { return salesforce_handler_; }
  http::Handler opencx_handler() const { return opencx_handler_; }
  sim::mail::Reply receive_mail(const sim::mail::Envelope& envelope) { return exchange_->receive(envelope); }

  enum class Credence {
    believed,
    forged,        ///< its signature is none
    misaddressed,  ///< its path's secret is one that the bridge does not know
  };
  /// Sends a recorded webhook to the bridge, with this world's secret in its path and in its signature as far as it is to be believed.
  /// 0: no answer.
  int deliver_webhook(const std::string& from, http::Request recorded, Credence credence);
  /// What became of the bridge, for the journal and for the recording.
  void note_bridge(sim::BridgeEvent event);
  /// What whoever runs the bridge did, for the recording.
  void note_operator(BridgeFate::What what, std::vector<std::string> words = {}) {
    if (recorder_) recorder_->note(what, std::move(words));
  }

  /// Where the org calls the bridge, secret included.
  std::string salesforce_webhook_url() const;
  std::string opencx_webhook_url() const;

  /// Message-IDs and the like of people's own mails.
  Rng& people_rng() { return people_rng_; }

 private:
  World(Staging staging, Urls urls, const Wires& wires);
  bool is_recorded_here() const { return staging_.record && !staging_.by_proxies; }

  Staging staging_;
  Urls urls_;
  Wires wires_;
  SeededRng salesforce_rng_, opencx_rng_, people_rng_;
  std::unique_ptr<sim::Journal> journal_;
  sim::Faults faults_;
  std::unique_ptr<sim::Network> network_;
  std::unique_ptr<sim::SkewedRuntime> salesforce_clock_, opencx_clock_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Replayer> replayer_;
  std::unique_ptr<http::Transport> recorded_from_salesforce_, recorded_from_opencx_;
  std::unique_ptr<http::Transport> from_salesforce_, from_opencx_;
  std::unique_ptr<sim::mail::Exchange> exchange_;
  std::unique_ptr<sim::salesforce::Org> org_;
  std::unique_ptr<sim::opencx::Platform> platform_;
  http::Handler salesforce_handler_, opencx_handler_;
  std::map<std::string, std::string> rep_ids_;
};

}  // namespace casewire::scenarios
