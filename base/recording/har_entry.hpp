#pragma once
// An exchange as HAR 1.2 has it (http://www.softwareishard.com/blog/har-12-spec/), with what we know beside it under `_casewire`.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/recording/exchange.hpp"
#include "base/text/json.hpp"

namespace casewire::recording {

/// Of the files as we write them. A reader refuses what is newer.
inline constexpr int kTapeFormat = 1;

/// Bodies that stand beside a tape: in `folder`, which is named as the tape's own place sees it.
struct SideBodies {
  std::string folder;
  std::map<std::string, std::string> files{};  ///< bytes by name, which is their digest
  static constexpr std::size_t kBytesMin = 4096;
};

/// `http://salesforce.test`
std::string recorded_origin(std::string_view system);

/// Of an exchange whose target is path and query, in one line as sorted_text() has it. Without `beside` all bodies stand in it.
std::string har_request(const Exchange& exchange, SideBodies* beside);
/// `request` is what har_request() gave. `number`, unless it is 0, is the place in the order of all.
std::string har_entry(const Exchange& exchange, std::string_view request, std::uint64_t number, SideBodies* beside);
Json har_entry(const Exchange& exchange, SideBodies* beside);

/// In one line, the members of each object by name, whoever made it: what is compared line by line has one order.
std::string sorted_text(const Json& json);
/// The same in several lines; `indent` as nlohmann has it.
std::string sorted_text(const Json& json, int indent);

}  // namespace casewire::recording
