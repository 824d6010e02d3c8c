#pragma once
// The access token of the integration user, by the refresh-token flow. It lives in memory: a restart costs one more refresh. A refresh
// token that the org rotates is in the store before anything is done with the access that came with it: the one before it is worth
// nothing any more. Another token in the settings wins over what was stored for the old one.
// Source: Salesforce Help, "OAuth 2.0 Refresh Token Flow for Renewed Sessions", and "Refresh Token Rotation".

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/failure.hpp"
#include "bridge/delivery/vendor.hpp"
#include "bridge/salesforce/keyring.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::salesforce {

struct Access {
  std::string token;
  std::string instance_url;
  std::string org_id{};  ///< 00D..., from the same place
  std::string user_id;   ///< our own user, from the identity URL of the token answer: never from the configuration (F45)
};

/// Takes a Salesforce org, by its id, for this bridge among those of one program. Empty: it is ours; else the name of the one that has it.
using TakeOrg = std::function<std::string(const std::string& org_id)>;

struct TokenSurroundings {
  Runtime& runtime;
  Store& store;
  Rng& rng;
  Events& events;
  std::string name = "bridge";  ///< of this bridge, among those that share the store
  TakeOrg take_org{};           ///< empty: there is no other bridge
};

/// The org that the store belongs to; nullopt before the first answer.
std::optional<std::string> bound_org(Store& store);

/// The org, and the sealed connection, as the store has them: what another memory of the same org is to agree on, and to be given. Throw StoreFailure.
std::vector<Mark> org_marks(Store& store);
std::vector<Mark> connection_marks(Store& store, const Config& config);

/// What a sign-in gave takes the place of the settings' token until another one stands there, as one that the org rotates does. In the
/// store, sealed, when it returns. The error says that the store belongs to another org. Throws StoreFailure.
struct SignedIn {
  std::string refresh_token;
  std::string org_id;
};
Result<void, std::string> keep_connection(Store& store, const Config& config, const SignedIn& signed_in, WallTime now, Rng& rng);

/// The store belongs to the org that answered first. Another one behind the same settings (a refreshed sandbox, a pasted production key)
/// is refused before a word leaves: what the store remembers means nothing there (F28). So is one that another bridge of this program has.
///
/// Thread-safe. However many tasks ask at once, one request goes out: under rotation a second one would end the connection (F15). So do
/// bridges that share a store: one of them asks at a time, with the token that the last one stored.
class AccessTokens {
 public:
  AccessTokens(http::Transport& transport, Vendor& vendor, const Config& config, TokenSurroundings surroundings);

  /// The present access, or a new one when there is none or `refused` is the present token.
  Outcome<Access> access(std::string_view refused, std::string_view trace);
  /// keep_connection, and used from the next call on. A refresh that is under way with the token before it takes nothing back.
  Result<void, std::string> connect(const std::string& refresh_token, const std::string& org_id);

 private:
  Outcome<Access> refresh(std::string_view trace);
  Outcome<Access> renew(std::string_view trace);
  /// False: another bridge had it for as long as a request may take. May throw StoreFailure.
  bool wait_for_turn();
  void end_turn();
  Outcome<Access> ask(const std::string& refresh_token, std::string_view trace);
  /// Throws StoreFailure.
  std::optional<Failure> refuse_other_org(const std::string& org_id);
  /// Another bridge of this program has that org, in words; empty: none has.
  std::string has_another(const std::string& org_id) const;
  /// Empty: there is none. What is not sealed with the present key is sealed anew.
  Outcome<std::string> stored_token();
  void seal_anew(const std::string& token, const std::string& former_seal);
  std::string take_connected();
  /// Throws StoreFailure: the new token is then kept, and stored before anything else.
  void store_rotated_token();

  http::Transport& transport_;
  Vendor& vendor_;
  Runtime& runtime_;
  Store& store_;
  Events& events_;
  http::Deadline deadline_;
  Config config_;
  Keyring keyring_;
  Rng& rng_;
  std::string name_;
  TakeOrg take_org_;

  // Of the task that refreshes.
  std::string refresh_token_{};  ///< empty: not read from the store yet
  std::string not_stored_{};     ///< a rotated token that could not be stored so far
  Access not_used_{};            ///< what came with it

  std::mutex storing_;  ///< taken before mutex_: which token is the newest is decided with its commit
  std::mutex mutex_;
  std::string connected_{};  ///< of a sign-in, until the next refresh takes it
  Access access_;
  bool is_refreshing_ = false;
  Outcome<Access> last_{};
  std::vector<std::shared_ptr<Event>> waiters_;
};

}  // namespace casewire::bridge::salesforce
