#pragma once
// One entry of a HAR as an exchange: ours, and what browsers and proxies write.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/json.hpp"
#include "scenarios/tape/addressee.hpp"
#include "scenarios/tape/har_member.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios::har {

/// How the complaint ends of an entry for nobody whom we know.
inline constexpr std::string_view kUnknownHost = " is no host that is known";
/// How whoever runs redact, compare or import says whose one is.
inline constexpr std::string_view kHostOptions =
    "say once whose host it is: --opencx-host, --salesforce-host, --ignore-host HOST";

/// "bridge", "salesforce", "opencx"
bool is_system(const std::string& name);

/// Its target is the URL still. Nullopt: nobody's, to be left out. `path`: where the entry stands.
Read<std::optional<Exchange>> read_entry(const Json& entry, const Path& path, const Hosts& hosts, const BesideTape& beside);

/// Of an entry whose place in the file is not its place on the tape (base/recording/tape_file.hpp).
std::optional<std::uint64_t> number_of(const Json& entry);

/// The hosts of a recording, which become ours wherever they are spelled.
class Origins {
 public:
  void learn(const Exchange& exchange);
  /// Its target becomes path and query.
  void rename(Exchange& exchange) const;

 private:
  static constexpr std::size_t kMost = 1'000;  ///< who has more of them names a host anew in each exchange
  std::set<std::pair<std::string, std::string>> known_;
};

}  // namespace casewire::scenarios::har
