#include "base/http/body_decoder.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

#include "base/text/strings.hpp"

namespace casewire::http {

struct BodyDecoder::Inflater {
  explicit Inflater(Coding coding) {
    constexpr int kGzipWindow = 16 + MAX_WBITS;
    if (inflateInit2(&stream, coding == Coding::gzip ? kGzipWindow : MAX_WBITS) != Z_OK) {
      throw std::bad_alloc{};
    }
    several_members = coding == Coding::gzip;
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream stream{};
  bool several_members = false;
  bool begun = false;
  bool ended = false;  ///< behind the trailer of a member
};

BodyDecoder::Coding BodyDecoder::coding_named(std::string_view content_encoding) {
  const auto name = lowercase(trimmed(content_encoding));
  if (name.empty() || name == "identity") {
    return Coding::identity;
  }
  if (name == "gzip" || name == "x-gzip") {
    return Coding::gzip;
  }
  return name == "deflate" ? Coding::deflate : Coding::unknown;
}

BodyDecoder::BodyDecoder(Coding coding, std::size_t bytes_max)
    : inflater_(coding == Coding::gzip || coding == Coding::deflate ? std::make_unique<Inflater>(coding) : nullptr),
      bytes_max_(bytes_max) {}
BodyDecoder::~BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder&&) noexcept = default;
BodyDecoder& BodyDecoder::operator=(BodyDecoder&&) noexcept = default;

BodyDecoder::Outcome BodyDecoder::append(std::string_view encoded) {
  if (!inflater_) {
    if (encoded.size() > bytes_max_ - body_.size()) {
      return Outcome::too_long;
    }
    body_.append(encoded);
    return Outcome::good;
  }
  auto& stream = inflater_->stream;
  std::array<char, 16 * 1024> out;
  while (!encoded.empty()) {
    if (inflater_->ended) {
      if (!inflater_->several_members || inflateReset(&stream) != Z_OK) {
        return Outcome::malformed;
      }
      inflater_->ended = false;
    }
    inflater_->begun = true;
    const auto piece = std::min<std::size_t>(encoded.size(), std::numeric_limits<uInt>::max());
    // zlib's interface predates const; next_in is only read.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(encoded.data()));
    stream.avail_in = static_cast<uInt>(piece);
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int code = inflate(&stream, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return Outcome::malformed;
      }
      const auto produced = out.size() - stream.avail_out;
      if (produced > bytes_max_ - body_.size()) {
        return Outcome::too_long;
      }
      body_.append(out.data(), produced);
      inflater_->ended = code == Z_STREAM_END;
    } while (!inflater_->ended && (stream.avail_in > 0 || stream.avail_out == 0));
    encoded.remove_prefix(piece - stream.avail_in);
  }
  return Outcome::good;
}

BodyDecoder::Outcome BodyDecoder::finish() {
  return inflater_ && inflater_->begun && !inflater_->ended ? Outcome::malformed : Outcome::good;
}

}  // namespace casewire::http
