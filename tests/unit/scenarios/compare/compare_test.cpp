// A tape put to the models: what differs is found, counted and named, on the right sides. R23, R24, R25 of docs/recordings.md.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "base/recording/pseudonyms.hpp"
#include "base/text/json.hpp"
#include "scenarios/compare/drift.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {
namespace {

std::string text_of(const std::string& file) {
  std::ifstream in(CASEWIRE_SOURCE_DIR "/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Tape shipped(const std::string& name) {
  const std::string file = CASEWIRE_SOURCE_DIR "/fixtures/recordings/" + name;
  const auto tape = read_har(text_of("fixtures/recordings/" + name), file, beside_tape(file));
  EXPECT_TRUE(tape) << (tape ? "" : render(tape.error()));
  return tape ? *tape : Tape{};
}

Compared compared(const Tape& tape) {
  const auto result =
      compare_with_models(Exchanges(tape.exchanges),
                          {.org_json = text_of("fixtures/orgs/service-cloud/org.json"), .org_file = "org.json", .seed = 7});
  EXPECT_TRUE(result) << (result ? "" : result.error());
  return result ? *result : Compared{};
}

std::string shown(const Compared& compared) {
  std::string text;
  for (const Drift& drift : compared.drifts)
    text += drift.operation + ": " + drift.cause + " x" + std::to_string(drift.count) + " entry " + std::to_string(drift.entry) +
            "\n  recorded " + drift.recorded + "\n  modelled " + drift.modelled + "\n";
  for (const std::string& trouble : compared.troubles) text += trouble + "\n";
  return text;
}

/// Changes the JSON of every answer to a request whose target ends so.
Tape with_answers(Tape tape, std::string_view end, const std::function<void(Json&)>& change) {
  for (Exchange& exchange : tape.exchanges) {
    if (!exchange.request.target.ends_with(end)) continue;
    Json body = Json::parse(exchange.response.body);
    change(body);
    exchange.response.body = body.dump();
  }
  return tape;
}

TEST(Compare, R25FindsNoDriftInWhatTheModelsThemselvesSaid) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CASEWIRE_SOURCE_DIR "/fixtures/recordings")) {
    if (entry.path().extension() != ".har") continue;
    ++count;
    const std::string name = entry.path().filename().string();
    const Compared result = compared(shipped(name));
    EXPECT_EQ(shown(result), "") << name;
    EXPECT_GE(result.answers.size(), 5u) << name;
  }
  EXPECT_GE(count, 11u);
}

TEST(Compare, R23NamesAPlantedDriftByOperationCauseAndCount) {
  const Tape tape = with_answers(shipped("case-opens.har"), "/history", [](Json& body) {
    for (Json& item : body["items"]) item["priority"] = "high";
  });
  const Compared result = compared(tape);
  ASSERT_EQ(result.drifts.size(), 1u) << shown(result);
  EXPECT_EQ(result.drifts[0].operation, "history read");
  EXPECT_EQ(result.drifts[0].cause, "member /items/*/priority: on the tape only");
  EXPECT_EQ(result.drifts[0].count, result.answers.at("history read"));
  EXPECT_TRUE(result.has_news());
}

TEST(Compare, R24WhatTheTapeSaysIsExpectedAndWhatTheModelSaysIsFound) {
  const Tape tape = with_answers(shipped("case-opens.har"), "/history", [](Json& body) {
    body["items"][0]["event"]["content"]["type"] = "html";
    body["items"][0]["event"]["sender"].erase("name");
  });
  const Compared result = compared(tape);
  ASSERT_EQ(result.drifts.size(), 2u) << shown(result);
  const auto drift = [&](std::string_view cause) {
    return *std::find_if(result.drifts.begin(), result.drifts.end(), [&](const Drift& one) { return one.cause == cause; });
  };
  const Drift type = drift("member /items/*/event/content/type: another value");
  EXPECT_EQ(type.recorded, "\"html\"");
  EXPECT_EQ(type.modelled, "\"text\"");
  const Drift name = drift("member /items/*/event/sender/name: in the model only");
  EXPECT_EQ(name.recorded, "nothing");
  EXPECT_EQ(name.modelled, "\"Dana\"");
}

TEST(Compare, AStatusAndAKindAreCausesOfTheirOwn) {
  Tape tape =
      with_answers(shipped("case-opens.har"), "/history", [](Json& body) { body["items"][0]["event"]["attachments"] = "none"; });
  for (Exchange& exchange : tape.exchanges)
    if (exchange.request.method == "PATCH") exchange.response.status = 404;
  const Compared result = compared(tape);
  ASSERT_EQ(result.drifts.size(), 2u) << shown(result);
  EXPECT_EQ(result.drifts[0].cause, "member /items/*/event/attachments: a string on the tape, a list in the model");
  EXPECT_EQ(result.drifts[1].cause, "status");
  EXPECT_THAT(result.drifts[1].recorded, testing::StartsWith("404"));
  EXPECT_THAT(result.drifts[1].modelled, testing::StartsWith("200"));
}

TEST(Compare, R23TheSameInAnotherOrderIsThat) {
  const Tape tape = with_answers(shipped("case-opens.har"), "/history",
                                 [](Json& body) { std::reverse(body["items"].begin(), body["items"].end()); });
  const Compared result = compared(tape);
  ASSERT_EQ(result.drifts.size(), 1u) << shown(result);
  EXPECT_EQ(result.drifts[0].cause, "order of /items");
}

TEST(Compare, AReplyReachesItsConversationAlsoWhereTheTapesMailNamesNoNumber) {
  Tape tape = shipped("takeover.har");
  for (Exchange& exchange : tape.exchanges) {
    if (const auto at = exchange.response.body.find(" [93461]"); at != std::string::npos) exchange.response.body.erase(at, 8);
  }
  const Compared result = compared(tape);
  EXPECT_EQ(shown(result), "");
}

// The model made a name of the address and gave it to the contact.
TEST(Compare, R25ACustomerWithoutANameIsOneInTheModelsToo) {
  Tape tape = shipped("case-opens.har");
  for (Exchange& exchange : tape.exchanges) {
    for (std::string* text : {&exchange.request.body, &exchange.response.body}) {
      *text = recording::replaced(*text, R"("type":"contact","name":"Dana")", R"("type":"contact","name":"dana@example.test")");
      *text = recording::replaced(*text, R"("name":"Dana")", R"("name":null)");
    }
  }
  EXPECT_EQ(shown(compared(tape)), "");
}

TEST(Compare, R23WhereAnOrgSendsItsCalloutsIsNoDrift) {
  Tape tape = shipped("case-opens.har");
  const auto read = std::find_if(tape.exchanges.begin(), tape.exchanges.end(), [](const Exchange& exchange) {
    return exchange.to == "salesforce" && exchange.request.path().ends_with("/composite");
  });
  ASSERT_NE(read, tape.exchanges.end());
  Exchange asked = *read;
  asked.request.method = "GET";
  asked.request.body.clear();
  asked.request.target =
      "/services/data/v66.0/tooling/query?q=SELECT%20Endpoint%20FROM%20NamedCredential%20WHERE%20DeveloperName%20%3D%20"
      "'OpenCX_Integration'";
  asked.response.body =
      R"({"size":1,"totalSize":1,"done":true,"queryLocator":null,"entityTypeName":"NamedCredential","records":[{"attributes":)"
      R"({"type":"NamedCredential","url":"/services/data/v66.0/tooling/sobjects/NamedCredential/0XACw0000000001MAA"},)"
      R"("Endpoint":"https://bridge.acme.test:8443/elsewhere/hooks"}]})";
  tape.exchanges.insert(read + 1, asked);
  EXPECT_EQ(shown(compared(tape)), "");
}

TEST(Compare, R23WhatTwoModelsDifferInIsNoise) {
  // What a model draws by lot: a ticket number, which the tape has another of.
  const Compared result = compared(shipped("case-opens.har"));
  EXPECT_EQ(result.noise.count("session read: /body/ticket_number"), 1u) << shown(result);
}

TEST(Compare, R23NoiseIsAnotherValueNeverAnotherKindOfIt) {
  const Tape tape = shipped("case-opens.har");
  const auto causes = [&](const std::function<void(Json&)>& change) {
    Tape changed = tape;
    for (Exchange& exchange : changed.exchanges) {
      auto body = parse_json(exchange.response.body);
      if (!body || !body->is_object() || !body->contains("ticket_number")) continue;
      change(*body);
      exchange.response.body = body->dump();
    }
    std::string all;
    for (const Drift& drift : compared(changed).drifts) all += drift.operation + ": " + drift.cause + "\n";
    return all;
  };
  EXPECT_EQ(causes([](Json&) {}), "");
  EXPECT_EQ(causes([](Json& body) { body["ticket_number"] = 12345; }), "");
  EXPECT_EQ(causes([](Json& body) { body.erase("ticket_number"); }), "session read: member /ticket_number: in the model only\n");
  EXPECT_EQ(causes([](Json& body) { body["ticket_number"] = nullptr; }),
            "session read: member /ticket_number: null on the tape, a number in the model\n");
  EXPECT_EQ(causes([](Json& body) { body["ticket_number"] = "9346"; }),
            "session read: member /ticket_number: a string on the tape, a number in the model\n");
  EXPECT_EQ(causes([](Json& body) {
              body["ticket_number"] = {{"a", 1}};
            }),
            "session read: member /ticket_number: an object on the tape, a number in the model\n");
}

TEST(Compare, KnownDriftPassesAndNewDriftDoesNot) {
  const Tape tape =
      with_answers(shipped("case-opens.har"), "/history", [](Json& body) { body["items"][0]["a"] = body["items"][0]["b"] = 1; });
  Compared result = compared(tape);
  ASSERT_EQ(result.drifts.size(), 2u);
  const auto baseline = read_baseline(write_baseline(result), "baseline.json");
  ASSERT_TRUE(baseline);
  mark_known(result, *baseline);
  EXPECT_FALSE(result.has_news());
  Baseline less = *baseline;
  less.erase(less.begin());
  less.emplace("Case create", "status");
  mark_known(result, less);
  EXPECT_TRUE(result.has_news());
  EXPECT_THAT(result.gone, testing::ElementsAre(testing::Pair("Case create", "status")));
}

TEST(Compare, ABaselineThatIsNoneIsRefused) {
  for (const char* text : {"{}", "[]", R"({"known": [{"operation": "x"}]})", "{"})
    EXPECT_FALSE(read_baseline(text, "baseline.json")) << text;
}

}  // namespace
}  // namespace casewire::scenarios
