#include "base/recording/har_text.hpp"

#include "base/recording/har_entry.hpp"
#include "base/recording/pseudonyms.hpp"

namespace casewire::recording {

std::string har_head(const Json& log) {
  std::string head = sorted_text({{"log", log}}, 2);
  head.erase(head.rfind("\n  }"));
  return head + ",\n    \"entries\": [";
}

std::string har_piece(const Json& entry, bool is_first) {
  const std::string indent(6, ' ');
  return (is_first ? "\n" : ",\n") + indent + replaced(sorted_text(entry, 2), "\n", "\n" + indent);
}

std::string har_foot(bool is_empty) { return std::string(is_empty ? "]" : "\n    ]") + ",\n    \"version\": \"1.2\"\n  }\n}\n"; }

}  // namespace casewire::recording
