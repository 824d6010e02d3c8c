#include "base/http/certificate.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace casewire::http {
namespace {

struct Free {
  void operator()(BIO* file) const { BIO_free(file); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

WallTime wall_time(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::from_time_t(::timegm(&parts)));
}

}  // namespace

Result<Validity, std::string> validity_of(const std::string& pem_file) {
  const std::unique_ptr<BIO, Free> file(BIO_new_file(pem_file.c_str(), "r"));
  if (!file) return fail("cannot read " + pem_file);
  const std::unique_ptr<X509, Free> certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
  if (!certificate) return fail(pem_file + " holds no certificate in PEM");
  return Validity{wall_time(X509_get0_notBefore(certificate.get())), wall_time(X509_get0_notAfter(certificate.get()))};
}

}  // namespace casewire::http
