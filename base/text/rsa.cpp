#include "base/text/rsa.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace casewire {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Bio reader(std::string_view text) { return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))}; }

Key public_key(std::string_view pem) {
  if (Key key{PEM_read_bio_PUBKEY(reader(pem).get(), nullptr, nullptr, nullptr)}) return key;
  const Certificate certificate{PEM_read_bio_X509(reader(pem).get(), nullptr, nullptr, nullptr)};
  return Key{certificate ? X509_get_pubkey(certificate.get()) : nullptr};
}

Key private_key(std::string_view der) {
  const auto* at = bytes_of(der);
  return Key{d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()))};
}

std::string number_of(const Key& key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key.get(), name, &raw) != 1) return {};
  const Number number{raw};
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

}  // namespace

bool is_rs256_signature(std::string_view pem, std::string_view message, std::string_view signature) {
  const auto key = public_key(pem);
  const Digest digest{EVP_MD_CTX_new()};
  return key && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

std::optional<std::string> rs256_signature(std::string_view key_der, std::string_view message) {
  const auto key = private_key(key_der);
  const Digest digest{EVP_MD_CTX_new()};
  std::size_t length = 0;
  if (!key || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &length, bytes_of(message), message.size()) != 1)
    return std::nullopt;
  std::string signature(length, '\0');
  if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes_of(message),
                     message.size()) != 1)
    return std::nullopt;
  signature.resize(length);
  return signature;
}

std::optional<RsaPublicKey> rsa_public_key(std::string_view key_der) {
  const auto key = private_key(key_der);
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
  return RsaPublicKey{number_of(key, OSSL_PKEY_PARAM_RSA_N), number_of(key, OSSL_PKEY_PARAM_RSA_E)};
}

}  // namespace casewire
