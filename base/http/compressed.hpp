#pragma once
// Answers in gzip, for clients that ask for it.

#include "base/http/message.hpp"

namespace casewire::http {

/// The response in gzip when the request's Accept-Encoding takes that, and it has a body that no coding was put on yet. Says so in
/// Content-Encoding, with nothing beside it, and names Accept-Encoding in Vary.
Response compressed(Response response, const Request& request);

}  // namespace casewire::http
