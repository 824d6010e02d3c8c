#include "bridge/salesforce/keyring.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "bridge/salesforce/sealed.hpp"

namespace casewire::bridge::salesforce {
namespace {

constexpr std::string_view kScheme = "aes256gcm:";
constexpr std::string_view kOfTheSettings = "key-", kOfTheApp = "app-";
/// How Salesforce's refresh tokens begin.
constexpr std::string_view kPlainToken = "5Aep";

/// Tells keys apart and nothing of them.
std::string id_of(std::string_view kind, std::string_view key) {
  constexpr std::size_t kLength = 8;
  return std::string(kind) + hex(hmac_sha256(key, "casewire sealed: key id")).substr(0, kLength);
}

std::string fresh_nonce(Rng& rng) {
  constexpr std::size_t kDrawnBytes = sizeof rng.next();
  std::string nonce;
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < kAesNonceBytes; ++i, drawn >>= 8) {
    if (i % kDrawnBytes == 0) drawn = rng.next();
    nonce += static_cast<char>(drawn & 0xFF);
  }
  return nonce;
}

}  // namespace

Keyring::Keyring(const Config& config) : owner_(config.salesforce.client_id), app_secret_(config.salesforce.client_secret) {
  for (const auto& key : config.encryption_keys) {
    auto bytes = encryption_key_bytes(key).value_or("");
    keys_.push_back({id_of(kOfTheSettings, bytes), std::move(bytes)});
  }
  auto of_the_app = hmac_sha256(app_secret_, "casewire sealed: aes-256-gcm");
  keys_.push_back({id_of(kOfTheApp, of_the_app), std::move(of_the_app)});
}

std::string Keyring::seal(std::string_view text, std::string_view about, Rng& rng) const {
  const Key& key = keys_.front();
  const auto nonce = fresh_nonce(rng);
  const auto head = std::string(kScheme) + key.id + ":";
  return head + base64(nonce + aes_256_gcm_sealed(text, {key.bytes, nonce, head + owner_ + "\n" + std::string(about)}));
}

Result<Keyring::Opened, Keyring::Closed> Keyring::open(std::string_view seal, std::string_view about) const {
  if (!seal.starts_with(kScheme)) {
    if (seal.starts_with(kPlainToken)) return Opened{std::string(seal)};
    if (auto text = unsealed(seal, app_secret_)) return Opened{std::move(*text)};
    return fail(Closed{"the client secret has changed"});
  }
  const auto id_end = seal.find(':', kScheme.size());
  const auto id = seal.substr(kScheme.size(), id_end == std::string_view::npos ? id_end : id_end - kScheme.size());
  const bool needs_a_key = id.starts_with(kOfTheSettings);
  const auto key = std::find_if(keys_.begin(), keys_.end(), [&](const Key& one) { return one.id == id; });
  if (key == keys_.end()) {
    if (!needs_a_key) return fail(Closed{"the client secret has changed"});
    return fail(Closed{"it is sealed with " + std::string(id) + ", which encryption_key does not hold any more", true});
  }
  const auto bytes = decode_base64(seal.substr(id_end + 1));
  const Closed damaged{"it was sealed for another client_id, or is damaged, or was put there from elsewhere", needs_a_key};
  if (id_end == std::string_view::npos || !bytes || bytes->size() < kAesNonceBytes) return fail(damaged);
  const auto head = std::string(seal.substr(0, id_end + 1));
  auto text = aes_256_gcm_opened(std::string_view(*bytes).substr(kAesNonceBytes),
                                 {key->bytes, bytes->substr(0, kAesNonceBytes), head + owner_ + "\n" + std::string(about)});
  if (!text) return fail(damaged);
  return Opened{std::move(*text), key == keys_.begin()};
}

}  // namespace casewire::bridge::salesforce
