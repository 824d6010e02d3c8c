// Any body is a row with its bytes, or an error in words. The first line of the input is the Content-Type.

#include <algorithm>

#include "base/text/encoding.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

FUZZ_TARGET(multipart) {
  using namespace casewire::sim::salesforce;
  static const auto schema = Schema::standard();
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto line = std::min(text.find('\n'), text.size());
  const auto type = text.substr(0, line), body = text.substr(std::min(line + 1, size));
  is_multipart(type);
  const auto row = read_multipart_row(body, type, *schema.find("ContentVersion"));
  if (!row) {
    require(!row.error().message.empty(), "an error has words");
    return 0;
  }
  require(row->is_object(), "a row is an object");
  bool has_bytes = false;
  for (const auto& [name, value] : row->items())
    has_bytes = has_bytes || (value.is_string() && decode_base64(value.get<std::string>()).has_value());
  require(has_bytes, "a row has its bytes");
  return 0;
}
