// Any bytes are a tree of elements, or an error in words; what is escaped is read back as it was.

#include <algorithm>

#include "base/text/utf8.hpp"
#include "sim/salesforce/api/xml.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace casewire;
using fuzz::require;

namespace {

std::size_t depth_of(const sim::salesforce::XmlElement& element) {
  std::size_t deepest = 0;
  for (const auto& child : element.children) deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

}  // namespace

FUZZ_TARGET(xml) {
  using namespace casewire::sim::salesforce;
  const std::string_view text{reinterpret_cast<const char*>(bytes), size};
  const auto root = parse_xml(text);
  if (root) {
    require(!root->name.empty(), "an element has a name");
    require(depth_of(*root) <= kXmlDepthMax, "the depth is bounded");
  } else {
    require(!root.error().empty(), "an error has words");
  }
  if (!is_valid_utf8(text) || size > kXmlBytesMax / 8) return 0;
  const auto again = parse_xml("<a>" + xml_escaped(text) + "</a>");
  require(again.has_value() && again->children.empty(), "an escaped text is text");
  return 0;
}
