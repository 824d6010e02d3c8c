#include "scenarios/language/cast.hpp"

#include <algorithm>
#include <cctype>

#include "base/text/strings.hpp"
#include "scenarios/language/values.hpp"

namespace casewire::scenarios {

namespace {

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

template <class... Actions>
bool is(const Action& action) {
  return (std::holds_alternative<Actions>(action) || ...);
}

/// Letters of any script, digits, `-` and `_`; ASCII punctuation hints at a slip such as `Dana,`.
bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_';
  });
}

}  // namespace

void Cast::hear(const Recognised& step, std::string_view keyword, Position at, std::size_t length) {
  check_keyword(step.group, keyword, at, length);
  for (const Value& value : step.values) {
    check_value(step, value);
  }
  check_time(step.action, at, length);
  note(step.action);
  something_happened_ = something_happened_ || keyword == "When";
}

void Cast::check_keyword(Group group, std::string_view keyword, Position at, std::size_t length) {
  if (group == Group::staging && something_happened_) {
    mistakes_.add(at, length,
                  {"the stage is set before the first When", "move this sentence up; only faults may be given later"});
  } else if (group == Group::staging && keyword != "Given") {
    mistakes_.add(at, length, {"this sets the stage, so it is said with Given, not " + std::string(keyword), {}});
  } else if (group == Group::deed && keyword == "Then") {
    mistakes_.add(at, length, {"somebody acts here, so it is said with When, not Then", {}});
  } else if (group == Group::check && keyword != "Then") {
    mistakes_.add(at, length, {"this is a check, so it is said with Then, not " + std::string(keyword), {}});
  }
}

void Cast::check_value(const Recognised& step, const Value& value) {
  const Action& action = step.action;
  if (value.slot == "customer") {
    person(customers_, is<AddCustomer>(action), value, "customer",
           "Given the customer " + value.text + " writes from " + lowercase(value.text) + "@example.test");
  } else if (value.slot == "rep") {
    person(reps_, is<AddRep>(action), value, "rep", "Given the rep " + value.text + " works the queue \"Support\"");
  } else if (value.slot == "case") {
    letter(is<CaseOpens>(action), value);
  } else if (value.slot == "address" && !is<AddCustomer>(action)) {
    support_address(is<AddSupportAddress>(action), value);
  } else if (value.slot == "org") {
    fixture("orgs", "org", value);
  } else if (value.slot == "queue") {
    word_of_org("queue", orgs_.of(org_).queues, value);
  } else if (value.slot == "status") {
    word_of_org("Case status", orgs_.of(org_).statuses, value);
  } else if (value.slot == "file") {
    fixture("files", "file", value);
  } else if (value.slot == "mail") {
    fixture("mail", "mail", value);
  } else if (value.slot == "recording") {
    fixture("recordings", "recording", value);
  } else if (value.text.empty() && value.slot != "subject") {  // a mail without a subject is a case of its own (F12)
    say(value, "expected " + description_of(value.slot) + ", found nothing between the quotes");
  }
}

void Cast::person(std::vector<std::string>& known, bool introduces, const Value& value, std::string_view what,
                  std::string_view how_to_introduce) {
  if (!is_name(value.text)) {
    say(value, "expected a name, found " + in_quotes(value.text), "a name has letters, digits, \"-\" and \"_\"");
  } else if (introduces) {
    if (contains(customers_, value.text) || contains(reps_, value.text)) {
      say(value, in_quotes(value.text) + " was introduced already", "give every person a name of their own");
    }
    known.push_back(value.text);
  } else if (!contains(known, value.text)) {
    const bool is_other = contains(customers_, value.text) || contains(reps_, value.text);
    if (is_other) {
      say(value, "expected a " + std::string(what) + ", but " + value.text + " is a " + (what == "rep" ? "customer" : "rep"));
      return;
    }
    const std::string near = nearest(value.text, known);
    say(value, "no " + std::string(what) + " is named " + in_quotes(value.text),
        near.empty() ? "introduce that person first: " + std::string(how_to_introduce) : did_you_mean(near));
  }
}

void Cast::letter(bool opens, const Value& value) {
  if (!is_name(value.text)) {
    say(value, "expected the letter of a case, found " + in_quotes(value.text));
  } else if (opens) {
    if (contains(cases_, value.text)) {
      say(value, "case " + value.text + " has opened already", "give the new case another letter");
    }
    cases_.push_back(value.text);
  } else if (!contains(cases_, value.text)) {
    say(value, "no case " + value.text + " has opened yet",
        cases_.empty() ? "open it first: Then case " + value.text + " opens from opencx with the summary \"...\""
                       : "known: " + choice_of(cases_));
  }
}

void Cast::support_address(bool introduces, const Value& value) {
  if (introduces) {
    if (contains(support_addresses_, value.text)) {
      say(value, "OpenCX answers mail to " + value.text + " already");
    }
    support_addresses_.push_back(value.text);
  } else if (!contains(support_addresses_, value.text)) {
    const std::string near = nearest(value.text, support_addresses_);
    say(value, "OpenCX does not answer mail to " + value.text,
        near.empty() ? "say first: Given OpenCX answers mail to " + value.text : did_you_mean(near));
  }
}

void Cast::fixture(std::string_view folder, std::string_view what, const Value& value) {
  const std::vector<std::string> names = fixtures_.names(folder);
  if (contains(names, value.text)) {
    return;
  }
  const std::string near = nearest(value.text, names);
  const std::string known = names.empty() || names.size() > 6 ? std::string{} : "known: " + choice_of(names);
  say(value, "there is no " + std::string(what) + " " + in_quotes(value.text) + " in fixtures/" + std::string(folder),
      near.empty() ? known : did_you_mean(near));
}

void Cast::word_of_org(std::string_view what, const std::vector<std::string>& known, const Value& value) {
  if (!known.empty() && !contains(known, value.text)) {
    const std::string near = nearest(value.text, known);
    say(value, "the org " + in_quotes(org_) + " has no " + std::string(what) + " " + in_quotes(value.text),
        near.empty() ? "known: " + choice_of(known) : did_you_mean(near));
  }
}

void Cast::check_time(const Action& action, Position at, std::size_t length) {
  const auto complain = [&](std::string problem, std::string hint) {
    mistakes_.add(at, length, {std::move(problem), std::move(hint)});
  };
  if (is<UseRecording>(action) && has_recording_) {
    complain("the scenario has a recording already", {});
  } else if (is<UseOrg>(action) && has_org_) {
    complain("the scenario has an org already", {});
  } else if (is<UseOrg>(action) && !reps_.empty()) {
    complain("the org is named before the reps who work in it", "move this sentence up");
  } else if (is<DeliverRecordedWebhooks, RecordingIsUsedUp>(action) && !has_recording_) {
    complain("this scenario has no recording", "name it first: Given the recording \"...\"");
  } else if (is<AiStaysSilent>(action) && !person_was_active_) {
    complain("no person was active yet, so the AI may speak",
             "let a rep reply, take the case or take the conversation over first");
  } else if (is<StartBridge>(action) && !bridge_is_down_) {
    complain("the bridge is running", "stop or kill it first; a bridge that crashed is started again by itself");
  } else if (is<KillBridge, StopBridge>(action) && bridge_is_down_) {
    complain("the bridge is down already", "start it again first");
  }
}

void Cast::note(const Action& action) {
  has_recording_ = has_recording_ || is<UseRecording>(action);
  if (const auto* use = std::get_if<UseOrg>(&action)) {
    has_org_ = true;
    org_ = use->org;
  }
  person_was_active_ = person_was_active_ || is<RepReplies, RepTakesCase, AgentTakesOver>(action);
  if (is<KillBridge, StopBridge>(action)) {
    bridge_is_down_ = true;
  } else if (is<StartBridge>(action)) {
    bridge_is_down_ = false;
  }
}

}  // namespace casewire::scenarios
