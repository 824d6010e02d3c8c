#include "sim/salesforce/sessions.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kTokenLength = 96;
constexpr std::size_t kCodesMax = 100;

}  // namespace

std::string Sessions::open(std::string user_id, SteadyTime now, Rng& rng) {
  if (sessions_.size() >= kSessionsMax) sessions_.erase(sessions_.begin());
  // Real tokens hold dots and underscores, which clients must encode in forms.
  auto token = organization_ + "!AQ" + alphanumeric(rng, kTokenLength / 2) + "." + alphanumeric(rng, kTokenLength / 2 - 4) + "_";
  sessions_[token] = {std::move(user_id), now};
  return token;
}

std::optional<std::string> Sessions::use(std::string_view token, SteadyTime now) {
  const auto found = sessions_.find(token);
  if (found == sessions_.end()) return std::nullopt;
  const auto age = now - found->second.begun;
  if (age >= timeout_) {
    sessions_.erase(found);
    return std::nullopt;
  }
  if (age * 2 >= timeout_) found->second.begun = now;
  return found->second.user_id;
}

bool Sessions::close(std::string_view token) {
  const auto found = sessions_.find(token);
  if (found == sessions_.end()) return false;
  sessions_.erase(found);
  return true;
}

std::optional<Consent> Sessions::refresh(std::string_view token) const {
  const auto found = refresh_.find(token);
  return found == refresh_.end() ? std::nullopt : std::optional{found->second};
}

std::string Sessions::make_refresh_token(Consent consent, Rng& rng) {
  if (refresh_.size() >= kSessionsMax) refresh_.erase(refresh_.begin());
  auto token = "5Aep861" + alphanumeric(rng, 80);
  refresh_[token] = std::move(consent);
  return token;
}

std::string Sessions::rotate(std::string_view token, Rng& rng) {
  const auto found = refresh_.find(token);
  auto consent = found->second;
  if (used_up_.size() >= kSessionsMax) used_up_.erase(used_up_.begin());
  used_up_[found->first] = consent.user_id;
  refresh_.erase(found);
  return make_refresh_token(std::move(consent), rng);
}

void Sessions::end_sessions_of(std::string_view user_id) {
  std::erase_if(sessions_, [&](const auto& session) { return session.second.user_id == user_id; });
}

bool Sessions::revoke_refresh(std::string_view token) {
  const auto found = refresh_.find(token);
  if (found == refresh_.end()) return false;
  end_sessions_of(found->second.user_id);
  refresh_.erase(found);
  return true;
}

void Sessions::revoke_family(std::string_view used_up_token) {
  const auto found = used_up_.find(std::string{used_up_token});
  if (found == used_up_.end()) return;
  std::erase_if(refresh_, [&](const auto& entry) { return entry.second.user_id == found->second; });
  end_sessions_of(found->second);
}

std::string Sessions::make_code(AuthorizationCode code, Rng& rng) {
  if (codes_.size() >= kCodesMax) codes_.erase(codes_.begin());
  auto text = "aPrx" + alphanumeric(rng, 60) + "==";  // clients must encode the equals signs
  codes_[text] = std::move(code);
  return text;
}

std::optional<AuthorizationCode> Sessions::take_code(std::string_view code) {
  const auto found = codes_.find(code);
  if (found == codes_.end()) return std::nullopt;
  auto taken = std::move(found->second);
  codes_.erase(found);
  return taken;
}

}  // namespace casewire::sim::salesforce
