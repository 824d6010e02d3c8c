#pragma once
// POST /media/upload: pictures for rich text, at a permanent address. Source: docs.open.cx api-reference/media/upload.

#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

http::Response upload_media(Desk& desk, const PlatformOptions& options, const Call& call);

}  // namespace casewire::sim::opencx
