#pragma once
// Undoes a Content-Encoding piece by piece and counts what comes out, so that a bomb is stopped at the limit and never costs more
// memory than that. Knows gzip (RFC 1952, several members too), deflate (RFC 9110 section 8.4.1.2: the zlib format, or bare) and br (RFC 7932).

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace casewire::http {

class BodyDecoder {
 public:
  enum class Coding { identity, gzip, deflate, brotli, unknown };
  enum class Outcome { good, too_long, malformed };

  static Coding coding_named(std::string_view content_encoding);

  BodyDecoder(Coding coding, std::size_t bytes_max);
  ~BodyDecoder();
  BodyDecoder(BodyDecoder&&) noexcept;
  BodyDecoder& operator=(BodyDecoder&&) noexcept;

  Outcome append(std::string_view encoded);
  /// No more comes. A compressed body that stops in the middle is malformed; one of no bytes at all is empty.
  Outcome finish();
  std::string take() { return std::move(body_); }
  void reserve(std::size_t bytes) { body_.reserve(bytes); }

 private:
  class Unpacker;
  class Inflater;
  class BrotliUnpacker;
  std::unique_ptr<Unpacker> unpacker_;  ///< null: identity
  std::size_t bytes_max_;
  std::string body_;
};

}  // namespace casewire::http
