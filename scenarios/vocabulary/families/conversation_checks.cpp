// What must be true of conversations in OpenCX, and of the AI.

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

using sim::opencx::HistoryEvent;

std::vector<HistoryEvent> messages_of(Stage& stage, const std::string& sender) {
  std::vector<HistoryEvent> messages;
  for (const SessionView& session : stage.world().platform().sessions()) {
    for (const HistoryEvent& event : session.history) {
      if (event.sender_type == sender) messages.push_back(event);
    }
  }
  return messages;
}

/// `rep` empty: whoever it was.
Played inbox_shows_from_agent(Stage& stage, const std::string& text, const std::string& rep) {
  return stage.expect(
      "a message with \"" + text + "\" from " + (rep.empty() ? std::string("an agent") : "the agent " + rep),
      [&] {
        const auto all = messages_of(stage, "human_agent");
        return std::any_of(all.begin(), all.end(), [&](const HistoryEvent& event) {
          return (rep.empty() || event.sender_name == rep) && holds_text(event.text, text);
        });
      },
      [&] {
        std::vector<std::string> lines;
        for (const HistoryEvent& event : messages_of(stage, "human_agent"))
          lines.push_back(event.sender_name + ": " + shown(event.text));
        return lines_or(lines, "no agent message");
      });
}

Played inbox_shows(Stage& stage, const Action& action) {
  return inbox_shows_from_agent(stage, action.text("text"), action.text("rep"));
}
Played inbox_shows_from_anybody(Stage& stage, const Action& action) {
  return inbox_shows_from_agent(stage, action.text("text"), {});
}

Played session_shows_case(Stage& stage, const Action& action) {
  const auto shown_id = [&] {
    const auto session = conversation_of(stage, action.text("customer"));
    return session ? string_member(session->custom_data, "salesforce_case_id") : std::string();
  };
  const std::string& id = stage.case_id(action.text("case"));
  return stage.expect(
      "salesforce_case_id = " + id, [&] { return shown_id() == id; },
      [&] { return shown_id().empty() ? "no salesforce_case_id on the session" : "salesforce_case_id = " + shown_id(); });
}

bool is_closed_session(const SessionView& session) { return session.status.starts_with("closed"); }

Played all_sessions_closed(Stage& stage, const std::string& expected, const std::function<std::vector<SessionView>()>& sessions) {
  return stage.expect(
      expected,
      [&] {
        const auto all = sessions();
        return !all.empty() && std::all_of(all.begin(), all.end(), is_closed_session);
      },
      [&] {
        std::vector<std::string> lines;
        for (const SessionView& session : sessions()) lines.push_back(conversation_line(session));
        return lines_or(lines, "no session");
      });
}

Played session_is_closed(Stage& stage, const Action& action) {
  return all_sessions_closed(stage, "each session of " + action.text("customer") + " is closed",
                             [&] { return conversations_of(stage, action.text("customer")); });
}

Played session_of_case_is_closed(Stage& stage, const Action& action) {
  return all_sessions_closed(stage, "the session of case " + action.text("case") + " is closed",
                             [&] { return conversations_on(stage, action.text("case")); });
}

Played session_is_open(Stage& stage, const Action& action) {
  const auto session = [&] { return conversation_of(stage, action.text("customer")); };
  return expect_lasting(
      stage, "an open session", [&] { return session() && session()->status == "open"; },
      [&] { return session() ? conversation_line(*session()) : std::string("no session"); });
}

Played has_sessions(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "session", [&] {
    std::vector<std::string> lines;
    for (const SessionView& session : conversations_of(stage, action.text("customer")))
      lines.push_back(conversation_line(session));
    return lines;
  });
}

// ---- who has it

Played expect_speaker(Stage& stage, const Action& action, const std::string& owner, const std::string& words) {
  const auto session = [&] { return conversation_of(stage, action.text("customer")); };
  return stage.expect(
      "a conversation that " + words, [&] { return session() && session()->owner == owner; },
      [&] { return session() ? conversation_line(*session()) + ", with " + session()->owner : std::string("no session"); });
}

Played is_with_a_person(Stage& stage, const Action& action) { return expect_speaker(stage, action, "human", "a person has"); }
Played is_with_the_ai(Stage& stage, const Action& action) { return expect_speaker(stage, action, "ai", "the AI has"); }

// ---- what is said

Played inbox_shows_customer(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  const auto lines = [&](bool only_matching) {
    std::vector<std::string> all;
    for (const SessionView& session : conversations_of(stage, action.text("customer"))) {
      for (const HistoryEvent& event : session.history) {
        if (event.sender_type == "contact" && (!only_matching || holds_text(event.text, text))) all.push_back(shown(event.text));
      }
    }
    return all;
  };
  return stage.expect(
      "a message with \"" + text + "\" from " + action.text("customer"), [&] { return !lines(true).empty(); },
      [&] { return lines_or(lines(false), "no message from " + action.text("customer")); });
}

Played inbox_does_not_show(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  const auto found = [&] {
    std::vector<std::string> all;
    for (const SessionView& session : stage.world().platform().sessions()) {
      for (const HistoryEvent& event : session.history) {
        if (gives_away(event.text, text)) all.push_back(conversation_line(session) + ": " + shown(event.text));
      }
    }
    return all;
  };
  return stage.expect_settled(
      "no message with \"" + text + "\"", [&] { return found().empty(); }, [&] { return lines_or(found(), "none"); });
}

/// With the same name and the same bytes.
Played inbox_shows_file(Stage& stage, const Action& action) {
  const std::string& name = action.text("file");
  const std::string digest = hex(sha256(stage.file(name)));
  const bool from_agent = action.has("rep");
  const std::string& who = action.text(from_agent ? "rep" : "customer");
  const auto files = [&](bool only_matching) {
    std::vector<std::string> lines;
    for (const SessionView& session : from_agent ? stage.world().platform().sessions() : conversations_of(stage, who)) {
      for (const HistoryEvent& event : session.history) {
        if (from_agent ? event.sender_type != "human_agent" || event.sender_name != who : event.sender_type != "contact")
          continue;
        for (const auto& file : event.files) {
          const bool is_same = file.sha256 == digest;
          if (!only_matching || (is_same && file.name == name))
            lines.push_back(file.name + (is_same ? "" : ", with other content"));
        }
      }
    }
    return lines;
  };
  return stage.expect(
      "the file " + name + " with the content that was sent, from " + who, [&] { return !files(true).empty(); },
      [&] { return lines_or(files(false), "no file from " + who); });
}

Played ai_has_answered_customer(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "answer", [&] {
    std::vector<std::string> lines;
    for (const SessionView& session : conversations_of(stage, action.text("customer"))) {
      for (const HistoryEvent& event : session.history) {
        if (event.sender_type == "ai" && event.type == "message") lines.push_back(shown(event.text));
      }
    }
    return lines;
  });
}

// ---- the AI

Played ai_has_answered(Stage& stage, const Action& action) {
  return expect_count(stage, action.count(), "answer", [&] {
    std::vector<std::string> lines;
    for (const HistoryEvent& event : messages_of(stage, "ai")) lines.push_back(shown(event.text));
    return lines;
  });
}

Played ai_has_decided_not_to_answer(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const auto events = [&](bool only_decisions) {
    std::vector<std::string> lines;
    for (const SessionView& session : conversations_of(stage, customer)) {
      for (const HistoryEvent& event : session.history) {
        if (!only_decisions || event.type == "ai_decided_to_not_reply") lines.push_back(event.type);
      }
    }
    return lines;
  };
  return stage.expect(
      "a decision of the AI not to answer " + customer, [&] { return !events(true).empty(); },
      [&] { return lines_or(events(false), "no session"); });
}

/// What the AI said in a conversation after a person became active on it.
void add_answers(const Stage::Active& active, const SessionView& session, std::vector<std::string>& lines) {
  const auto then = active.history_then.find(session.id);
  const auto handed_back = active.handed_back.find(session.id);
  const std::size_t end = handed_back == active.handed_back.end() ? session.history.size() : handed_back->second;
  for (std::size_t at = then == active.history_then.end() ? 0 : then->second; at < end; ++at) {
    const HistoryEvent& event = session.history[at];
    if (event.sender_type != "ai" || event.type != "message") continue;
    lines.push_back("\"" + event.text + "\" at " + iso8601(event.at) + " to " + session.contact_address);
  }
}

Played ai_stays_silent(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const auto answers = [&] {
    std::vector<std::string> lines;
    for (const Stage::Active& active : stage.active()) {
      const auto sessions =
          active.case_name.empty() ? conversations_of(stage, active.customer) : conversations_on(stage, active.case_name);
      for (const SessionView& session : sessions) {
        const bool is_asked_for = customer.empty() || equals_ignoring_case(session.contact_address, stage.address_of(customer));
        if (is_asked_for) add_answers(active, session, lines);
      }
    }
    return lines;
  };
  return stage.expect_settled(
      "no answer of the AI since a person became active", [&] { return answers().empty(); },
      [&] { return lines_or(answers(), "none"); });
}

}  // namespace

Family conversation_checks() {
  return {Group::check,
          "Conversations in OpenCX",
          {
              {"the Inbox shows {text} from the agent {rep}",
               R"(the Inbox shows "Looking into it." from the agent Ruiz)",
               "As the message of a person, under that name",
               {.house = true},
               inbox_shows},
              {"the Inbox shows {text} from an agent",
               R"(the Inbox shows "Looking into it." from an agent)",
               "As the message of a person, whatever the name",
               {},
               inbox_shows_from_anybody},
              {"the Inbox shows {text} from the customer {customer}",
               R"(the Inbox shows "Where is it?" from the customer Dana)",
               "As her message",
               {},
               inbox_shows_customer},
              {"the Inbox shows the file {file} from the agent {rep}",
               R"(the Inbox shows the file "label.pdf" from the agent Ruiz)",
               "With the same bytes",
               {},
               inbox_shows_file},
              {"the Inbox shows the file {file} from the customer {customer}",
               R"(the Inbox shows the file "invoice.pdf" from the customer Dana)",
               "With the same bytes",
               {},
               inbox_shows_file},
              {"the Inbox does not show {text}",
               R"(the Inbox does not show "Third refund this year.")",
               "In no conversation, from nobody, and will not",
               {},
               inbox_does_not_show},
              {"{customer}'s session shows case {case}",
               "Dana's session shows case A",
               "The conversation in which she spoke last names the Case",
               {},
               session_shows_case},
              {"{customer}'s session is closed",
               "Dana's session is closed",
               "In OpenCX; of several, each",
               {.needs = {{Fact::mail, "customer"}}},
               session_is_closed},
              {"the session of case {case} is closed",
               "the session of case A is closed",
               "In OpenCX: each conversation that names the Case",
               {},
               session_of_case_is_closed},
              {"{customer}'s session is open",
               "Dana's session is open",
               "The conversation in which she spoke last, and it stays so",
               {.needs = {{Fact::mail, "customer"}}},
               session_is_open},
              {"{customer} has {count} session|sessions",
               "Dana has 2 sessions",
               "Exactly so many conversations in OpenCX",
               {},
               has_sessions},
              {"{customer}'s conversation is with a person",
               "Dana's conversation is with a person",
               "A person has the conversation in which she spoke last",
               {.needs = {{Fact::mail, "customer"}}},
               is_with_a_person},
              {"{customer}'s conversation is with the AI",
               "Dana's conversation is with the AI",
               "The AI has the conversation in which she spoke last",
               {.needs = {{Fact::mail, "customer"}}},
               is_with_the_ai},
              {"the AI stays silent [towards {customer}]",
               "the AI stays silent",
               "In each conversation on which a person works, since that person became active",
               {.needs = {{Fact::person_active}}},
               ai_stays_silent},
              {"the AI has answered {count} time|times",
               "the AI has answered 1 time",
               "Exactly so many, in all conversations",
               {},
               ai_has_answered},
              {"the AI has answered {customer} {count} time|times",
               "the AI has answered Dana 1 time",
               "Exactly so many, in all her conversations",
               {},
               ai_has_answered_customer},
              {"the AI has decided not to answer {customer}",
               "the AI has decided not to answer Dana",
               "The history of a conversation of hers says so",
               {.needs = {{Fact::mail, "customer"}}},
               ai_has_decided_not_to_answer},
          },
          "conversation"};
}

}  // namespace casewire::scenarios
