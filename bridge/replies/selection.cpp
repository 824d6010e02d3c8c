#include "bridge/replies/selection.hpp"

#include <algorithm>
#include <tuple>

#include "base/text/strings.hpp"

namespace casewire::bridge::replies {

std::string_view name_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::own_writing: return "written by the bridge";
    case Refusal::incoming: return "incoming";
    case Refusal::not_sent: return "not sent";
    case Refusal::sent_by_salesforce: return "sent by Salesforce itself";
    case Refusal::internal: return "internal";
    case Refusal::comments_stay: return "comments are not replies here";
    case Refusal::posts_stay: return "posts are not replies here";
    case Refusal::before_the_link: return "older than the link";
  }
  return "unknown";
}

std::vector<std::string> addresses_in(std::string_view list) {
  constexpr std::string_view kBetween = ";, <>\"\t";
  std::vector<std::string> addresses;
  for (std::size_t begin = 0; begin < list.size();) {
    const auto end = std::min(list.find_first_of(kBetween, begin), list.size());
    const auto word = list.substr(begin, end - begin);
    if (word.find('@') != std::string_view::npos) addresses.emplace_back(word);
    begin = end + 1;
  }
  return addresses;
}

bool is_addressed_to(std::string_view list, std::string_view address) {
  const auto addresses = addresses_in(list);
  return std::any_of(addresses.begin(), addresses.end(), [&](const auto& one) { return equals_ignoring_case(one, address); });
}

namespace {

/// The bridge's part begins when that of the conversation begins to which the row goes. Where that may be several, or nobody knows, the last one decides:
/// what had been written on a rep's own Case before is internal, or was mailed by him.
WallTime since_for(const Row& row, const Policy& policy) {
  std::optional<WallTime> of_the_addressee;
  WallTime of_anybody{};
  for (const auto& [address, at] : policy.since) {
    of_anybody = std::max(of_anybody, at);
    if (is_addressed_to(row.to, address)) of_the_addressee = std::max(of_the_addressee.value_or(at), at);
  }
  return of_the_addressee.value_or(of_anybody);
}

}  // namespace

std::optional<Refusal> refusal_of(const Row& row, const Policy& policy) {
  // 15 and 18 characters name one user.
  const auto short_id = [](std::string_view id) { return id.substr(0, 15); };
  if (short_id(row.created_by_id) == short_id(policy.own_user_id)) return Refusal::own_writing;
  if (row.kind == Kind::mail) {
    if (row.is_incoming) return Refusal::incoming;
    if (row.status != "3") return Refusal::not_sent;
    if (!row.message_identifier.empty()) return Refusal::sent_by_salesforce;
  } else {
    if (!row.is_published) return Refusal::internal;
    if (row.kind == Kind::comment && !policy.public_comments_are_replies) return Refusal::comments_stay;
    if (row.kind == Kind::post && !policy.public_posts_are_replies) return Refusal::posts_stay;
  }
  if (row.created_at < since_for(row, policy)) return Refusal::before_the_link;
  return std::nullopt;
}

Selection select_replies(std::vector<Row> rows, const Policy& policy) {
  Selection selection;
  for (auto& row : rows) {
    if (row.is_deleted) {
      selection.deleted.push_back(std::move(row));
    } else if (const auto why = refusal_of(row, policy)) {
      selection.refused.push_back({std::move(row), *why});
    } else {
      selection.chosen.push_back(std::move(row));
    }
  }
  std::sort(selection.chosen.begin(), selection.chosen.end(),
            [](const Row& a, const Row& b) { return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id); });
  return selection;
}

}  // namespace casewire::bridge::replies
