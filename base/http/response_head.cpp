#include "base/http/response_head.hpp"

#include <algorithm>
#include <charconv>

#include "base/http/outgoing.hpp"
#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<int> status_of(std::string_view text) {
  const auto line = text.substr(0, text.find(kLineEnd));
  if (line.size() == text.size() || !(line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 "))) {
    return std::nullopt;
  }
  const auto code = line.substr(9, 3);
  if (code.size() != 3 || !is_digits(code) || code.front() == '0' || (line.size() > 12 && line[12] != ' ')) {
    return std::nullopt;
  }
  return (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
}

std::optional<ResponseHead> parse_response_head(std::string_view text) {
  const auto status = status_of(text);
  if (!status) {
    return std::nullopt;
  }
  ResponseHead head{.status = *status, .minor_version = text[7] - '0'};
  text.remove_prefix(text.find(kLineEnd) + 2);
  while (!text.starts_with(kLineEnd)) {
    const auto end = text.find(kLineEnd);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const auto line = text.substr(0, end);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return std::nullopt;
    }
    const auto value = trimmed(line.substr(colon + 1));
    if (!is_field_value(value)) {
      return std::nullopt;
    }
    head.headers.add(std::string{line.substr(0, colon)}, std::string{value});
    text.remove_prefix(end + 2);
  }
  return head;
}

std::optional<Framing> framing_of(const ResponseHead& head, std::string_view method) {
  std::optional<std::uint64_t> length;
  std::optional<std::string_view> coding;
  for (const auto& [name, value] : head.headers) {
    if (equals_ignoring_case(name, "Content-Length")) {
      std::uint64_t read = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
      if (!is_digits(value) || error != std::errc{} || end != value.data() + value.size() || (length && *length != read)) {
        return std::nullopt;
      }
      length = read;
    } else if (equals_ignoring_case(name, "Transfer-Encoding")) {
      if (coding || !equals_ignoring_case(value, "chunked")) {
        return std::nullopt;
      }
      coding = value;
    }
  }
  if (method == "HEAD" || head.status == 204 || head.status == 304) {
    return Framing{};
  }
  if (coding) {
    return Framing{.kind = Framing::Kind::chunked, .ambiguous = length.has_value()};
  }
  if (length) {
    return Framing{.kind = *length == 0 ? Framing::Kind::empty : Framing::Kind::length, .length = *length};
  }
  return Framing{.kind = Framing::Kind::until_close};
}

}  // namespace casewire::http
