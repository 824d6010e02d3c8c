#include "sim/salesforce/sessions.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kTokenLength = 96;
constexpr std::size_t kCodesMax = 100;

bool same_holder(const Consent& a, const Consent& b) { return a.user_id == b.user_id && a.client_id == b.client_id; }

}  // namespace

std::string Sessions::open(Consent consent, SteadyTime now, WallTime issued, Rng& rng) {
  if (sessions_.size() >= kSessionsMax) sessions_.erase(sessions_.begin());
  // Real tokens hold dots and underscores, which clients must encode in forms.
  auto token = organization_ + "!AQ" + alphanumeric(rng, kTokenLength / 2) + "." + alphanumeric(rng, kTokenLength / 2 - 4) + "_";
  sessions_[token] = {std::move(consent), now, issued};
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
  return found->second.consent.user_id;
}

const Session* Sessions::look(std::string_view token, SteadyTime now) const {
  const auto found = sessions_.find(token);
  return found == sessions_.end() || now - found->second.begun >= timeout_ ? nullptr : &found->second;
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
  used_up_[found->first] = consent;
  refresh_.erase(found);
  return make_refresh_token(std::move(consent), rng);
}

void Sessions::end_sessions_of(const Consent& consent) {
  std::erase_if(sessions_, [&](const auto& session) { return same_holder(session.second.consent, consent); });
}

bool Sessions::revoke_refresh(std::string_view token) {
  const auto found = refresh_.find(token);
  if (found == refresh_.end()) return false;
  end_sessions_of(found->second);
  refresh_.erase(found);
  return true;
}

void Sessions::revoke_family(std::string_view used_up_token) {
  const auto found = used_up_.find(std::string{used_up_token});
  if (found == used_up_.end()) return;
  std::erase_if(refresh_, [&](const auto& entry) { return same_holder(entry.second, found->second); });
  end_sessions_of(found->second);
}

void Sessions::revoke_all_of(std::string_view user_id) {
  std::erase_if(refresh_, [&](const auto& entry) { return entry.second.user_id == user_id; });
  std::erase_if(sessions_, [&](const auto& session) { return session.second.consent.user_id == user_id; });
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

std::string Sessions::make_device_code(DeviceCode& code, Rng& rng) {
  if (devices_.size() >= kCodesMax) devices_.erase(devices_.begin());
  code.user_code.clear();
  while (code.user_code.size() < 8) code.user_code += "BCDFGHJKLMNPQRSTVWXZ23456789"[rng.below(28)];
  auto secret = "M1pP" + alphanumeric(rng, 60) + "=";
  devices_[secret] = code;
  return secret;
}

DeviceCode* Sessions::device(std::string_view device_code) {
  const auto found = devices_.find(device_code);
  return found == devices_.end() ? nullptr : &found->second;
}

DeviceCode* Sessions::device_by_user_code(std::string_view user_code) {
  for (auto& [secret, device] : devices_)
    if (equals_ignoring_case(device.user_code, user_code)) return &device;
  return nullptr;
}

void Sessions::forget_device(std::string_view device_code) {
  if (const auto found = devices_.find(device_code); found != devices_.end()) devices_.erase(found);
}

}  // namespace casewire::sim::salesforce
