#include "base/http/chunked_body.hpp"

#include <algorithm>
#include <charconv>

namespace casewire::http {
namespace {

/// Enough for all extensions and trailers of an answer that means well, and for one line of either.
constexpr std::size_t kDroppedMax = 16 * 1024;

}  // namespace

std::size_t ChunkedBody::decode(std::string_view coded, std::string& body) {
  std::size_t used = 0;
  while (state_ == State::unfinished && used < coded.size()) {
    const auto rest = coded.substr(used);
    if (part_ == Part::data) {
      const auto piece = rest.substr(0, std::min<std::uint64_t>(rest.size(), data_left_));
      body.append(piece);
      used += piece.size();
      data_left_ -= piece.size();
      part_ = data_left_ == 0 ? Part::data_end : Part::data;
      continue;
    }
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) {
      if (rest.size() > kDroppedMax) {
        state_ = State::malformed;
      }
      break;
    }
    take_line(rest.substr(0, end));
    used += end + 2;
  }
  return used;
}

void ChunkedBody::take_line(std::string_view line) {
  if (part_ == Part::data_end) {
    part_ = Part::size;
    state_ = line.empty() ? State::unfinished : State::malformed;
    return;
  }
  if (part_ == Part::trailer) {
    dropped_ += line.size();
    state_ = line.empty() ? State::complete : dropped_ > kDroppedMax ? State::malformed : State::unfinished;
    return;
  }
  const auto [behind, error] = std::from_chars(line.data(), line.data() + line.size(), data_left_, 16);
  const auto extension = line.substr(static_cast<std::size_t>(behind - line.data()));
  dropped_ += extension.size();
  // A blank before the semicolon is "bad" white space, which a recipient must understand all the same.
  const auto mark = extension.find_first_not_of(" \t");
  if (error != std::errc{} || (mark != std::string_view::npos && extension[mark] != ';') || dropped_ > kDroppedMax) {
    state_ = State::malformed;
  }
  part_ = data_left_ == 0 ? Part::trailer : Part::data;
}

}  // namespace casewire::http
