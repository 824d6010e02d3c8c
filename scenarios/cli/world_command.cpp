#include <condition_variable>
#include <iostream>
#include <mutex>

#include "base/http/socket_server.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/json_answer.hpp"
#include "scenarios/cli/late_routes.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/language/feature.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/process_side.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kFeatureName = "world";
constexpr std::size_t kWorldJournalBytes = 16u << 20;  // what no longer fits is dropped: nobody judges by it

/// A world that stays open, and people in it who do what they are told, one sentence after the other.
class OpenWorld {
 public:
  OpenWorld(std::unique_ptr<Ring> ring, std::string fixtures)
      : fixtures_(std::move(fixtures), built_in_fixtures()), ring_(std::move(ring)), stage_(*ring_, fixtures_, staging()) {}

  struct Answer {
    int status = 200;
    std::string verdict, text, expected, found;
  };

  /// `sentence` may have a keyword before it, and a table or a doc string under it.
  Answer say(std::string_view sentence) {
    const std::lock_guard lock(mutex_);
    std::string problem;
    for (const std::string_view keyword : {"", "When ", "Then ", "Given "}) {
      const std::string lines = "    " + std::string(keyword) + std::string(trimmed(sentence)) + "\n";
      const auto feature = read_feature(kFeatureName, head() + lines, fixtures_, casewire_vocabulary());
      if (feature) return play(feature->scenarios.front().steps.back(), lines);
      // Which keyword was meant is told by the complaint that knows a likely slip.
      if (problem.find("did you mean") == std::string::npos) problem = render(feature.error().front(), head() + lines);
    }
    return {400, "unreadable", std::string(trimmed(sentence)), {}, problem};
  }

  World& world() { return stage_.world(); }
  Urls urls() const {
    const auto* process = dynamic_cast<const ProcessSide*>(ring_.get());
    return process != nullptr ? process->urls() : Urls{};
  }

  /// The world as it stands, as the report shows a scenario.
  std::string page(const std::string& bridge) {
    RunResult run;
    run.ring = "process";
    run.bridge = bridge;
    ScenarioResult scenario;
    {
      const std::lock_guard lock(steps_mutex_);
      scenario.steps = steps_;
      scenario.people = people_;
    }
    scenario.feature = "casewire world";
    scenario.name = "What was done here";
    scenario.where = {kFeatureName, {1, 1}};
    if (stage_.is_open()) scenario.journal = stage_.world().journal().entries();
    scenario.bridge_log = ring_->bridge_log()->lines();
    if (!scenario.journal.empty()) scenario.virtual_time = scenario.journal.back().at - scenario.journal.front().at;
    run.scenarios = {std::move(scenario)};
    return html(run);
  }

 private:
  static Staging staging() {
    Staging before;
    before.bridge_is_ours = false;
    before.journal_bytes_max = kWorldJournalBytes;
    return before;
  }
  std::string head() const { return "Feature: casewire world\n  Scenario: What was done here\n" + said_; }

  Answer play(const Step& step, const std::string& lines) {
    StepResult shown;
    shown.keyword = step.keyword;
    shown.text = step.text;
    shown.below = below(step);
    shown.where = step.where;
    const std::uint64_t before = stage_.is_open() ? world().journal().size() : 0;
    const Played outcome = stage_.act(step.action);
    shown.reached = true;
    shown.verdict = outcome.done()                       ? Verdict::passed
                    : outcome.end == Played::End::cannot ? Verdict::not_exercised
                                                         : Verdict::failed;
    shown.expected = outcome.expected;
    shown.found = outcome.found;
    shown.window = step.action.sentence().window;
    if (step.action.group() == Group::check) shown.subject = step.action.text(step.action.has("case") ? "case" : "customer");
    if (stage_.is_open() && world().journal().size() > before) {
      shown.first_entry = before + 1;
      shown.last_entry = world().journal().size();
    }
    // What failed introduced nothing: later sentences are read without it.
    if (outcome.done()) said_ += lines;
    Answer answer{outcome.done() ? 200 : 409, std::string(name_of(shown.verdict)), step.text, shown.expected, shown.found};
    const std::lock_guard lock(steps_mutex_);
    for (const std::string_view slot : step.action.traits().introduces) {
      if (slot == "customer") people_.push_back({Person::Role::customer, step.action.text(slot), step.action.text("address")});
      if (slot == "rep") people_.push_back({Person::Role::rep, step.action.text(slot)});
    }
    steps_.push_back(std::move(shown));
    return answer;
  }

  Fixtures fixtures_;
  std::unique_ptr<Ring> ring_;
  std::mutex mutex_;  ///< of the stage
  Stage stage_;
  std::string said_;
  std::mutex steps_mutex_;
  std::vector<StepResult> steps_;
  std::vector<Person> people_;
};

http::Reply html_answer(std::string body) {
  return {.response = {.status = 200, .headers = {{"Content-Type", "text/html; charset=utf-8"}}, .body = std::move(body)}};
}

void print_page(const std::string& url, const Urls& urls, const std::string& bridge) {
  const Credentials credentials;
  std::cout << "A world: a fake Salesforce org, a fake OpenCX, mail, and the bridge " << bridge << "\n"
            << "  see it         " << url << "   (mailboxes, Inbox, Cases and what was said on the wire; reload to see more)\n"
            << "  Salesforce     " << urls.salesforce << "   client " << credentials.salesforce_client_id << ", secret "
            << credentials.salesforce_client_secret << ", refresh token " << credentials.salesforce_refresh_token << "\n"
            << "  OpenCX         " << urls.opencx << "   API key " << credentials.opencx_api_key << "\n"
            << "  bridge         " << urls.bridge << "\n\n"
            << "Do what a scenario can say (casewire steps lists it all); a check waits until it holds:\n"
            << "  say() { curl -s --data-binary \"$*\" " << url << "say; }\n"
            << "  say 'Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"'\n"
            << "  say 'the AI hands off: \"Refund needs a person\"'\n"
            << "  say 'case A opens from opencx with the summary \"Refund needs a person\"'\n"
            << "  say 'Ruiz replies on case A: \"Looking into it.\"'\n"
            << "  say 'Dana receives \"Looking into it.\" in the same thread'\n"
            << "  curl -s " << url << "journal     # all that happened, as JSON Lines\n\n"
            << "Ctrl-C stops all of it.\n"
            << std::flush;
}

void wait_for_interrupt() {
  constexpr milliseconds kLook{200};
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (!interrupted()) never.wait_for(lock, kLook);
}

}  // namespace

int open_world(const WorldOptions& options) {
  const std::string fixtures = options.fixtures.empty() ? default_fixtures() : options.fixtures;
  const std::vector<std::string> command = options.bridge.empty()
                                               ? std::vector<std::string>{built_bridge()}
                                               : words_from_folder(options.bridge, options.project.bridge_folder);
  const auto environment = read_bridge_environment(options.bridge_environment);
  if (!environment) {
    std::cerr << "casewire: --bridge-env: " << environment.error() << "\n";
    return 2;
  }
  if (fixtures.empty() || command.empty() || command.front().empty()) {
    std::cerr << (fixtures.empty()
                      ? "casewire: there is no folder fixtures here or above; name it with --fixtures\n"
                      : "casewire: there is no casewire-bridge beside this program; name the bridge with --bridge \"COMMAND\"\n");
    return 2;
  }
  // A handler and not a blocked signal: the bridge must hear its SIGTERM.
  keep_interrupts();
  ProcessHost host;
  OpenWorld world(make_stranger_ring({.bridge_command = command,
                                      .bridge_environment = *environment,
                                      .bridge_folder = options.project.bridge_folder,
                                      .bridge_is_ours = false},
                                     Patience{}, host),
                  fixtures);
  // What introduces people comes before the world opens, which the first other sentence does.
  std::vector<std::string> sentences{"Given the customer Dana writes from dana@example.test",
                                     "Given the rep Ruiz works the queue \"Support\""};
  sentences.insert(sentences.end(), options.sentences.begin(), options.sentences.end());
  sentences.emplace_back("Then Dana has 0 cases");
  for (const std::string& sentence : sentences) {
    const auto answer = world.say(sentence);
    if (answer.status == 200) continue;
    std::cerr << "casewire: " << answer.text << ": " << answer.found << "\n";
    return answer.status == 400 ? 2 : 3;
  }
  const std::string bridge = options.bridge.empty() ? std::string("casewire-bridge ") + kVersion : options.bridge;
  ThreadRuntime runtime;
  http::Router router;
  router.add("GET", "/", [&](const http::Request&, const http::PathParameters&) { return html_answer(world.page(bridge)); });
  router.add("GET", "/journal", [&](const http::Request&, const http::PathParameters&) {
    return http::Reply{.response = {.status = 200,
                                    .headers = {{"Content-Type", "application/jsonl"}},
                                    .body = world.world().journal().json_lines()}};
  });
  router.add("POST", "/say", [&](const http::Request& request, const http::PathParameters&) {
    const auto answer = world.say(request.body);
    Json body = {{"verdict", answer.verdict}, {"step", answer.text}};
    if (!answer.expected.empty()) body["expected"] = answer.expected;
    if (!answer.found.empty()) body["found"] = answer.found;
    auto reply = json_answer(answer.status, body);
    reply.response.body += "\n";
    return reply;
  });
  auto server =
      http::SocketServer::start(runtime, [&](const http::Request& request) { return router(request); }, {.port = options.port});
  if (!server) {
    std::cerr << render(server.error());
    return 2;
  }
  print_page((*server)->url() + "/", world.urls(), bridge);
  wait_for_interrupt();
  (*server)->stop();
  runtime.stop();
  return 0;
}

}  // namespace casewire::scenarios
