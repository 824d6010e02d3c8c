#pragma once
// A file that comes as multipart/form-data (RFC 7578), in the part named "file".

#include <string>

#include "base/http/message.hpp"
#include "base/text/result.hpp"
#include "sim/opencx/session.hpp"

namespace casewire::sim::opencx {

inline constexpr std::size_t kUploadBytesMax = 5u << 20;  // docs.open.cx api-reference/media/upload, and the widget

/// The file with its name and declared type, or what is wrong with the request.
Result<StoredFile, std::string> uploaded_file(const http::Request& request);

/// "image/png" and its like by the first bytes; empty for anything but PNG, JPEG, GIF and WebP.
std::string image_type(std::string_view bytes);

}  // namespace casewire::sim::opencx
