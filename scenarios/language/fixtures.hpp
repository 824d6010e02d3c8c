#pragma once
// The folders of what scenarios name and do not contain: orgs/, recordings/, mail/ and files/. What the user's own folder does not have is
// looked for in the one that comes with the program.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

class Fixtures {
 public:
  /// `built_in` may be empty, or the same folder.
  explicit Fixtures(std::string own, const std::string& built_in = {});
  /// The user's own.
  const std::string& root() const { return roots_.front(); }
  /// `folder` "files", `name` "invoice.pdf". A name may not leave its folder. The error names the folders where there are two, and the nearest existing name.
  Result<std::string, std::string> read(std::string_view folder, std::string_view name) const;
  /// The same of one that is too long to be read as a whole: where it lies.
  Result<std::string, std::string> file(std::string_view folder, std::string_view name) const;
  /// Where it lies, or would lie among the user's own.
  std::string path(std::string_view folder, std::string_view name) const;
  std::vector<std::string> names(std::string_view folder) const;

 private:
  std::vector<std::string> roots_;  ///< the first that has it counts
};

/// The org of a scenario that names none.
constexpr const char* kDefaultOrg = "service-cloud";

}  // namespace casewire::scenarios
