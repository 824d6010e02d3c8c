#include "base/text/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <memory>
#include <optional>
#include <stdexcept>

#include "base/text/encoding.hpp"

namespace casewire {
namespace {

std::string digest(const EVP_MD* kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, kind, nullptr) != 1) {
    throw std::runtime_error("OpenSSL refuses a digest this program needs");
  }
  return {reinterpret_cast<const char*>(out.data()), length};
}

constexpr std::size_t kTagBytes = 16;

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// HMAC-SHA256, set up for the key that its thread used last: to set one up costs several times what a short text does.
/// Source: EVP_MAC(3), "EVP_MAC_init": without a key the context begins again with the one it has.
class KeyedMac {
 public:
  std::string of(std::string_view key, std::string_view bytes) {
    const bool has_key = key_ && equal_in_constant_time(*key_, key);
    std::string mac(32, '\0');
    std::size_t length = 0;
    if (!(has_key ? EVP_MAC_init(context_.get(), nullptr, 0, nullptr) == 1 : takes(key)) ||
        EVP_MAC_update(context_.get(), raw(bytes), bytes.size()) != 1 ||
        EVP_MAC_final(context_.get(), reinterpret_cast<unsigned char*>(mac.data()), &length, mac.size()) != 1) {
      throw std::runtime_error("OpenSSL refuses HMAC-SHA256");
    }
    return mac;
  }

 private:
  static EVP_MAC* algorithm() {
    static const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
    return hmac.get();
  }
  bool takes(std::string_view key) {
    key_.reset();
    char digest[] = "SHA256";
    const OSSL_PARAM with[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    // A null key pointer would mean "the key of the last call".
    if (EVP_MAC_init(context_.get(), key.empty() ? raw("") : raw(key), key.size(), with) != 1) return false;
    key_ = key;
    return true;
  }

  std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context_{EVP_MAC_CTX_new(algorithm()), EVP_MAC_CTX_free};
  std::optional<std::string> key_{};
};

/// Both ways are the same calls. Source: EVP_EncryptInit(3), "AEAD INTERFACE", and its example of GCM.
class AesGcmRun {
 public:
  AesGcmRun(const AesGcm& with, bool encrypts) : context_(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free) {
    if (with.key.size() != kAesKeyBytes || with.nonce.size() != kAesNonceBytes) refuse();
    int length = 0;
    if (!context_ ||
        EVP_CipherInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, raw(with.key), raw(with.nonce), encrypts ? 1 : 0) != 1 ||
        EVP_CipherUpdate(context_.get(), nullptr, &length, raw(with.about), static_cast<int>(with.about.size())) != 1) {
      refuse();
    }
  }
  std::string through(std::string_view text) {
    std::string result(text.size(), '\0');
    int length = 0;
    if (!text.empty() && EVP_CipherUpdate(context_.get(), reinterpret_cast<unsigned char*>(result.data()), &length, raw(text),
                                          static_cast<int>(text.size())) != 1) {
      refuse();
    }
    return result;
  }
  std::string tag() {
    std::string tag(kTagBytes, '\0');
    if (!ends() || EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) != 1) refuse();
    return tag;
  }
  bool is_whole(std::string tag) {
    return EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 && ends();
  }

 private:
  bool ends() {
    unsigned char none[kTagBytes];
    int length = 0;
    return EVP_CipherFinal_ex(context_.get(), none, &length) == 1;
  }
  [[noreturn]] static void refuse() { throw std::runtime_error("OpenSSL refuses AES-256-GCM"); }

  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) { return digest(EVP_sha256(), bytes); }

std::string md5(std::string_view bytes) { return digest(EVP_md5(), bytes); }

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  thread_local KeyedMac mac;
  return mac.of(key, bytes);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string aes_256_gcm_sealed(std::string_view text, const AesGcm& with) {
  AesGcmRun run(with, /*encrypts=*/true);
  auto sealed = run.through(text);
  return sealed + run.tag();
}

std::optional<std::string> aes_256_gcm_opened(std::string_view sealed, const AesGcm& with) {
  if (sealed.size() < kTagBytes) return std::nullopt;
  AesGcmRun run(with, /*encrypts=*/false);
  auto text = run.through(sealed.substr(0, sealed.size() - kTagBytes));
  if (!run.is_whole(std::string(sealed.substr(sealed.size() - kTagBytes)))) return std::nullopt;
  return text;
}

std::string webhook_key(std::string_view secret) {
  constexpr std::string_view kPrefix = "whsec_";
  if (!secret.starts_with(kPrefix)) return std::string{secret};
  auto bytes = decode_base64(secret.substr(kPrefix.size()));
  return bytes && !bytes->empty() ? *std::move(bytes) : std::string{secret};
}

}  // namespace casewire
