#include "tests/unit/base/http/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace casewire::http {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using File = std::unique_ptr<std::FILE, Free>;

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free> extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  X509_add_ext(certificate, extension.get(), -1);
}

Certificate unsigned_certificate(EVP_PKEY* key, const char* name, long serial) {
  Certificate certificate{X509_new()};
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

File opened(const std::filesystem::path& path) { return File{std::fopen(path.c_str(), "w")}; }

}  // namespace

Certificates::Certificates(const std::string& alternative_name) {
  auto pattern = (std::filesystem::temp_directory_path() / "casewire-tls-XXXXXX").string();
  directory_ = ::mkdtemp(pattern.data());
  const Key ca_key{EVP_EC_gen("P-256")};
  const Key server_key{EVP_EC_gen("P-256")};
  const auto ca = unsigned_certificate(ca_key.get(), "Test authority", 1);
  X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
  add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(ca.get(), ca_key.get(), EVP_sha256());
  const auto server = unsigned_certificate(server_key.get(), "Test server", 2);
  X509_set_issuer_name(server.get(), X509_get_subject_name(ca.get()));
  add_extension(server.get(), ca.get(), NID_subject_alt_name, alternative_name);
  X509_sign(server.get(), ca_key.get(), EVP_sha256());
  PEM_write_X509(opened(directory_ / "ca.pem").get(), ca.get());
  PEM_write_X509(opened(directory_ / "server.pem").get(), server.get());
  PEM_write_PrivateKey(opened(directory_ / "server.key").get(), server_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
}

Certificates::~Certificates() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace casewire::http
