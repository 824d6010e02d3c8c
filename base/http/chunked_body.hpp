#pragma once
// Takes the chunked transfer coding off the body of an answer, piece by piece as it comes (RFC 9112 section 7.1). Chunk extensions
// and trailers are dropped. Internal to base/http.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace casewire::http {

class ChunkedBody {
 public:
  enum class State { unfinished, complete, malformed };

  /// Appends to `body` what `coded` holds of it. Returns how many bytes were used up; the rest must come again, with more behind it.
  std::size_t decode(std::string_view coded, std::string& body);
  State state() const { return state_; }

 private:
  enum class Part { size, data, data_end, trailer };
  void take_line(std::string_view line);

  State state_ = State::unfinished;
  Part part_ = Part::size;
  std::uint64_t data_left_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace casewire::http
