#include "bridge/intake/hooks.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"
#include "base/text/json.hpp"

namespace casewire::bridge {
namespace {

// A conversation that starts is of interest: its contact may have an open Case, and then it belongs there.
constexpr std::array<std::string_view, 2> kOnlyIfKnown{"conversation.ai_response", "conversation.closed"};

bool is_session_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 &&
         std::all_of(id.begin(), id.end(), [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
}

Result<Json, std::string> object_in(std::string_view body) {
  auto json = parse_json(body, {}, {.bytes_max = HookLimits::body_bytes_max, .depth_max = HookLimits::depth_max});
  if (!json) return fail(std::string("the body is not JSON: " + json.error().problem));
  if (!json->is_object()) return fail(std::string("the body is not a JSON object"));
  if (!member(*json, "event").is_string()) return fail(std::string("\"event\" is missing"));
  return std::move(*json);
}

void add_once(std::vector<std::string>& subjects, std::string subject) {
  if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) subjects.push_back(std::move(subject));
}

}  // namespace

std::string id_of_18(std::string_view id) {
  if (!std::all_of(id.begin(), id.end(), is_alphanumeric)) return {};
  if (id.size() == 18) return std::string(id);
  if (id.size() != 15) return {};
  std::string full(id);
  for (std::size_t block = 0; block < 3; ++block) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const char c = id[block * 5 + i];
      if (c >= 'A' && c <= 'Z') bits |= 1u << i;
    }
    full += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
  }
  return full;
}

Result<HookHints, std::string> opencx_hints(std::string_view body) {
  const auto json = object_in(body);
  if (!json) return fail(json.error());
  const auto event = string_member(*json, "event");
  HookHints hints;
  if (!event.starts_with("conversation.")) return hints;
  hints.only_if_known = std::find(kOnlyIfKnown.begin(), kOnlyIfKnown.end(), event) != kOnlyIfKnown.end();
  hints.tells_of_people = event == "conversation.handoff_to_human";
  const auto& data = member(*json, "data");
  std::vector<const Json*> parts;
  if (data.is_object()) parts.push_back(&data);
  if (data.is_array()) {
    for (const auto& part : data) parts.push_back(&part);
  }
  if (parts.empty()) return fail(std::string("\"data\" is neither an object nor a list with something in it"));
  if (parts.size() > HookLimits::subjects_max) return fail(std::string("\"data\" is too long"));
  for (const auto* part : parts) {
    const auto id = string_member(*part, "conversation_id");
    if (!is_session_id(id)) return fail(std::string("\"conversation_id\" is missing or no id"));
    add_once(hints.subjects, "session:" + id);
  }
  return hints;
}

Result<HookHints, std::string> salesforce_hints(std::string_view body, const ReplyEvents& replies) {
  const auto json = object_in(body);
  if (!json) return fail(json.error());
  const auto id = id_of_18(string_member(*json, "caseId"));
  if (!id.starts_with("500")) return fail(std::string("\"caseId\" is missing or no Case id"));
  HookHints hints;
  const auto event = string_member(*json, "event");
  if (event == "comment.created" && !replies.comments) return hints;
  if (event == "post.created" && !replies.posts) return hints;
  hints.subjects.push_back("case:" + id);
  return hints;
}

}  // namespace casewire::bridge
