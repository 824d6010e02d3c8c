#include "sim/salesforce/api/multipart.hpp"

#include <optional>
#include <vector>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kPartsMax = 16;
constexpr std::size_t kBoundaryMax = 70;  // RFC 2046

struct Part {
  std::string name, file_name, type;
  std::string_view content;
};

// The value of `name` in a header such as `form-data; name="x"; filename="a.pdf"`.
std::string parameter(std::string_view header, std::string_view name) {
  for (const auto piece : split(header, ';')) {
    const auto equals = piece.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(trimmed(piece.substr(0, equals)), name)) continue;
    auto value = trimmed(piece.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return std::string{value};
  }
  return {};
}

Part read_part(std::string_view text) {
  Part part;
  const auto blank = text.find("\r\n\r\n");
  for (const auto line : split(text.substr(0, blank), '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
    if (equals_ignoring_case(name, "Content-Disposition")) {
      part.name = parameter(value, "name");
      part.file_name = parameter(value, "filename");
    } else if (equals_ignoring_case(name, "Content-Type")) {
      part.type = std::string{value};
    }
  }
  if (blank != std::string_view::npos) part.content = text.substr(blank + 4);
  return part;
}

std::optional<std::vector<Part>> read_parts(std::string_view body, const std::string& boundary) {
  const auto dashes = "--" + boundary;
  std::vector<Part> parts;
  auto at = body.find(dashes);
  while (at != std::string_view::npos) {
    at += dashes.size();
    if (body.substr(at).starts_with("--")) return parts;
    if (!body.substr(at).starts_with("\r\n") || parts.size() == kPartsMax) return std::nullopt;
    at += 2;
    const auto end = body.find("\r\n" + dashes, at);
    if (end == std::string_view::npos) return std::nullopt;
    parts.push_back(read_part(body.substr(at, end - at)));
    at = end + 2;
  }
  return std::nullopt;
}

SaveError unreadable(std::string why) { return request_error("JSON_PARSER_ERROR", std::move(why)); }

}  // namespace

bool is_multipart(std::string_view content_type) {
  return equals_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data");
}

Result<Json, SaveError> read_multipart_row(std::string_view body, std::string_view content_type, const SObjectType& type) {
  const auto boundary = parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > kBoundaryMax)
    return fail(unreadable("the multipart boundary is missing or too long"));
  const auto parts = read_parts(body, boundary);
  if (!parts) return fail(unreadable("the multipart body is not complete"));
  Json fields;
  const Part* bytes = nullptr;
  for (const auto& part : *parts) {
    const auto* field = type.field(part.name);
    if (field && field->type == FieldType::base64) {
      if (part.file_name.empty()) return fail(unreadable("the part " + part.name + " has no file name"));
      bytes = &part;
    } else {
      auto json = parse_json(part.content);
      if (!json || !json->is_object()) return fail(unreadable("the part " + part.name + " is no JSON object"));
      fields = std::move(*json);
    }
  }
  if (!fields.is_object())
    return fail(request_error("INVALID_MULTIPART_REQUEST", "Multipart message must include a non-binary part"));
  if (!bytes) return fail(unreadable("a multipart insert needs a binary part"));
  fields[bytes->name] = base64(bytes->content);
  return fields;
}

}  // namespace casewire::sim::salesforce
