#include "scenarios/tape/media_type.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

std::string MediaType::parameter(const std::string& name_in_lower_case) const {
  const auto found = parameters.find(name_in_lower_case);
  return found == parameters.end() ? std::string() : found->second;
}

MediaType read_media_type(std::string_view header) {
  MediaType type;
  std::size_t at = std::min(header.find(';'), header.size());
  type.name = lowercase(trimmed(header.substr(0, at)));
  while (at < header.size()) {
    const std::size_t equals = header.find_first_of("=;", at + 1);
    if (equals == std::string_view::npos || header[equals] == ';') {
      at = std::min(equals, header.size());
      continue;
    }
    const std::string name = lowercase(trimmed(header.substr(at + 1, equals - at - 1)));
    std::size_t begin = header.find_first_not_of(" \t", equals + 1);
    std::string value;
    if (begin != std::string_view::npos && header[begin] == '"') {
      for (++begin; begin < header.size() && header[begin] != '"'; ++begin) {
        if (header[begin] == '\\' && begin + 1 < header.size()) ++begin;
        value += header[begin];
      }
      at = std::min(header.find(';', begin), header.size());
    } else {
      at = std::min(header.find(';', equals), header.size());
      value = trimmed(header.substr(equals + 1, at - equals - 1));
    }
    type.parameters[name] = value;
  }
  return type;
}

MediaType media_type_of(const http::Headers& headers) { return read_media_type(headers.find("content-type").value_or("")); }

}  // namespace casewire::scenarios
