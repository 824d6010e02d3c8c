#include "tests/unit/scenarios/report/sample_run.hpp"

#include "sim/world/entry_json.hpp"

namespace casewire::scenarios::tests {
namespace {

constexpr const char* kComposite = "/services/data/v66.0/composite";

// Writes a journal the way the world does, and remembers which entries belong to which step.
class Script {
 public:
  Script(std::string feature, std::string name, Where where) {
    scenario_.feature = std::move(feature);
    scenario_.name = std::move(name);
    scenario_.where = std::move(where);
    scenario_.seed = 41;
    scenario_.real_time = milliseconds{38};
  }
  Script& tags(std::vector<std::string> names) {
    scenario_.tags = std::move(names);
    return *this;
  }
  Script& pass_time(milliseconds by) {
    now_ += by;
    return *this;
  }
  Script& step(std::string keyword, std::string text) {
    end_step();
    StepResult step;
    step.keyword = std::move(keyword);
    step.text = std::move(text);
    step.where = {scenario_.where.file, {scenario_.where.position.line + 1 + scenario_.steps.size(), 5}};
    step.reached = true;
    scenario_.steps.push_back(std::move(step));
    step_first_ = journal_.size() + 1;
    entry("script", "step", {{"keyword", scenario_.steps.back().keyword}, {"text", scenario_.steps.back().text}});
    return *this;
  }
  Script& fails(std::string expected, std::string found, Verdict verdict = Verdict::failed) {
    scenario_.steps.back().verdict = verdict;
    scenario_.steps.back().expected = std::move(expected);
    scenario_.steps.back().found = std::move(found);
    scenario_.verdict = verdict;
    return *this;
  }
  Script& not_reached(std::string keyword, std::string text) {
    end_step();
    StepResult step;
    step.keyword = std::move(keyword);
    step.text = std::move(text);
    step.where = {scenario_.where.file, {scenario_.where.position.line + 1 + scenario_.steps.size(), 5}};
    scenario_.steps.push_back(std::move(step));
    return *this;
  }
  Script& entry(std::string actor, std::string kind, Json data, std::uint64_t cause = 0) {
    newest_ = journal_.append(std::move(actor), sim::event_of_json(kind, data).value(), cause);
    now_ += milliseconds{1};
    return *this;
  }
  Script& call(std::string to, std::string method, std::string target, std::string operation, Json request, int status,
               Json response, std::uint64_t cause = 0) {
    Json data = {{"from", "bridge"}, {"to", to}, {"method", method}, {"target", target}, {"operation", operation}};
    if (!request.is_null()) data["request"] = dump_json(request);
    if (status != 0) data["status"] = status;
    if (!response.is_null()) data["response"] = dump_json(response);
    return entry("bridge", "http", std::move(data), cause);
  }
  Script& webhook(std::string from, Json body, std::uint64_t cause = 0, int status = 200) {
    Json data = {{"from", from},
                 {"to", "bridge"},
                 {"method", "POST"},
                 {"target", "/hooks/" + from + "/SECRET"},
                 {"request", dump_json(body)},
                 {"status", status}};
    return entry(from, "http", std::move(data), cause);
  }
  Script& mail(std::string actor, std::string from, std::string to, std::string subject, std::string text,
               std::uint64_t cause = 0) {
    return entry(std::move(actor), "mail",
                 {{"from", from},
                  {"to", Json::array({to})},
                  {"subject", subject},
                  {"message_id", "<m1182@example.test>"},
                  {"text", text},
                  {"attachments", Json::array()},
                  {"verdict", "delivered"}},
                 cause);
  }
  Script& record(std::string object, std::string id, std::string change, std::string by, Json fields, std::uint64_t cause = 0) {
    return entry(
        "salesforce", "record",
        {{"object", object}, {"id", id}, {"change", change}, {"by", by}, {"by_id", "005000000000001AAA"}, {"fields", fields}},
        cause);
  }
  Script& session(std::string type, std::string sender, std::string text, std::uint64_t cause = 0) {
    return entry("opencx", "session", {{"session", "8f2c"}, {"ticket", 1001}, {"type", type}, {"sender", sender}, {"text", text}},
                 cause);
  }
  Script& skip(milliseconds by) {
    now_ += by;
    return entry("world", "timer", {{"until", iso8601(now_)}});
  }
  std::uint64_t newest() const { return newest_; }
  Script& loses_the_answer() {
    journal_.amend<sim::HttpExchange>(newest_, [](sim::HttpExchange& exchange) {
      exchange.wire = http::Wire::reset_before_status;
      exchange.error = "the answer was lost";
    });
    return *this;
  }
  ScenarioResult done(std::string rerun) {
    end_step();
    scenario_.journal = journal_.entries();
    scenario_.virtual_time = scenario_.journal.back().at - scenario_.journal.front().at;
    scenario_.rerun = std::move(rerun);
    return scenario_;
  }
  ScenarioResult scenario_;

 private:
  void end_step() {
    if (scenario_.steps.empty() || !scenario_.steps.back().reached || scenario_.steps.back().first_entry != 0) return;
    scenario_.steps.back().first_entry = step_first_;
    scenario_.steps.back().last_entry = journal_.size();
  }
  WallTime now_ = *parse_iso8601("2026-01-05T09:00:00Z");
  sim::Journal journal_{[this] { return now_; }};
  std::uint64_t newest_ = 0;
  std::uint64_t step_first_ = 0;
};

void stage(Script& script) {
  script.step("Given", "the org \"service-cloud\"");
  script.step("Given", "the customer Dana writes from dana@example.test");
  script.step("Given", "the rep Ruiz works the queue \"Support\"");
  script.scenario_.people = {{Person::Role::customer, "Dana", "dana@example.test"}, {Person::Role::rep, "Ruiz"}};
  script.entry("bridge", "bridge", {{"event", "started"}, {"detail", "casewire-bridge 0.1.0"}});
  script.call("salesforce", "POST", "/services/oauth2/token", "token", nullptr, 200, "(tokens)");
  script.entry("bridge", "bridge", {{"event", "ready"}});
}

// From the customer's mail to the handoff's webhook; returns the webhook's entry.
std::uint64_t hand_off(Script& script) {
  script.step("When", "Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"");
  script.mail("mail", "dana@example.test", "help@acme.test", "Order 1182", "Where is it? <script>alert('me')</script>");
  script.session("message", "contact", "Where is it? <script>alert('me')</script>", script.newest());
  script.step("When", "the AI hands off: \"Refund needs a person\"");
  script.session("handoff", "ai", "Refund needs a person");
  script.webhook("opencx", {{"event", "session.handoff"}, {"organization_id", "org-1"}, {"data", {{"session_id", "8f2c"}}}},
                 script.newest());
  return script.newest();
}

void look_before_writing(Script& script, std::uint64_t cause) {
  script.call("opencx", "GET", "/chat/sessions/8f2c", "session read", nullptr, 200,
              {{"id", "8f2c"}, {"ticket_number", 1001}, {"handed_off", true}}, cause);
  script.call("opencx", "GET", "/chat/sessions/8f2c/history", "history read", nullptr, 200, {{"items", Json::array()}}, cause);
  script.call("salesforce", "POST", kComposite, "query, query, query", {{"compositeRequest", Json::array()}}, 200,
              {{"compositeResponse", Json::array()}}, cause);
}

Json create_body() {
  return {{"allOrNone", true},
          {"compositeRequest",
           Json::array(
               {{{"method", "PATCH"},
                 {"url", "/services/data/v66.0/sobjects/Case/OpenCX_Handoff__c/8f2c%231"},
                 {"referenceId", "case"},
                 {"body", {{"Subject", "Order 1182"}, {"Description", "Refund needs a person"}, {"Case_From__c", "opencx"}}}}})}};
}

}  // namespace

ScenarioResult handoff_that_passes() {
  Script script("A handoff opens a Case that the rep can answer", "The rep's reply reaches the customer in the same thread",
                {"scenarios/suite/handoff/open.feature", {9, 3}});
  script.tags({"@promise:handoff", "@smoke"});
  stage(script);
  const std::uint64_t webhook = hand_off(script);
  script.step("Then", "case A opens from opencx with the summary \"Refund needs a person\"");
  look_before_writing(script, webhook);
  script.call("salesforce", "POST", kComposite, "Case create, CaseComment create, CaseComment create", create_body(), 200,
              {{"compositeResponse", Json::array({{{"httpStatusCode", 201}, {"body", {{"id", "500000000000001AAA"}}}}})}},
              webhook);
  const std::uint64_t create = script.newest();
  script.record("Case", "500000000000001AAA", "insert", "Integration User", {{"Subject", "Order 1182"}}, create);
  script.record("CaseComment", "00a000000000001AAA", "insert", "Integration User", {{"CommentBody", "Where is it?"}}, create);
  script.record("CaseComment", "00a000000000002AAA", "insert", "Integration User", {{"CommentBody", "Let me look."}}, create);
  script.call("opencx", "PATCH", "/chat/sessions/8f2c", "session update",
              {{"custom_data", {{"salesforce_case_id", "500000000000001AAA"}}}}, 200, {{"id", "8f2c"}}, webhook);
  script.step("When", "Ruiz replies on case A: \"Looking into it.\"");
  script.record("EmailMessage", "02s000000000001AAA", "insert", "Ruiz", {{"TextBody", "Looking into it."}});
  script.skip(milliseconds{1200});
  script.webhook("salesforce", {{"event", "email.sent"}, {"caseId", "500000000000001AAA"}}, script.newest() - 1);
  const std::uint64_t callout = script.newest();
  script.step("Then", "Dana receives \"Looking into it.\" in the same thread from help@acme.test");
  script.call("salesforce", "GET", "/services/data/v66.0/query?q=SELECT+Id", "query", nullptr, 200,
              {{"totalSize", 1}, {"done", true}}, callout);
  script.call("opencx", "POST", "/chat/sessions/8f2c/send", "message send",
              {{"sender", "agent"}, {"message", {{"type", "text"}, {"text", "Looking into it."}}}}, 201, {{"success", true}},
              callout);
  const std::uint64_t send = script.newest();
  script.session("message", "human_agent", "Looking into it.", send);
  script.mail("mail", "help@acme.test", "dana@example.test", "Re: Order 1182", "Looking into it.", send);
  return script.done("casewire run scenarios/suite/handoff/open.feature:9 --seed 41");
}

ScenarioResult handoff_that_doubles_the_case() {
  Script script("A lost answer does not double a Case", "The answer to the create is lost",
                {"scenarios/suite/resilience/retry.feature", {20, 3}});
  script.tags({"@promise:no-doubles", "@fault"});
  stage(script);
  script.step("Given", "Salesforce accepts the next Case create but loses the answer");
  const std::uint64_t webhook = hand_off(script);
  script.step("Then", "case A opens from opencx with the summary \"Refund needs a person\"");
  look_before_writing(script, webhook);
  script.call("salesforce", "POST", kComposite, "Case create, CaseComment create", create_body(), 200,
              {{"compositeResponse", Json::array()}}, webhook);
  const std::uint64_t lost = script.newest();
  script.loses_the_answer();
  script.record("Case", "500000000000001AAA", "insert", "Integration User", {{"Subject", "Order 1182"}}, lost);
  script.entry("network", "fault",
               {{"fault", "Salesforce accepts the next Case create but loses the answer"}, {"system", "salesforce"}}, lost);
  script.skip(milliseconds{2000});
  script.call("salesforce", "POST", kComposite, "Case create, CaseComment create", create_body(), 503,
              Json::array({{{"errorCode", "SERVER_UNAVAILABLE"}, {"message", "busy"}}}), webhook);
  script.entry("bridge", "bridge", {{"event", "crashed"}, {"detail", "killed after its 7th call"}});
  script.skip(milliseconds{5000});
  script.entry("bridge", "bridge", {{"event", "started"}, {"detail", "casewire-bridge 0.1.0"}});
  script.webhook("opencx", {{"event", "session.handoff"}, {"organization_id", "org-1"}, {"data", {{"session_id", "8f2c"}}}},
                 webhook);
  script.call("salesforce", "POST", kComposite, "Case create, CaseComment create", create_body(), 200,
              {{"compositeResponse", Json::array()}}, script.newest());
  const std::uint64_t second = script.newest();
  script.record("Case", "500000000000002AAA", "insert", "Integration User", {{"Subject", "Order 1182"}}, second);
  script.scenario_.violations.push_back({"I2", "the handoff of session 8f2c became two Cases", second + 1});
  script.step("Then", "Dana has 1 open case");
  script.fails("1 open case", "2   00001026 at 00:00:00.020\n    00001027 at 00:00:07.040");
  script.not_reached("When", "Ruiz replies on case A: \"Looking into it.\"");
  script.not_reached("Then", "Dana receives \"Looking into it.\"");
  return script.done("casewire run scenarios/suite/resilience/retry.feature:20 --seed 41");
}

ScenarioResult day_of_sweeps() {
  Script script("Time passes", "A quiet day costs nothing", {"scenarios/suite/lifecycle/quiet.feature", {5, 3}});
  script.tags({"@promise:quiet"});
  stage(script);
  script.step("When", "1 day passes");
  for (int round = 0; round < 288; ++round) {
    script.skip(std::chrono::minutes{5});
    script.call("opencx", "GET", "/chat/sessions?updated_after=" + std::to_string(round), "session list", nullptr, 200,
                {{"items", Json::array()}});
    script.call("salesforce", "GET", "/services/data/v66.0/query?q=" + std::to_string(round), "query", nullptr, 200,
                {{"totalSize", 0}});
  }
  script.step("Then", "the bridge has nothing left to do");
  return script.done("casewire run scenarios/suite/lifecycle/quiet.feature:5 --seed 41");
}

RunResult sample_run() {
  RunResult run;
  run.ring = "process";
  run.bridge = "casewire-bridge 0.1.0";
  run.bridge_environment = {{"CASEWIRE_LOG_LEVEL", "debug"}};
  run.judging = "what must not happen, when nothing has changed for 15 min";
  run.seed = 41;
  run.real_time = milliseconds{4321};
  run.scenarios = {handoff_that_passes(), handoff_that_doubles_the_case(), day_of_sweeps()};

  Script skipped("Takeover", "The Inbox shows who answered", {"scenarios/suite/takeover/inbox.feature", {12, 3}});
  stage(skipped);
  skipped.step("When", "the bridge crashes after its 3rd call")
      .fails("", "a foreign bridge cannot be made to crash", Verdict::not_exercised);
  skipped.scenario_.note = "judged by a quiet period: the bridge has no control connection";
  run.scenarios.push_back(skipped.done("casewire run scenarios/suite/takeover/inbox.feature:12 --seed 41"));

  Script unknown("Takeover", "The AI is silent while a person writes", {"scenarios/suite/takeover/inbox.feature", {25, 3}});
  stage(unknown);
  unknown.step("Then", "the AI stays silent");
  unknown.scenario_.verdict = Verdict::unknown;
  unknown.scenario_.complaints.push_back("the journal was full: what it dropped cannot be judged");
  run.scenarios.push_back(unknown.done("casewire run scenarios/suite/takeover/inbox.feature:25 --seed 41"));
  return run;
}

}  // namespace casewire::scenarios::tests
