#pragma once
// Senders whom the AI ignores. Source: docs.open.cx api-reference/blocklist. Assumed: their messages are stored all the same; the
// paths of check and unblock; a blocked domain counts for its subdomains too.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::sim::opencx {

struct Block {
  std::string id;
  std::string what;  ///< an address or a domain, lower case
  std::string reason;
  WallTime at{};
};

/// Not thread-safe.
class Blocklist {
 public:
  static constexpr std::size_t kBlocksMax = 10'000;

  bool holds(std::string_view address) const;
  bool has_domain(std::string_view domain) const;
  const std::vector<Block>& contacts() const { return contacts_; }
  const std::vector<Block>& domains() const { return domains_; }
  /// Null when it is blocked already or the list is full.
  const Block* add_contact(Block block) { return add(contacts_, std::move(block)); }
  const Block* add_domain(Block block) { return add(domains_, std::move(block)); }
  bool remove(std::string_view id);

 private:
  static const Block* add(std::vector<Block>& list, Block block);
  std::vector<Block> contacts_;
  std::vector<Block> domains_;
};

/// The page's strict pattern: no dot in front or doubled, a last label of two letters at least.
bool is_blockable_address(std::string_view address);
bool is_domain(std::string_view domain);

}  // namespace casewire::sim::opencx
