#include "base/http/message.hpp"

#include <algorithm>
#include <utility>

#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

/// Where the path begins in `target`: behind "scheme://authority" of an absolute target, else at 0.
std::size_t authority_end(std::string_view target) {
  if (target.starts_with('/')) {
    return 0;
  }
  const auto scheme = target.find("://");
  if (scheme == std::string_view::npos || target.substr(0, scheme).find_first_of("/?#") != std::string_view::npos) {
    return 0;
  }
  return std::min(target.find_first_of("/?#", scheme + 3), target.size());
}

}  // namespace

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& header : headers_) {
    if (equals_ignoring_case(header.name, name)) {
      return header.value;
    }
  }
  return std::nullopt;
}

void Headers::set(std::string_view name, std::string value) {
  const auto same = [&](const Header& header) { return equals_ignoring_case(header.name, name); };
  const auto first = std::find_if(headers_.begin(), headers_.end(), same);
  if (first == headers_.end()) {
    add(std::string{name}, std::move(value));
    return;
  }
  first->value = std::move(value);
  headers_.erase(std::remove_if(first + 1, headers_.end(), same), headers_.end());
}

void Headers::remove(std::string_view name) {
  std::erase_if(headers_, [&](const Header& header) { return equals_ignoring_case(header.name, name); });
}

std::string_view Request::path() const {
  const auto rest = std::string_view{target}.substr(authority_end(target));
  return rest.substr(0, std::min(rest.find('?'), rest.find('#')));
}

std::string_view Request::query() const {
  const auto whole = std::string_view{target}.substr(0, target.find('#'));
  const auto mark = whole.find('?');
  return mark == std::string_view::npos ? std::string_view{} : whole.substr(mark + 1);
}

std::string_view Request::origin() const { return std::string_view{target}.substr(0, authority_end(target)); }

std::string_view reason_phrase(int status) {
  // clang-format off
  static constexpr std::pair<int, std::string_view> kPhrases[] = {
      {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
      {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"},
      {204, "No Content"}, {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"},
      {208, "Already Reported"}, {226, "IM Used"},
      {300, "Multiple Choices"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"},
      {304, "Not Modified"}, {305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
      {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"},
      {404, "Not Found"}, {405, "Method Not Allowed"}, {406, "Not Acceptable"},
      {407, "Proxy Authentication Required"}, {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"},
      {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
      {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"}, {417, "Expectation Failed"},
      {421, "Misdirected Request"}, {422, "Unprocessable Content"}, {423, "Locked"}, {424, "Failed Dependency"},
      {425, "Too Early"}, {426, "Upgrade Required"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"},
      {500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"},
      {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"}, {506, "Variant Also Negotiates"},
      {507, "Insufficient Storage"}, {508, "Loop Detected"}, {511, "Network Authentication Required"},
  };
  // clang-format on
  const auto* const found = std::lower_bound(std::begin(kPhrases), std::end(kPhrases), status,
                                             [](const auto& row, int wanted) { return row.first < wanted; });
  return found != std::end(kPhrases) && found->first == status ? found->second : std::string_view{"Unknown"};
}

}  // namespace casewire::http
