#pragma once
// Throw-away certificates for tests, written as PEM files into a directory that goes with this object.

#include <filesystem>
#include <string>

#include "base/http/socket_server.hpp"

namespace casewire::http {

/// An authority of its own, and one server certificate from it, valid for 127.0.0.1 or, if told so, for another name only.
class Certificates {
 public:
  explicit Certificates(const std::string& alternative_name = "IP:127.0.0.1");
  ~Certificates();
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;

  std::string ca_file() const { return (directory_ / "ca.pem").string(); }
  TlsFiles server() const { return {(directory_ / "server.pem").string(), (directory_ / "server.key").string()}; }

 private:
  std::filesystem::path directory_;
};

}  // namespace casewire::http
