#include "base/http/body_decoder.hpp"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <new>
#include <optional>

#include "base/text/strings.hpp"

namespace casewire::http {

/// A stream of one coding.
class BodyDecoder::Unpacker {
 public:
  using Buffer = std::array<char, 16 * 1024>;

  virtual ~Unpacker() = default;
  Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Takes what it can from the front of `packed` and puts as much as there is room for into `out`. How many bytes it put; nullopt: that is not
  /// what it should be.
  virtual std::optional<std::size_t> unpack(std::string_view& packed, Buffer& out) = 0;
  /// More may come out without anything going in.
  virtual bool has_more() const = 0;
  /// It stopped where it may stop: nothing has begun, or all has ended.
  virtual bool is_whole() const = 0;
};

class BodyDecoder::Inflater final : public Unpacker {
 public:
  explicit Inflater(Coding coding) : has_several_members_(coding == Coding::gzip) {
    constexpr int kGzipWindow = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, coding == Coding::gzip ? kGzipWindow : MAX_WBITS) != Z_OK) {
      throw std::bad_alloc{};
    }
  }
  ~Inflater() override { inflateEnd(&stream_); }

  std::optional<std::size_t> unpack(std::string_view& packed, Buffer& out) override {
    if (has_ended_) {
      if (!has_several_members_ || inflateReset(&stream_) != Z_OK) {
        return std::nullopt;
      }
      has_ended_ = false;
    }
    // As RFC 9110 remembers, some send deflate without the zlib format around it, whose first byte names the method 8.
    const bool is_bare = !has_begun_ && !has_several_members_ && !packed.empty() && (packed.front() & 0x0F) != Z_DEFLATED;
    if (is_bare && inflateReset2(&stream_, -MAX_WBITS) != Z_OK) {
      return std::nullopt;
    }
    has_begun_ = true;
    const auto piece = std::min<std::size_t>(packed.size(), std::numeric_limits<uInt>::max());
    // zlib's interface predates const; next_in is only read.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(piece);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return std::nullopt;
    }
    packed.remove_prefix(piece - stream_.avail_in);
    has_ended_ = code == Z_STREAM_END;
    return out.size() - stream_.avail_out;
  }
  bool has_more() const override { return has_begun_ && !has_ended_ && stream_.avail_out == 0; }
  bool is_whole() const override { return !has_begun_ || has_ended_; }

 private:
  const bool has_several_members_;
  z_stream stream_{};
  bool has_begun_ = false;
  bool has_ended_ = false;  ///< behind the trailer of a member
};

class BodyDecoder::BrotliUnpacker final : public Unpacker {
 public:
  BrotliUnpacker() {
    if (!state_) {
      throw std::bad_alloc{};
    }
  }

  std::optional<std::size_t> unpack(std::string_view& packed, Buffer& out) override {
    if (BrotliDecoderIsFinished(state_.get())) {
      return std::nullopt;  // bytes behind the end
    }
    std::size_t bytes = packed.size(), room = out.size();
    const auto* next = reinterpret_cast<const std::uint8_t*>(packed.data());
    auto* into = reinterpret_cast<std::uint8_t*>(out.data());
    if (BrotliDecoderDecompressStream(state_.get(), &bytes, &next, &room, &into, nullptr) == BROTLI_DECODER_RESULT_ERROR) {
      return std::nullopt;
    }
    packed.remove_prefix(packed.size() - bytes);
    return out.size() - room;
  }
  bool has_more() const override { return BrotliDecoderHasMoreOutput(state_.get()) != 0; }
  bool is_whole() const override { return !BrotliDecoderIsUsed(state_.get()) || BrotliDecoderIsFinished(state_.get()); }

 private:
  struct Destroy {
    void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
  };
  std::unique_ptr<BrotliDecoderState, Destroy> state_{BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)};
};

BodyDecoder::Coding BodyDecoder::coding_named(std::string_view content_encoding) {
  const auto name = lowercase(trimmed(content_encoding));
  if (name.empty() || name == "identity") {
    return Coding::identity;
  }
  if (name == "gzip" || name == "x-gzip") {
    return Coding::gzip;
  }
  if (name == "br") {
    return Coding::brotli;
  }
  return name == "deflate" ? Coding::deflate : Coding::unknown;
}

BodyDecoder::BodyDecoder(Coding coding, std::size_t bytes_max) : bytes_max_(bytes_max) {
  if (coding == Coding::gzip || coding == Coding::deflate) {
    unpacker_ = std::make_unique<Inflater>(coding);
  } else if (coding == Coding::brotli) {
    unpacker_ = std::make_unique<BrotliUnpacker>();
  }
}
BodyDecoder::~BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder&&) noexcept = default;
BodyDecoder& BodyDecoder::operator=(BodyDecoder&&) noexcept = default;

BodyDecoder::Outcome BodyDecoder::append(std::string_view encoded) {
  if (!unpacker_) {
    if (encoded.size() > bytes_max_ - body_.size()) {
      return Outcome::too_long;
    }
    body_.append(encoded);
    return Outcome::good;
  }
  Unpacker::Buffer out;
  while (!encoded.empty() || unpacker_->has_more()) {
    const auto unpacked = unpacker_->unpack(encoded, out);
    if (!unpacked) {
      return Outcome::malformed;
    }
    if (*unpacked > bytes_max_ - body_.size()) {
      return Outcome::too_long;
    }
    body_.append(out.data(), *unpacked);
  }
  return Outcome::good;
}

BodyDecoder::Outcome BodyDecoder::finish() { return unpacker_ && !unpacker_->is_whole() ? Outcome::malformed : Outcome::good; }

}  // namespace casewire::http
