#include "sim/opencx/rest_blocklist.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/opencx/views.hpp"

namespace casewire::sim::opencx {
namespace {

/// Paging style C: `?page=1&limit=20` (the page's words; the names are inferred).
struct Window {
  std::size_t page = 1;
  std::size_t limit = 20;
};

std::optional<std::size_t> positive(const std::string& text, std::size_t otherwise, std::size_t max) {
  if (text.empty()) return otherwise;
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || number == 0 || number > max) return std::nullopt;
  return number;
}

template <class ItemOf>
http::Response listed(const std::vector<Block>& blocks, const Call& call, ItemOf item_of) {
  const auto page = positive(parameter(call.query, "page"), 1, 1'000'000);
  const auto limit = positive(parameter(call.query, "limit"), 20, 100);
  if (!page) return error_response(400, "page must be a positive number");
  if (!limit) return error_response(400, "limit must be a number from 1 to 100");
  Json data = Json::array();
  const auto begin = std::min((*page - 1) * *limit, blocks.size());
  for (auto at = begin; at < std::min(begin + *limit, blocks.size()); ++at) data.push_back(item_of(blocks[at]));
  const auto pages = (blocks.size() + *limit - 1) / *limit;
  return json_response(200, {{"data", std::move(data)}, {"total", blocks.size()}, {"page", *page}, {"total_pages", pages}});
}

Json contact_block(Desk& desk, const Block& block) {
  const Contact* contact = desk.contact_by_email(block.what);
  return {{"id", block.id},
          {"contact_id", contact == nullptr ? Json(nullptr) : Json(contact->id)},
          {"email", block.what},
          {"name", contact == nullptr ? Json(nullptr) : text_or_null(contact->name)},
          {"phone_number", contact == nullptr ? Json(nullptr) : text_or_null(contact->phone_number)},
          {"reason", text_or_null(block.reason)},
          {"created_at", shown_time(block.at, desk.behaviour().times)}};
}

Json domain_block(Desk& desk, const Block& block) {
  return {{"id", block.id},
          {"domain", block.what},
          {"reason", text_or_null(block.reason)},
          {"created_at", shown_time(block.at, desk.behaviour().times)}};
}

http::Response block_contact(Desk& desk, const Call& call) {
  const std::string email{trimmed(string_member(call.body, "email"))};
  if (!is_blockable_address(email)) return error_response(400, "email must be a valid email");
  const auto* block = desk.blocklist().add_contact({desk.new_id(), email, string_member(call.body, "reason"), desk.now()});
  return block == nullptr ? error_response(409, "This contact is already blocked")
                          : json_response(200, contact_block(desk, *block));
}

/// "a.com, b.org": those that are no domain or are blocked already are skipped.
http::Response block_domains(Desk& desk, const Call& call) {
  constexpr std::size_t kDomainsMax = 1000;
  Json blocked = Json::array();
  Json skipped = Json::array();
  std::size_t total = 0;
  const std::string list = string_member(call.body, "domains");
  for (const auto each : split(list, ',')) {
    const auto domain = trimmed(each);
    if (domain.empty()) continue;
    if (++total > kDomainsMax) return error_response(400, "domains holds more than 1000 names");
    const auto* block =
        is_domain(domain)
            ? desk.blocklist().add_domain({desk.new_id(), std::string{domain}, string_member(call.body, "reason"), desk.now()})
            : nullptr;
    block == nullptr ? skipped.push_back(domain) : blocked.push_back(domain_block(desk, *block));
  }
  if (total == 0) return error_response(400, "domains should not be empty");
  Json summary{{"total", total}, {"blocked", blocked.size()}, {"skipped", skipped.size()}};
  return json_response(200, {{"blocked", std::move(blocked)}, {"skipped", std::move(skipped)}, {"summary", std::move(summary)}});
}

}  // namespace

http::Response perform_on_blocklist(Desk& desk, const Call& call) {
  auto& blocklist = desk.blocklist();
  if (call.operation == "blockContact") return block_contact(desk, call);
  if (call.operation == "blockDomains") return block_domains(desk, call);
  if (call.operation == "listBlockedContacts") {
    return listed(blocklist.contacts(), call, [&](const Block& block) { return contact_block(desk, block); });
  }
  if (call.operation == "listBlockedDomains") {
    return listed(blocklist.domains(), call, [&](const Block& block) { return domain_block(desk, block); });
  }
  if (call.operation == "checkBlockedContact") {
    const auto email = parameter(call.query, "email");
    if (email.empty()) return error_response(400, "email should not be empty");
    return json_response(200, {{"is_blocked", blocklist.holds(email)}});
  }
  if (call.operation == "checkBlockedDomain") {
    const auto domain = parameter(call.query, "domain");
    if (domain.empty()) return error_response(400, "domain should not be empty");
    return json_response(200, {{"is_blocked", blocklist.has_domain(domain)}});
  }
  return blocklist.remove(parameter(call.path, "block_id")) ? http::Response{} : error_response(404, "Block not found");
}

}  // namespace casewire::sim::opencx
