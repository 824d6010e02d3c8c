// Sessions and histories of OpenCX. Source: OpenCX public API, "Get a chat session", "List history".

#include <algorithm>

#include "base/http/message.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/material.hpp"

namespace casewire::scenarios {
namespace {

std::string known_sender(std::string sender) {
  if (sender == "agent" || sender == "human") return "human_agent";
  if (sender == "user" || sender == "customer") return "contact";
  if (sender == "assistant" || sender == "bot") return "ai";
  return sender;
}

}  // namespace

void read_session(const Origin& origin, const Json& session, Evidence& evidence) {
  const std::string id = string_member(session, "id");
  const Json& contact = member(session, "contact");
  std::string email = lowercase(string_member(contact, "email"));
  if (email.empty()) email = lowercase(string_member(contact, "non_verified_email"));
  if (id.empty() || email.empty()) return;
  evidence.contact_of_session.try_emplace(id, email);
  std::string name = string_member(contact, "name");
  if (name.empty()) name = string_member(contact, "non_verified_name");
  if (!name.empty()) evidence.names.try_emplace(email, name);
  // The bridge leaves there which Case it is.
  if (const std::string a_case = string_member(member(session, "custom_data"), "salesforce_case_id"); !a_case.empty())
    evidence.session_of_case.try_emplace(eighteen(a_case), id);
  const Json& handoff = member(session, "handoff");
  const auto when = time_from(string_member(session, "updated_at"));
  const std::string summary = string_member(handoff, "summary");
  if (!summary.empty() && when) evidence.summary_of_session.try_emplace(id, Summary{summary, *when, origin});
}

void read_history(const Origin& origin, const std::string& session, const Json& items, Evidence& evidence) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Json& item = items[i];
    const Json& event = member(item, "event");
    const auto when = time_from(string_member(item, "created_at"));
    Origin here = origin;
    here.place += (here.place.empty() ? "item " : ", item ") + std::to_string(i + 1);
    if (!event.is_object() || !when || session.empty()) {
      evidence.unused.push_back(here.text() +
                                (session.empty() ? ": no file says which session this is" : ": no event with a time"));
      evidence.testimony.lacks_history(session, here.text() + " was not used");
      continue;
    }
    sim::SessionEvent said{.session = session,
                           .type = string_member(event, "type"),
                           .message_id = string_member(item, "id"),
                           .sender = known_sender(string_member(member(event, "sender"), "type")),
                           .name = string_member(member(event, "sender"), "name"),
                           .text = string_member(member(event, "content"), "text"),
                           .subject = string_member(member(event, "context"), "subject")};
    if (said.type.starts_with("handoff_to_")) said.type = "handoff";
    const bool is_known =
        said.sender == "contact" || said.sender == "ai" || said.sender == "human_agent" || said.sender == "system";
    if (said.type == "message" && !is_known) evidence.testimony.lacks_history(session, here.text() + " does not say who spoke");
    if (said.type == "handoff") {
      said.text = string_member(event, "summary", said.text);
      said.sender = "ai";
    }
    const Json& attachments = member(event, "attachments");
    for (const Json& file : attachments.is_array() ? attachments : Json::array()) {
      const Json& size = member(file, "size");
      said.attachments.push_back({.name = string_member(file, "name"),
                                  .bytes = size.is_number_unsigned() ? size.get<std::uint64_t>() : 0,
                                  .sha256 = string_member(file, "sha256")});
      const std::string url = string_member(file, "url");
      const std::string path(http::Request{.target = url}.path());
      if (url.empty()) continue;
      evidence.address_of_file[{session, said.message_id, said.attachments.back().name}] = path;
      evidence.fetched.try_emplace(path);
    }
    evidence.say(*when, here, std::move(said));
  }
}

void read_homeless_histories(Evidence& evidence) {
  const auto& known = evidence.contact_of_session;
  const std::string session = known.size() == 1 ? known.begin()->first : std::string();
  for (const auto& [file, history] : evidence.homeless_histories) {
    if (!session.empty()) {
      evidence.guess("whose history " + file + " is: the only session of the material is " + session);
      evidence.testimony.gives_history(session, history.is_end, file);
    }
    read_history({file, ""}, session, history.items, evidence);
  }
  evidence.homeless_histories.clear();
}

}  // namespace casewire::scenarios
