#include "bridge/salesforce/token.hpp"

#include <utility>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "bridge/salesforce/errors.hpp"
#include "bridge/salesforce/identity.hpp"

namespace casewire::bridge::salesforce {
namespace {

Failure refused(const http::Response& response) {
  if (is_page(response)) return failure_of(response);
  const auto body = parse_json(response.body);
  // An exhausted org answers here in the form of the REST API.
  if (body && body->is_array()) {
    auto failure = failure_of(response);
    failure.kind = Failure::Kind::org_wide;
    return failure;
  }
  Failure failure{.kind = Failure::Kind::org_wide, .system = "salesforce", .code = std::to_string(response.status)};
  if (body) {
    failure.code = string_member(*body, "error", failure.code);
    failure.message = string_member(*body, "error_description");
  }
  failure.retry_after = retry_after_of(response);
  failure.status = response.status;
  return failure;
}

constexpr std::string_view kOrgMark = "salesforce org";

/// What the bridges of one store take turns at. A turn is as long as a request may take, and the store's answers around it.
constexpr std::string_view kTurn = "salesforce token";
constexpr milliseconds kTurnSpare{20'000};
constexpr milliseconds kTurnLook{500};

/// Names the token of the settings without telling it.
std::string token_mark(std::string_view configured_token) {
  return "refresh token after " + hex(sha256(configured_token)).substr(0, 16);
}

}  // namespace

std::optional<std::string> bound_org(Store& store) { return store.mark(kOrgMark); }

std::vector<Mark> org_marks(Store& store) {
  const auto org = bound_org(store);
  return org ? std::vector<Mark>{{std::string(kOrgMark), *org, {}}} : std::vector<Mark>{};
}

std::vector<Mark> connection_marks(Store& store, const Config& config) {
  auto name = token_mark(config.salesforce.refresh_token);
  const auto seal = store.mark(name);
  return seal ? std::vector<Mark>{{std::move(name), *seal, {}}} : std::vector<Mark>{};
}

Result<void, std::string> keep_connection(Store& store, const Config& config, const SignedIn& signed_in, WallTime now, Rng& rng) {
  const auto& org_id = signed_in.org_id;
  const auto bound = bound_org(store);
  if (bound && bound->substr(0, 15) != org_id.substr(0, 15)) {
    return fail("org " + org_id + " was signed in to, and this store belongs to org " + *bound +
                ": give the other org a state_dir of its own");
  }
  const auto mark = token_mark(config.salesforce.refresh_token);
  Changes changes{.at = now, .marks = {{mark, Keyring(config).seal(signed_in.refresh_token, mark, rng), {}}}};
  if (!bound) changes.marks.push_back({std::string(kOrgMark), org_id, {}});
  store.commit(changes);
  return {};
}

AccessTokens::AccessTokens(http::Transport& transport, Vendor& vendor, const Config& config, TokenSurroundings surroundings)
    : transport_(transport),
      vendor_(vendor),
      runtime_(surroundings.runtime),
      store_(surroundings.store),
      events_(surroundings.events),
      deadline_{config.call_timeout},
      config_(config),
      keyring_(config),
      rng_(surroundings.rng),
      name_(std::move(surroundings.name)),
      take_org_(std::move(surroundings.take_org)) {}

Outcome<Access> AccessTokens::access(std::string_view refused_token, std::string_view trace) {
  std::shared_ptr<Event> turn;
  {
    const std::lock_guard lock(mutex_);
    if (!access_.token.empty() && access_.token != refused_token) return access_;
    if (is_refreshing_) {
      turn = runtime_.make_event();
      waiters_.push_back(turn);
    } else {
      is_refreshing_ = true;
    }
  }
  if (turn) {
    turn->wait();
    const std::lock_guard lock(mutex_);
    return last_;
  }
  auto renewed = refresh(trace);
  std::vector<std::shared_ptr<Event>> waiters;
  {
    const std::lock_guard lock(mutex_);
    is_refreshing_ = false;
    if (renewed && connected_.empty()) access_ = *renewed;
    last_ = renewed;
    waiters.swap(waiters_);
  }
  for (const auto& waiter : waiters) waiter->notify();
  return renewed;
}

Outcome<Access> AccessTokens::refresh(std::string_view trace) {
  try {
    if (!wait_for_turn()) {
      return fail(
          Failure{.kind = Failure::Kind::transient, .system = "store", .message = "another bridge is renewing the access"});
    }
  } catch (const StoreFailure& failure) {
    return fail(Failure{.kind = Failure::Kind::transient, .system = "store", .message = failure.what()});
  }
  auto access = renew(trace);
  end_turn();
  return access;
}

bool AccessTokens::wait_for_turn() {
  if (!store_.is_shared()) return true;
  const auto turn = deadline_.within + kTurnSpare;
  const auto last_moment = runtime_.steady_now() + turn;
  while (!store_.hold(kTurn, name_, runtime_.now(), runtime_.now() + turn)) {
    if (runtime_.steady_now() >= last_moment) return false;
    runtime_.sleep_for(kTurnLook);
  }
  if (not_stored_.empty()) refresh_token_.clear();  // another bridge may have rotated it
  return true;
}

void AccessTokens::end_turn() {
  if (!store_.is_shared()) return;
  try {
    store_.hold(kTurn, name_, runtime_.now(), runtime_.now());
  } catch (const StoreFailure&) {
    // Then it ends by itself.
  }
}

Outcome<Access> AccessTokens::renew(std::string_view trace) {
  try {
    if (auto connected = take_connected(); !connected.empty()) {
      refresh_token_ = std::move(connected);
      not_stored_.clear();
      not_used_ = {};
    }
    if (refresh_token_.empty()) {
      auto stored = stored_token();
      if (!stored) vendor_.failed(stored.error());
      if (!stored) return fail(std::move(stored.error()));
      refresh_token_ = std::move(*stored);
    }
    if (refresh_token_.empty()) {
      Failure none{.kind = Failure::Kind::org_wide,
                   .system = "salesforce",
                   .code = "NOT_CONNECTED",
                   .message = "nobody has signed in: casewire-bridge connect"};
      vendor_.failed(none);
      return fail(std::move(none));
    }
    // A token that came while the disk was full is the only one that works: it is stored before anything is asked for.
    if (not_stored_.empty()) {
      auto access = ask(refresh_token_, trace);
      if (access) not_used_ = *access;
      if (!access) vendor_.failed(access.error());
      if (!access) return access;
    }
    if (!not_stored_.empty()) store_rotated_token();
    if (auto other = refuse_other_org(not_used_.org_id)) {
      vendor_.failed(*other);
      return fail(std::move(*other));
    }
    return std::move(not_used_);
  } catch (const StoreFailure& failure) {
    return fail(Failure{.kind = Failure::Kind::transient, .system = "store", .message = failure.what()});
  }
}

Outcome<Access> AccessTokens::ask(const std::string& refresh_token, std::string_view trace) {
  http::Request request{.method = "POST",
                        .target = config_.salesforce.login_url + "/services/oauth2/token",
                        .body = form({{"grant_type", "refresh_token"},
                                      {"client_id", config_.salesforce.client_id},
                                      {"client_secret", config_.salesforce.client_secret},
                                      {"refresh_token", refresh_token}})};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Accept", "application/json");
  if (!trace.empty()) request.headers.add("traceparent", std::string(trace));
  const auto began = runtime_.steady_now();
  const auto response = transport_.send(request, deadline_);
  vendor_.note_exchange(request.method, std::string(request.path()), response, began);
  if (!response) return fail(casewire::bridge::failure_of("salesforce", response.error()));
  if (response->status != 200) return fail(refused(*response));
  const auto body = parse_json(response->body);
  if (!body) return fail(failure_of(*response));
  Access access{.token = string_member(*body, "access_token"),
                .instance_url = string_member(*body, "instance_url"),
                .org_id = org_in_identity(string_member(*body, "id")),
                .user_id = user_in_identity(string_member(*body, "id"))};
  auto rotated = string_member(*body, "refresh_token");
  if (!rotated.empty() && rotated != refresh_token) not_stored_ = std::move(rotated);
  if (access.token.empty() || access.instance_url.empty() || access.user_id.size() < 15) {
    return fail(Failure{.kind = Failure::Kind::org_wide,
                        .system = "salesforce",
                        .message = "the token answer lacks access_token, instance_url or id"});
  }
  while (access.instance_url.ends_with('/')) access.instance_url.pop_back();
  events_.tell(happening::access_renewed, {{"instance", access.instance_url}, {"user", access.user_id}});
  return access;
}

std::optional<Failure> AccessTokens::refuse_other_org(const std::string& org_id) {
  const auto bound = bound_org(store_);
  if (!bound || bound->substr(0, 15) == org_id.substr(0, 15)) {
    if (auto taken = has_another(org_id); !taken.empty()) {
      return Failure{.kind = Failure::Kind::org_wide, .system = "salesforce", .code = "ORG_TAKEN", .message = std::move(taken)};
    }
    if (!bound) store_.commit({.at = runtime_.now(), .marks = {{std::string(kOrgMark), org_id, {}}}});
    return std::nullopt;
  }
  return Failure{.kind = Failure::Kind::org_wide,
                 .system = "salesforce",
                 .code = "OTHER_ORG",
                 .message = "org " + org_id + " answers behind these settings, and this store belongs to org " + *bound +
                            ": give the other org a state_dir of its own"};
}

std::string AccessTokens::has_another(const std::string& org_id) const {
  const auto other = take_org_ ? take_org_(org_id) : std::string();
  return other.empty() ? other : "org " + org_id + " answers behind these settings, and it is that of \"" + other + "\" already";
}

Outcome<std::string> AccessTokens::stored_token() {
  const auto mark = token_mark(config_.salesforce.refresh_token);
  const auto seal = store_.mark(mark);
  if (!seal) return config_.salesforce.refresh_token;
  auto opened = keyring_.open(*seal, mark);
  if (opened) {
    if (!opened->is_current) seal_anew(opened->text, *seal);
    return std::move(opened->text);
  }
  // Somebody has signed in: what closes the token heals it, and the other way.
  const bool has_another = !config_.salesforce.refresh_token.empty();
  if (!opened.error().needs_a_key && has_another) {
    events_.tell(happening::token_unreadable, {{"hint", opened.error().why + "; the one of the settings is used"}});
    return config_.salesforce.refresh_token;
  }
  // The one of the settings may be worth nothing any more, and asking with it could end the connection (F15).
  return fail(Failure{.kind = Failure::Kind::org_wide,
                      .system = "salesforce",
                      .code = "SEALED",
                      .message = "the stored refresh token cannot be read: " + opened.error().why +
                                 (opened.error().needs_a_key ? ". Put the key back" : ". Put the setting back") +
                                 ", or sign in anew: casewire-bridge connect"});
}

void AccessTokens::seal_anew(const std::string& token, const std::string& former_seal) {
  const std::lock_guard storing(storing_);
  const auto mark = token_mark(config_.salesforce.refresh_token);
  if (store_.mark(mark) != former_seal) return;  // somebody has signed in meanwhile
  store_.commit({.at = runtime_.now(), .marks = {{mark, keyring_.seal(token, mark, rng_), {}}}});
  events_.tell(happening::token_sealed_anew, {});
}

Result<void, std::string> AccessTokens::connect(const std::string& refresh_token, const std::string& org_id) {
  const std::lock_guard storing(storing_);
  if (auto taken = has_another(org_id); !taken.empty()) return fail(std::move(taken));
  if (auto kept = keep_connection(store_, config_, {refresh_token, org_id}, runtime_.now(), rng_); !kept) return kept;
  {
    const std::lock_guard lock(mutex_);
    connected_ = refresh_token;
    access_ = {};
  }
  events_.tell(happening::connected, {{"salesforce_org", org_id}});
  vendor_.mended();
  return {};
}

std::string AccessTokens::take_connected() {
  const std::lock_guard lock(mutex_);
  return std::exchange(connected_, {});
}

void AccessTokens::store_rotated_token() {
  const std::lock_guard storing(storing_);
  {
    // Somebody has signed in meanwhile: what was rotated is of the connection before.
    const std::lock_guard lock(mutex_);
    if (!connected_.empty()) return not_stored_.clear();
  }
  const auto mark = token_mark(config_.salesforce.refresh_token);
  store_.commit({.at = runtime_.now(), .marks = {{mark, keyring_.seal(not_stored_, mark, rng_), {}}}});
  refresh_token_ = std::exchange(not_stored_, {});
  events_.tell(happening::token_rotated, {{"kept", "in the store"}});
}

}  // namespace casewire::bridge::salesforce
