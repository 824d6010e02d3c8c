#include "sim/opencx/rest_media.hpp"

#include "sim/opencx/upload.hpp"

namespace casewire::sim::opencx {

http::Response upload_media(Desk& desk, const PlatformOptions& options, const Call& call) {
  StoredFile file = call.files.at(0);
  const std::string type = image_type(file.content);
  if (type.empty()) return error_response(400, "Only PNG, JPEG, GIF and WebP images can be uploaded");
  file.media_type = type;
  const std::string id = desk.keep_upload(std::move(file));
  return json_response(201, {{"id", id}, {"url", options.base_url + "/media/" + id}});
}

}  // namespace casewire::sim::opencx
