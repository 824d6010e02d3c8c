#pragma once
// A Content-Type as a value (RFC 9110, 8.3.1): "Multipart/Form-Data; boundary=x; charset=UTF-8".

#include <map>
#include <string>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::scenarios {

struct MediaType {
  std::string name;                               ///< lower case, without parameters
  std::map<std::string, std::string> parameters;  ///< by name in lower case; values without their quotes

  bool is_json() const { return name == "application/json" || name.ends_with("+json"); }
  bool is_form() const { return name == "application/x-www-form-urlencoded"; }
  bool is_multipart() const { return name.starts_with("multipart/"); }
  bool is_xml() const { return name == "text/xml" || name == "application/xml" || name.ends_with("+xml"); }
  /// Empty when there is none.
  std::string parameter(const std::string& name_in_lower_case) const;
};

/// Also of other headers of this shape (Content-Disposition).
MediaType read_media_type(std::string_view header);
MediaType media_type_of(const http::Headers& headers);

}  // namespace casewire::scenarios
