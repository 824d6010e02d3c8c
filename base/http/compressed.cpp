#include "base/http/compressed.hpp"

#include <zlib.h>

#include <new>

#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

bool takes_gzip(const Request& request) {
  const auto accepted = request.headers.find("Accept-Encoding");
  if (!accepted) return false;
  for (const auto coding : split(*accepted, ',')) {
    const auto semicolon = coding.find(';');
    if (!equals_ignoring_case(trimmed(coding.substr(0, semicolon)), "gzip")) continue;
    const auto weight = semicolon == std::string_view::npos ? std::string_view{} : trimmed(coding.substr(semicolon + 1));
    return weight.find_first_not_of("q=0. ") != std::string_view::npos || weight.empty();
  }
  return false;
}

std::string gzip(const std::string& plain) {
  constexpr int kGzipWindow = 16 + MAX_WBITS, kMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc{};
  std::string coded(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // the library reads it only
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(coded.data());
  stream.avail_out = static_cast<uInt>(coded.size());
  deflate(&stream, Z_FINISH);
  coded.resize(stream.total_out);
  deflateEnd(&stream);
  return coded;
}

}  // namespace

Response compressed(Response response, const Request& request) {
  if (response.body.empty() || response.headers.find("Content-Encoding") || !takes_gzip(request)) return response;
  response.body = gzip(response.body);
  response.headers.set("Content-Encoding", "gzip");
  response.headers.set("Vary", "Accept-Encoding");
  return response;
}

}  // namespace casewire::http
