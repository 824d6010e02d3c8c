#pragma once
// XML as SOAP envelopes need it: elements with their text, names without prefixes. Strict where it matters: one root, tags that
// close in order, known entities, no DTD (so no entity can grow), bounded size and depth. Attributes are read over.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::sim::salesforce {

struct XmlElement {
  std::string name;  ///< local: "login" for `urn:login`
  std::string text;  ///< of the element itself, entities resolved; not trimmed
  std::vector<XmlElement> children;

  /// The first child of that local name, or nullptr.
  const XmlElement* child(std::string_view name) const;
  /// The text of the first child of that name; empty when there is none.
  std::string_view text_of(std::string_view name) const;
};

inline constexpr std::size_t kXmlDepthMax = 32, kXmlBytesMax = 1u << 20;

/// The root element; the error says what is wrong, in the words of Xerces where it knows the fault.
Result<XmlElement, std::string> parse_xml(std::string_view text);
/// `&`, `<`, `>`, `"` and `'` as entities; what XML 1.0 cannot hold becomes U+FFFD.
std::string xml_escaped(std::string_view text);

}  // namespace casewire::sim::salesforce
