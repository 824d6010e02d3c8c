#pragma once
// The folder of what scenarios name and do not contain: orgs/, recordings/, mail/ and files/.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

class Fixtures {
 public:
  explicit Fixtures(std::string root) : root_(std::move(root)) {}
  const std::string& root() const { return root_; }
  /// `folder` "files", `name` "invoice.pdf". A name may not leave its folder. The error names the nearest existing one.
  Result<std::string, std::string> read(std::string_view folder, std::string_view name) const;
  std::vector<std::string> names(std::string_view folder) const;

 private:
  std::string root_;
};

/// The org of a scenario that names none.
constexpr const char* kDefaultOrg = "service-cloud";

}  // namespace casewire::scenarios
