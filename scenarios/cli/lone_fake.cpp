#include "scenarios/cli/lone_fake.hpp"

#include <algorithm>

#include "base/runtime/stopwatch.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/json_answer.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/language/numbers.hpp"
#include "scenarios/report/markup.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::string_view kDoor = "/_casewire/";
constexpr std::size_t kJournalBytesMax = 32u << 20;  // what no longer fits is dropped: a reset makes room
constexpr milliseconds kSettleMax{10'000}, kQuietLook{20};

struct CommonRoute {
  const char *method, *name, *takes, *meaning;
};
constexpr CommonRoute kCommon[] = {
    {"GET", "health", "", "200 once it answers; its time"},
    {"GET", "requests", "", "what it was asked and answered, as JSON; ?since=N: after that entry of the journal"},
    {"GET", "journal", "", "all that happened, as JSON Lines"},
    {"GET", "state", "", "what it holds"},
    {"GET", "faults", "", "the faults that are armed, and how often each has struck"},
    {"POST", "reset", "", "everything as at the start"},
    {"POST", "time", "{pass}",
     "time passes (\"2 days\"), and what falls due happens; from then on the clock stands still in between"},
    {"POST", "faults", "{...} or [...]",
     "arms faults: {\"place\": {\"operation\": \"Case create\", \"times\": 2}, \"damage\": {\"kind\": \"refuse\", \"code\": \"503\"}}"},
};

http::Reply problem(int status, const std::string& what) { return json_answer(status, {{"error", what}}); }

http::Reply text_answer(std::string type, std::string body) {
  return {.response = {.status = 200, .headers = {{"Content-Type", std::move(type)}}, .body = std::move(body)}};
}

std::string takes_of(const LoneDeed& deed) {
  std::string text;
  for (const LoneDeed::Member& member : deed.members) {
    text += (text.empty() ? "{" : ", ") + member.name + (member.is_needed ? "" : "?");
  }
  return text.empty() ? text : text + "}";
}

std::string route_line(std::string_view method, const std::string& name, const std::string& takes, const std::string& meaning) {
  std::string line = "  " + std::string(method) + (method == "GET" ? "  " : " ") + std::string(kDoor) + name;
  if (!takes.empty()) line += " " + takes;
  line += std::string(line.size() < 58 ? 58 - line.size() : 1, ' ');
  return line + " " + meaning + "\n";
}

/// "" when the object has all that the deed needs and nothing else.
std::string objection_to(const LoneDeed& deed, const Json& body) {
  if (!body.is_object()) return "expected a JSON object " + takes_of(deed);
  for (const LoneDeed::Member& member : deed.members) {
    const bool is_there = body.contains(member.name) && (!member.is_text || body[member.name].is_string());
    if (is_there || (!member.is_needed && !body.contains(member.name))) continue;
    return "expected {\"" + member.name + "\": \"...\"}";
  }
  std::vector<std::string> known;
  for (const LoneDeed::Member& member : deed.members) known.push_back(member.name);
  for (const auto& [name, value] : body.items()) {
    if (deed.takes_any) break;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = nearest(name, known);
    return "there is no member \"" + name + "\"" +
           (near.empty() ? "; expected " + takes_of(deed) : ", did you mean \"" + near + "\"?");
  }
  return {};
}

Json requests_since(const sim::Journal& journal, std::uint64_t since) {
  Json all = Json::array();
  journal.visit(since + 1, [&](const sim::Entry& entry) {
    if (entry.as<sim::HttpExchange>() == nullptr) return;
    Json one = sim::to_json(entry.event);
    one["seq"] = entry.sequence;
    one["at"] = iso8601(entry.at);
    all.push_back(std::move(one));
  });
  return all;
}

Json told_of(const sim::Faults& faults) {
  Json all = Json::array();
  for (const sim::FaultTold& told : faults.told()) {
    all.push_back({{"sentence", told.sentence}, {"struck", told.struck}, {"times", told.planned}});
  }
  return all;
}

/// What is missing is what is usual here: the system is this one, and nobody needs a sentence.
Result<sim::FaultPlan, std::string> plan_of(Json body, const std::string& system) {
  if (body.is_object()) body = Json::array({std::move(body)});
  if (!body.is_array() || body.empty()) return fail(std::string("expected a fault or a list of them"));
  for (Json& fault : body) {
    if (!fault.is_object()) return fail(std::string("expected a fault as an object"));
    Json& place = fault["place"];
    if (place.is_null()) place = Json::object();
    if (place.is_object() && !place.contains("system") && place.value("of", "call") != "mail") place["system"] = system;
    if (place.is_object() && !place.contains("of")) place["of"] = "call";
    if (!fault.contains("sentence")) fault["sentence"] = dump_json(fault["damage"]);
  }
  auto plan = sim::fault_plan_of_json(body);
  if (!plan) return plan;
  for (const sim::PlannedFault& fault : *plan) {
    if (auto objection = sim::objection(fault)) return fail(*objection);
  }
  return plan;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> files_told(const Json& body) {
  std::vector<std::pair<std::string, std::string>> files;
  const Json& told = member(body, "files");
  if (!told.is_object()) return files;
  for (const auto& [name, content] : told.items()) {
    if (content.is_string()) files.emplace_back(name, content.get<std::string>());
  }
  return files;
}

std::vector<std::string> texts_told(const Json& body, const char* name) {
  const Json& told = member(body, name);
  std::vector<std::string> texts;
  for (const Json& one : told.is_array() ? told : Json::array({told})) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

FakeLife::FakeLife()
    : journal([this] { return runtime.now(); }, kJournalBytesMax), network(journal, faults, [this] { return runtime.now(); }) {}

FakeLife::~FakeLife() { runtime.stop(); }

void FakeLife::pass(milliseconds duration) {
  if (!runtime.driven()) runtime.drive(runtime.now());
  const WallTime target = runtime.now() + duration;
  const RealStopwatch watch;
  const auto settle = [&] {
    for (auto activity = runtime.activity(); activity.busy != 0 && watch.elapsed() < kSettleMax; activity = runtime.activity()) {
      runtime.wait_for_change(activity.changes, kQuietLook);
    }
  };
  for (settle(); runtime.now() < target && watch.elapsed() < kSettleMax; settle()) {
    const auto next = runtime.activity().next_timer;
    const WallTime due = next ? runtime.wall_time_of(*next) : target;
    if (due >= target) break;
    runtime.advance_to(std::max(due, runtime.now()));
  }
  runtime.advance_to(target);
  settle();
}

LoneFake::LoneFake(std::string name, std::string title, std::string lines, Begin begin)
    : name_(std::move(name)), title_(std::move(title)), lines_(std::move(lines)), begin_(std::move(begin)), life_(begin_()) {}

std::shared_ptr<FakeLife> LoneFake::life() const {
  const std::lock_guard lock(mutex_);
  return life_;
}

void LoneFake::end() {
  const std::lock_guard lock(mutex_);
  life_.reset();
}

http::Reply LoneFake::reset() {
  auto next = begin_();
  const std::lock_guard lock(mutex_);
  std::swap(life_, next);
  // The old one goes with whoever asks it last.
  return json_answer(200, Json::object());
}

http::Reply LoneFake::operator()(const http::Request& request) {
  const auto life = this->life();
  if (life == nullptr) return {.response = {.status = 503}};
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == "/" && request.method == "GET") return text_answer("text/html; charset=utf-8", page());
  if (!path.starts_with(kDoor)) return life->api(request);
  const std::string what(path.substr(kDoor.size()));
  const std::string_view query = path.size() < target.size() ? target.substr(path.size() + 1) : std::string_view{};
  if (request.method == "GET") return ask(*life, request, what, query);
  if (request.method == "POST") return tell(life, request, what);
  return problem(405, "GET asks, POST tells; GET / lists both");
}

http::Reply LoneFake::ask(FakeLife& life, const http::Request&, const std::string& what, std::string_view query) {
  if (what == "health")
    return json_answer(200, {{"service", name_}, {"version", kVersion}, {"now", iso8601(life.runtime.now())}});
  if (what == "journal") return text_answer("application/jsonl", life.journal.json_lines());
  if (what == "state") return json_answer(200, life.state());
  if (what == "faults") return json_answer(200, told_of(life.faults));
  if (what == "requests") {
    constexpr std::string_view kSince = "since=";
    std::uint64_t since = 0;
    if (query.starts_with(kSince)) {
      const std::string number(query.substr(kSince.size()));
      if (number.empty() || number.size() > 9 || number.find_first_not_of("0123456789") != std::string::npos) {
        return problem(400, "since: expected a whole number, found \"" + number + "\"");
      }
      since = std::stoull(number);
    }
    return json_answer(200, requests_since(life.journal, since));
  }
  return problem(404, "nothing is called \"" + what + "\" here; GET / lists what is");
}

http::Reply LoneFake::tell(const std::shared_ptr<FakeLife>& life, const http::Request& request, const std::string& what) {
  if (what == "reset") return reset();
  const auto body = request.body.empty() ? Result<Json>{Json::object()} : parse_json(request.body, "request");
  if (!body) return problem(400, render(body.error()));
  if (what == "time") {
    const std::string text = body->is_object() ? string_member(*body, "pass") : std::string{};
    const auto duration = read_duration(text);
    if (!duration || *duration > std::chrono::hours{24 * 366}) {
      return problem(400, "expected {\"pass\": \"2 days\"}, at most a year; found \"" + text + "\"");
    }
    life->pass(*duration);
    return json_answer(200, {{"now", iso8601(life->runtime.now())}});
  }
  if (what == "faults") {
    const auto plan = plan_of(*body, name_);
    if (!plan) return problem(400, plan.error());
    life->faults.arm(*plan);
    return json_answer(200, {{"armed", plan->size()}});
  }
  std::vector<std::string> known{"reset", "time", "faults"};
  for (const LoneDeed& deed : life->deeds) {
    known.push_back(deed.name);
    if (deed.name != what) continue;
    if (const std::string objection = objection_to(deed, *body); !objection.empty()) return problem(400, objection);
    const auto done = deed.act(*body);
    return done ? json_answer(200, *done) : problem(409, done.error());
  }
  const std::string near = nearest(what, known);
  return problem(404, "nothing is called \"" + what + "\" here" +
                          (near.empty() ? "; GET / lists what is" : ", did you mean \"" + near + "\"?"));
}

std::string LoneFake::routes_text() const {
  std::string text;
  for (const CommonRoute& route : kCommon) text += route_line(route.method, route.name, route.takes, route.meaning);
  for (const LoneDeed& deed : life()->deeds) text += route_line("POST", deed.name, takes_of(deed), deed.meaning);
  return text;
}

std::string LoneFake::page() const {
  return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + report::markup_text(title_) +
         "</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
         "pre{overflow:auto}</style><h1>" +
         report::markup_text(title_) +
         "</h1><p>A fake for tests: it works as the real one does, as far as its pages say, and forgets everything when it ends. Under "
         "<code>/_casewire</code> it is driven and asked.</p><pre>" +
         report::markup_text(lines_) + "</pre><h2>Driven and asked</h2><pre>" + report::markup_text(routes_text()) +
         "</pre></html>\n";
}

}  // namespace casewire::scenarios
