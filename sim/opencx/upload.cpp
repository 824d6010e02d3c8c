#include "sim/opencx/upload.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kBoundaryMax = 70;  // RFC 2046
constexpr std::size_t kPartsMax = 16;

/// The value of `name` in `form-data; name="file"; filename="a;b.png"`. Quoted strings may hold anything.
std::string header_parameter(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at != std::string_view::npos) {
    const auto begin = header.find_first_not_of("; \t", at);
    const auto equals = begin == std::string_view::npos ? begin : header.find('=', begin);
    if (equals == std::string_view::npos) return {};
    const bool is_wanted = equals_ignoring_case(trimmed(header.substr(begin, equals - begin)), name);
    std::string value;
    auto end = equals + 1;
    if (end < header.size() && header[end] == '"') {
      for (++end; end < header.size() && header[end] != '"'; ++end) {
        if (header[end] == '\\' && end + 1 < header.size()) ++end;
        value += header[end];
      }
    } else {
      end = std::min(header.find(';', end), header.size());
      value = trimmed(header.substr(equals + 1, end - equals - 1));
    }
    if (is_wanted) return value;
    at = header.find(';', end);
  }
  return {};
}

}  // namespace

Result<StoredFile, std::string> uploaded_file(const http::Request& request) {
  const auto type = request.headers.find("content-type");
  if (!type || !lowercase(*type).starts_with("multipart/form-data")) return fail(std::string{"expected multipart/form-data"});
  const std::string boundary = header_parameter(*type, "boundary");
  if (boundary.empty() || boundary.size() > kBoundaryMax) return fail(std::string{"the boundary is missing or too long"});
  const std::string dashes = "--" + boundary;
  const std::string_view body = request.body;
  std::optional<StoredFile> found;
  auto at = body.find(dashes);
  for (std::size_t part = 0; at != std::string_view::npos && part < kPartsMax; ++part) {
    at += dashes.size();
    if (!body.substr(at).starts_with("\r\n")) break;
    const auto end = body.find("\r\n" + dashes, at);
    if (end == std::string_view::npos) return fail(std::string{"the multipart body is not complete"});
    const auto text = body.substr(at + 2, end > at + 2 ? end - at - 2 : 0);
    const auto blank = text.find("\r\n\r\n");
    StoredFile file;
    std::string field;
    for (const auto line : split(text.substr(0, blank), '\n')) {
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      const auto value = trimmed(line.substr(colon + 1));
      if (equals_ignoring_case(trimmed(line.substr(0, colon)), "Content-Disposition")) {
        field = header_parameter(value, "name");
        file.name = header_parameter(value, "filename");
      } else if (equals_ignoring_case(trimmed(line.substr(0, colon)), "Content-Type")) {
        file.media_type = lowercase(value);
      }
    }
    // Without a file name a part is a field of the form, whatever it is called.
    if (field == "file" && !file.name.empty() && blank != std::string_view::npos) {
      if (found) return fail(std::string{"expected one file"});
      file.content = text.substr(blank + 4);
      if (file.content.size() > kUploadBytesMax) return fail(std::string{"the file is larger than 5 MB"});
      if (file.media_type.empty()) file.media_type = "application/octet-stream";
      found = std::move(file);
    }
    at = end + 2;
  }
  if (!found) return fail(std::string{"expected a file as the part \"file\""});
  return std::move(*found);
}

std::string image_type(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
  return {};
}

}  // namespace casewire::sim::opencx
