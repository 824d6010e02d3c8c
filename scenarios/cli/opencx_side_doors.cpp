#include "scenarios/cli/opencx_side_doors.hpp"

#include <algorithm>
#include <functional>

#include "scenarios/cli/json_answer.hpp"

namespace casewire::scenarios {
namespace {

using sim::opencx::Platform;
using sim::opencx::SessionView;

struct SideDoor {
  const char* name;
  std::vector<std::string> texts;  ///< members that must be there
  std::function<Platform::Done(Platform&, const std::string& session, const Json& body)> act;
};

std::string agent_of(const Json& body) { return string_member(body, "agent", "Agent"); }

const std::vector<SideDoor>& side_doors() {
  static const std::vector<SideDoor> doors{
      {"answer",
       {"text"},
       [](Platform& p, const std::string& s, const Json& b) { return p.answer(s, string_member(b, "text")); }},
      {"hand-off",
       {"summary"},
       [](Platform& p, const std::string& s, const Json& b) { return p.hand_off(s, string_member(b, "summary")); }},
      {"say-nothing", {}, [](Platform& p, const std::string& s, const Json&) { return p.say_nothing(s); }},
      {"resolve", {}, [](Platform& p, const std::string& s, const Json&) { return p.resolve(s); }},
      {"take-over", {}, [](Platform& p, const std::string& s, const Json& b) { return p.agent_takes_over(s, agent_of(b)); }},
      {"agent-hand-off",
       {"summary"},
       [](Platform& p, const std::string& s, const Json& b) {
         return p.agent_hands_off(s, agent_of(b), string_member(b, "summary"));
       }},
      {"hand-back", {}, [](Platform& p, const std::string& s, const Json& b) { return p.agent_hands_back(s, agent_of(b)); }},
      {"agent-message",
       {"text"},
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_writes(s, agent_of(b), string_member(b, "text")); }},
      {"agent-note",
       {"text"},
       [](Platform& p, const std::string& s, const Json& b) { return p.agent_notes(s, agent_of(b), string_member(b, "text")); }},
      {"close", {}, [](Platform& p, const std::string& s, const Json& b) { return p.agent_closes(s, agent_of(b)); }},
      {"reopen", {}, [](Platform& p, const std::string& s, const Json& b) { return p.agent_reopens(s, agent_of(b)); }},
  };
  return doors;
}

/// The session that is meant; empty when there is none.
std::string session_meant(const Platform& platform, const Json& body) {
  const auto sessions = platform.sessions();
  const std::string named = string_member(body, "session");
  if (!named.empty()) {
    const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const SessionView& s) {
      return s.id == named || std::to_string(s.ticket_number) == named;
    });
    return found == sessions.end() ? named : found->id;
  }
  const auto newest = std::max_element(sessions.begin(), sessions.end(), [](const SessionView& a, const SessionView& b) {
    return a.last_contact_message < b.last_contact_message;
  });
  return newest == sessions.end() || newest->last_contact_message == 0 ? std::string{} : newest->id;
}

http::Reply enter(const SideDoor& door, Platform& platform, const http::Request& request) {
  const auto body = request.body.empty() ? Result<Json>{Json::object()} : parse_json(request.body, "request");
  if (!body) return json_answer(400, {{"error", render(body.error())}});
  for (const std::string& text : door.texts) {
    if (!body->is_object() || string_member(*body, text.c_str()).empty()) {
      return json_answer(400, {{"error", "expected {\"" + text + "\": \"...\"}"}});
    }
  }
  const std::string session = session_meant(platform, *body);
  if (session.empty()) return json_answer(409, {{"error", "nobody wrote yet"}});
  const auto done = door.act(platform, session, *body);
  return done ? json_answer(200, {{"session", session}}) : json_answer(409, {{"error", done.error()}});
}

}  // namespace

void add_side_doors(http::Router& router, Platform& platform) {
  for (const auto& door : side_doors()) {
    router.add(
        "POST", std::string{"/_casewire/"} + door.name,
        [&door, &platform](const http::Request& request, const http::PathParameters&) { return enter(door, platform, request); });
  }
}

}  // namespace casewire::scenarios
