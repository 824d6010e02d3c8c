#include "scenarios/report/packed.hpp"

#include <zlib.h>

#include <stdexcept>

#include "base/text/encoding.hpp"

namespace casewire::scenarios::report {

std::string deflated(std::string_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  std::string out(size, '\0');
  const int code = compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                             static_cast<uLong>(data.size()), Z_BEST_SPEED + 5);
  if (code != Z_OK) throw std::runtime_error("zlib: " + std::string(zError(code)));
  out.resize(size);
  return out;
}

std::string packed_block(std::string_view id, std::string_view data) {
  return "<script type=\"text/plain\" id=\"" + std::string(id) + "\">" + base64(deflated(data)) + "</script>\n";
}

}  // namespace casewire::scenarios::report
