#include "sim/opencx/blocklist.hpp"

#include <algorithm>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

bool has(const std::vector<Block>& list, std::string_view what) {
  return std::any_of(list.begin(), list.end(), [&](const Block& block) { return block.what == what; });
}

}  // namespace

bool Blocklist::has_domain(std::string_view domain) const {
  const std::string name = lowercase(domain);
  for (std::string_view rest = name;;) {
    if (has(domains_, rest)) return true;
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) return false;
    rest.remove_prefix(dot + 1);
  }
}

bool Blocklist::holds(std::string_view address) const {
  return has(contacts_, lowercase(address)) || has_domain(address.substr(address.rfind('@') + 1));
}

bool Blocklist::remove(std::string_view id) {
  const auto is_it = [&](const Block& block) { return block.id == id; };
  return std::erase_if(contacts_, is_it) + std::erase_if(domains_, is_it) > 0;
}

const Block* Blocklist::add(std::vector<Block>& list, Block block) {
  block.what = lowercase(block.what);
  if (list.size() >= kBlocksMax || has(list, block.what)) return nullptr;
  list.push_back(std::move(block));
  return &list.back();
}

bool is_domain(std::string_view domain) {
  const auto labels = split(domain, '.');
  if (labels.size() < 2 || domain.size() > 253) return false;
  for (const auto label : labels) {
    if (label.empty() || label.size() > 63 || label.starts_with('-') || label.ends_with('-')) return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; })) return false;
  }
  return labels.back().size() >= 2 && std::all_of(labels.back().begin(), labels.back().end(), is_letter);
}

bool is_blockable_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || address.size() > 254) return false;
  const auto local = address.substr(0, at);
  if (local.starts_with('.') || local.ends_with('.') || local.find("..") != std::string_view::npos) return false;
  const auto is_allowed = [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view{"._%+-'"}.find(c) != std::string_view::npos;
  };
  return std::all_of(local.begin(), local.end(), is_allowed) && is_domain(address.substr(at + 1));
}

}  // namespace casewire::sim::opencx
