// Bundles as customers send them, what they show, and the scenarios that are made of them.

#include "scenarios/evidence/retelling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/evidence/bundle.hpp"
#include "scenarios/evidence/material.hpp"
#include "scenarios/evidence/org_delta.hpp"
#include "scenarios/evidence/symptoms.hpp"
#include "tests/support/golden.hpp"

namespace casewire::scenarios {
namespace {

std::string told(const Judgement& judgement) {
  std::string text;
  for (const Exhibit& exhibit : judgement.exhibits) {
    text += (exhibit.is_proved() ? "shows " : "suggests ") + exhibit.symptom + ": " + exhibit.what + " (" + exhibit.where + ") " +
            exhibit.invariant + "\n";
  }
  for (const std::string& untold : judgement.untold) text += "cannot tell " + untold + "\n";
  return text;
}

class ShippedBundle : public testing::TestWithParam<const char*> {};

TEST_P(ShippedBundle, R27ShowsItsFaultAndBecomesAScenario) {
  const std::string name = GetParam();
  auto evidence = open_bundle(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures/bundles/" + name, {});
  ASSERT_TRUE(evidence) << render(evidence.error());
  const auto files = evidence->files;
  const Story story = told_by(*std::move(evidence), {});
  tests::expect_golden("tests/unit/scenarios/evidence/" + name + ".expected.txt",
                       told(judge(story)) + "\n" + retell(story, files, name).feature);
}

INSTANTIATE_TEST_SUITE_P(, ShippedBundle, testing::Values("two-cases", "reply-lost", "internal-comment"), [](const auto& bundle) {
  std::string name = bundle.param;
  std::erase(name, '-');
  return name;
});

// ---- one fault at a time, told by the smallest material

Evidence handed_off() {
  Evidence evidence;
  const WallTime nine = *time_from("2026-01-05T09:00:00Z");
  evidence.contact_of_session["s"] = "dana@example.test";
  evidence.say(nine, {"h", "item 1"},
               {.session = "s", .type = "message", .message_id = "1", .sender = "contact", .text = "Where is it?"});
  evidence.say(nine + std::chrono::minutes(1), {"h", "item 2"},
               {.session = "s", .type = "handoff", .message_id = "2", .sender = "ai", .text = "Dana waits"});
  evidence.testimony.gives_row("Case", "500Qx00000A1b2CIAR", nine + std::chrono::minutes(1));
  evidence.row("Case", "500Qx00000A1b2CIAR",
               {{"SuppliedEmail", "dana@example.test"},
                {"Case_From__c", "opencx"},
                {"Description", "Dana waits"},
                {"CreatedDate", "2026-01-05T09:01:02Z"},
                {"CreatedById", "005Qx000001AbcDIAS"}},
               {"cases.csv", "line 2"});
  return evidence;
}

std::vector<std::string> shown(Evidence evidence) {
  std::vector<std::string> names;
  for (const Exhibit& exhibit : judge(told_by(std::move(evidence), {})).exhibits) names.push_back(exhibit.symptom);
  return names;
}

TEST(Retell, R27TakesTheSubjectFromTheMailWhereTheHistoryHasNone) {
  Evidence evidence = handed_off();
  read_mail("hers.eml", "",
            "From: dana@example.test\nTo: help@acme.test\nDate: Mon, 05 Jan 2026 08:59:55 +0000\nMessage-ID: <h1@x>\n"
            "Subject: Order 7\n\nWhere is it?\n",
            evidence);
  const Retelling told = retell(told_by(evidence, {"help@acme.test"}), {}, "x");
  EXPECT_THAT(told.feature, testing::HasSubstr("Dana emails help@acme.test about \"Order 7\": \"Where is it?\""));
  EXPECT_THAT(told.feature, testing::Not(testing::HasSubstr("# guessed: the subject")));
}

TEST(Retell, R27ACaseFromOpenCxTellsOfTheHandoffThatNoHistoryDoes) {
  Evidence evidence = handed_off();
  evidence.clues.clear();
  read_mail(
      "hers.eml", "",
      "From: dana@example.test\nTo: help@acme.test\nDate: Mon, 05 Jan 2026 08:59:55 +0000\nSubject: Order 7\n\nWhere is it?\n",
      evidence);
  const Retelling told = retell(told_by(evidence, {"help@acme.test"}), {}, "x");
  EXPECT_THAT(told.feature, testing::HasSubstr("the AI hands off Dana's conversation: \"Dana waits\"\n"
                                               "    Then case A opens from opencx with the summary \"Dana waits\""));
  EXPECT_THAT(told.guesses, testing::Contains("that the AI handed Dana's conversation off: her Case came from opencx"));
}

// An export and a mailbox alone: it became a sentence that cannot be played, "Dana has written no mail yet".
TEST(Retell, R27NobodyAnswersInAConversationThatHasNotBegun) {
  Evidence evidence = handed_off();
  evidence.clues.clear();
  const auto mail = [](const char* from, const char* time) {
    return std::string("From: ") + from + "\nTo: dana@example.test\nDate: Mon, 05 Jan 2026 " + time +
           " +0000\nSubject: News\n\nNews of the day.\n";
  };
  read_mail("early.eml", "", mail("help@acme.test", "08:00:00"), evidence);
  read_mail("news.eml", "", mail("news@acme.test", "10:00:00"), evidence);
  const Retelling nothing = retell(told_by(evidence, {"help@acme.test"}), {}, "x");
  EXPECT_EQ(nothing.feature, "");
  EXPECT_THAT(nothing.guesses,
              testing::Contains("what stands in early.eml is left out: nothing of dana@example.test stands before it"));
  read_mail("hers.eml", "",
            "From: dana@example.test\nTo: help@acme.test\nDate: Mon, 05 Jan 2026 09:00:00 +0000\n\nWhere is it?\n", evidence);
  const Retelling told = retell(told_by(evidence, {"help@acme.test"}), {}, "x");
  EXPECT_THAT(told.feature, testing::HasSubstr("Dana emails help@acme.test"));
  EXPECT_THAT(
      told.guesses,
      testing::Contains("that the mail in news.eml has nothing to do with it: news@acme.test is not where OpenCX answers"));
}

TEST(Judge, FindsNothingWrongInWhatWentWell) {
  Evidence evidence = handed_off();
  EXPECT_THAT(shown(evidence), testing::IsEmpty());
}

TEST(Judge, FindsTheHandoffWithoutACase) {
  Evidence evidence = handed_off();
  evidence.rows.clear();
  evidence.row("Case", "500Qx00000A1b9FIAR",
               {{"SuppliedEmail", "eli@example.test"},
                {"Case_From__c", "opencx"},
                {"CreatedDate", "2026-01-05T09:01:02Z"},
                {"CreatedById", "005Qx000001AbcDIAS"}},
               {"cases.csv", "line 2"});
  EXPECT_THAT(shown(evidence), testing::ElementsAre("case missing"));
}

TEST(Judge, FindsTheAiThatSpokeWhileAPersonWasOnIt) {
  Evidence evidence = handed_off();
  const WallTime ten = *time_from("2026-01-05T10:00:00Z");
  evidence.say(ten, {"h", "item 3"},
               {.session = "s", .type = "message", .message_id = "3", .sender = "human_agent", .text = "I look."});
  evidence.say(ten + std::chrono::minutes(5), {"h", "item 4"},
               {.session = "s", .type = "message", .message_id = "4", .sender = "ai", .text = "Have you tried to wait?"});
  EXPECT_THAT(shown(evidence), testing::ElementsAre("AI spoke"));
}

TEST(Judge, FindsTheMessageThatIsOnNoCase) {
  Evidence evidence = handed_off();
  evidence.row("CaseComment", "00aQx0000011IntIAC",
               {{"ParentId", "500Qx00000A1b2CIAR"},
                {"CommentBody", "AI: nothing of hers"},
                {"CreatedDate", "2026-01-05T09:01:02Z"},
                {"CreatedById", "005Qx000001AbcDIAS"}},
               {"comments.csv", "line 2"});
  EXPECT_THAT(shown(evidence), testing::ElementsAre("customer mail lost"));
}

/// A rep answers on her Case, and what her mailbox has of it.
Evidence answered(std::initializer_list<const char*> replies) {
  Evidence evidence = handed_off();
  const WallTime nine = *time_from("2026-01-05T09:00:00Z");
  evidence.clues.push_back({nine - std::chrono::seconds(5),
                            {"mine.mbox", "mail 1"},
                            sim::MailPassage{.from = "dana@example.test",
                                             .to = {"help@acme.test"},
                                             .subject = "Order 1182",
                                             .message_id = "<her-1@example.test>",
                                             .text = "Where is it?",
                                             .verdict = "delivered"}});
  int minute = 10;
  for (const char* text : replies) {
    const std::string at = "2026-01-05T09:" + std::to_string(minute) + ":00Z", number = std::to_string(minute++);
    evidence.row("EmailMessage", "02sQx00000" + number + "AbcIAC",
                 {{"ParentId", "500Qx00000A1b2CIAR"},
                  {"Incoming", false},
                  {"TextBody", text},
                  {"FromAddress", "help@acme.test"},
                  {"ToAddress", "dana@example.test"},
                  {"CreatedDate", at},
                  {"CreatedById", "005Qx000001RuizIAS"}},
                 {"mails.csv", "line " + number});
  }
  return evidence;
}

void she_gets(Evidence& evidence, int minute, const std::string& text, const std::string& answers = "<her-1@example.test>",
              const std::string& from = "help@acme.test") {
  evidence.clues.push_back({*time_from("2026-01-05T09:" + std::to_string(minute) + ":20Z"),
                            {"mine.mbox", "mail " + std::to_string(minute)},
                            sim::MailPassage{.from = from,
                                             .to = {"dana@example.test"},
                                             .subject = "Re: Order 1182",
                                             .message_id = "<ours-" + std::to_string(minute) + "@acme.test>",
                                             .in_reply_to = answers,
                                             .references = answers.empty() ? std::vector<std::string>{} : std::vector{answers},
                                             .text = text,
                                             .verdict = "delivered"}});
}

TEST(Judge, FindsNothingWrongInAReplyThatArrived) {
  Evidence evidence = answered({"A lid is on its way."});
  she_gets(evidence, 11, "A lid is on its way.");
  EXPECT_THAT(shown(evidence), testing::IsEmpty());
}

// The bridge's own taking over was judged as if somebody had taken the conversation in the Inbox, who is owed a Case.
TEST(Judge, AsksNoSecondCaseForAReplyThatTookTheConversationFromTheAi) {
  Evidence evidence = answered({"Looking into it."});
  const WallTime ten_past = *time_from("2026-01-05T09:10:00Z");
  Json& fields = evidence.rows.at("500Qx00000A1b2CIAR").fields;
  fields["IsClosed"] = true;
  fields["ClosedDate"] = "2026-01-05T09:10:02Z";
  evidence.say(ten_past + std::chrono::seconds(5), {"h", "item 3"},
               {.session = "s", .type = "agent_took_session_from_ai", .message_id = "3"});
  evidence.say(ten_past + std::chrono::seconds(5), {"h", "item 4"},
               {.session = "s", .type = "message", .message_id = "4", .sender = "human_agent", .text = "Looking into it."});
  she_gets(evidence, 10, "Looking into it.");
  EXPECT_THAT(shown(evidence), testing::IsEmpty());
}

TEST(Judge, FindsTheReplyThatCameTwice) {
  Evidence evidence = answered({"A lid is on its way."});
  she_gets(evidence, 11, "A lid is on its way.");
  she_gets(evidence, 15, "A lid is on its way.");
  EXPECT_THAT(shown(evidence), testing::ElementsAre("reply twice"));
}

TEST(Judge, FindsTheReplyThatCameTwiceAlsoWhereAHistoryShowsItOnce) {
  Evidence evidence = answered({"A lid is on its way."});
  evidence.say(*time_from("2026-01-05T09:10:05Z"), {"h", "item 3"},
               {.session = "s", .type = "message", .message_id = "3", .sender = "human_agent", .text = "A lid is on its way."});
  she_gets(evidence, 11, "A lid is on its way.");
  Evidence once = evidence;
  EXPECT_THAT(shown(std::move(once)), testing::IsEmpty());
  she_gets(evidence, 15, "A lid is on its way.");
  EXPECT_THAT(shown(std::move(evidence)), testing::ElementsAre("reply twice"));
}

TEST(Judge, FindsTheReplyThatNeverCame) {
  EXPECT_THAT(shown(answered({"A lid is on its way."})), testing::ElementsAre("reply lost"));
}

TEST(Judge, FindsTheRepliesThatCameInAnotherOrder) {
  Evidence evidence = answered({"First the lid.", "Then the kettle."});
  evidence.row("CaseComment", "00aQx0000011AbcIAC",
               {{"ParentId", "500Qx00000A1b2CIAR"},
                {"CommentBody", "Dana: Where is it?"},
                {"CreatedDate", "2026-01-05T09:01:02Z"},
                {"CreatedById", "005Qx000001AbcDIAS"}},
               {"comments.csv", "line 2"});
  she_gets(evidence, 12, "Then the kettle.");
  she_gets(evidence, 13, "First the lid.");
  EXPECT_THAT(shown(evidence), testing::ElementsAre("wrong order"));
}

TEST(Judge, FindsTheReplyThatCameOutsideItsThread) {
  Evidence evidence = answered({"A lid is on its way."});
  she_gets(evidence, 11, "A lid is on its way.", "");
  EXPECT_THAT(shown(evidence), testing::ElementsAre("wrong conversation"));
}

TEST(Judge, FindsTheFileThatArrivedDamaged) {
  Evidence evidence = answered({"The bill."});
  evidence.row("ContentVersion", "068Qx000001AbcDIAS",
               {{"Title", "bill"},
                {"PathOnClient", "bill.pdf"},
                {"ContentDocumentId", "069Qx000001AbcDIAS"},
                {"CreatedDate", "2026-01-05T09:10:00Z"},
                {"CreatedById", "005Qx000001RuizIAS"}},
               {"files.csv", "line 2"});
  OrgRow& version = evidence.rows.at("068Qx000001AbcDIAS");
  version.content_sha256 = std::string(64, 'a');
  version.content_bytes = 100;
  evidence.row("ContentDocumentLink", "06AQx000001AbcDIAS",
               {{"ContentDocumentId", "069Qx000001AbcDIAS"},
                {"LinkedEntityId", "02sQx0000010AbcIAC"},
                {"CreatedDate", "2026-01-05T09:10:00Z"},
                {"CreatedById", "005Qx000001RuizIAS"}},
               {"links.csv", "line 2"});
  she_gets(evidence, 11, "The bill.");
  std::get<sim::MailPassage>(evidence.clues.back().event).attachments.push_back({"bill.pdf", 100, std::string(64, 'b')});
  EXPECT_THAT(shown(evidence), testing::ElementsAre("file damaged"));
}

/// As the CLI and the Data Export write them: a link has neither a date nor an author, and a history of OpenCX no digest.
void has_file(Evidence& evidence, const std::string& number, const std::string& name, const char* bytes, const std::string& on,
              const char* by, const char* at = "2026-01-05T09:10:00Z") {
  evidence.row("ContentVersion", "068Qx0000" + number + "bcDIAS",
               {{"PathOnClient", name},
                {"ContentDocumentId", "069Qx0000" + number + "bcDIAS"},
                {"ContentSize", bytes},
                {"CreatedDate", at},
                {"CreatedById", by}},
               {"ContentVersion.csv", "line " + number});
  evidence.row("ContentDocumentLink", "06AQx0000" + number + "bcDIAS",
               {{"ContentDocumentId", "069Qx0000" + number + "bcDIAS"},
                {"LinkedEntityId", on},
                {"SystemModstamp", "2026-01-07T09:00:00Z"}},
               {"ContentDocumentLink.csv", "line " + number});
}

TEST(Judge, R27KnowsAFileByNameAndSizeWhereItsBytesAreNotThere) {
  for (const char* size : {"100", "99"}) {
    Evidence evidence = answered({"The bill."});
    has_file(evidence, "010", "bill.pdf", size, "02sQx0000010AbcIAC", "005Qx000001RuizIAS");
    she_gets(evidence, 11, "The bill.");
    std::get<sim::MailPassage>(evidence.clues.back().event).attachments.push_back({"bill.pdf", 100, std::string(64, 'b')});
    const Story story = told_by(std::move(evidence), {});
    const bool is_the_same = std::string_view(size) == "100";
    EXPECT_EQ(judge(story).exhibits.size(), is_the_same ? 0u : 1u) << size;
    EXPECT_EQ(story.has_likened_files, is_the_same);
    EXPECT_EQ(symptom_named("file damaged")->leaves_open(story).starts_with("of some files only name and size"), is_the_same);
    const std::string feature = retell(story, {}, "x").feature;
    EXPECT_THAT(feature, testing::HasSubstr("replies on case A with the file \"bill.pdf\": \"The bill.\""));
    EXPECT_THAT(feature, testing::HasSubstr("receives \"The bill.\" with the file \"bill.pdf\""));
  }
}

TEST(Judge, R27KnowsTheFileOfAHistoryByWhatACallGotFromItsAddress) {
  for (const bool is_whole : {true, false}) {
    Evidence evidence = handed_off();
    sim::SessionEvent said{.session = "s", .type = "message", .message_id = "9", .sender = "contact", .text = "See this."};
    said.attachments.push_back({"kettle.jpg", 2000, ""});
    evidence.say(*time_from("2026-01-05T09:05:00Z"), {"h", "item 5"}, said);
    evidence.row("CaseComment", "00aQx0000011AbcIAC",
                 {{"ParentId", "500Qx00000A1b2CIAR"},
                  {"CommentBody", "Dana: See this. / Where is it?"},
                  {"CreatedDate", "2026-01-05T09:06:00Z"},
                  {"CreatedById", "005Qx000001AbcDIAS"}},
                 {"comments.csv", "line 2"});
    has_file(evidence, "011", "from-opencx.jpg", "2000", "500Qx00000A1b2CIAR", "005Qx000001AbcDIAS");
    evidence.rows.at("068Qx0000011bcDIAS").content_sha256 = std::string(64, 'a');
    evidence.rows.at("068Qx0000011bcDIAS").content_bytes = 2000;
    evidence.address_of_file[{"s", "9", "kettle.jpg"}] = "/files/1";
    evidence.fetched["/files/1"] = {std::string(64, is_whole ? 'a' : 'b'), 2000};
    const auto names = shown(std::move(evidence));
    EXPECT_EQ(std::count(names.begin(), names.end(), "file damaged"), is_whole ? 0 : 1);
  }
}

TEST(OrgDelta, HasTheFieldsAndStatusesThatTheMaterialShowsAndTheOrgLacks) {
  const Json known = Json::parse(R"({"schema": {"objects": {"Case": {"fields": [{"name": "Case_From__c", "type": "string"}]}}},
                                     "caseStatuses": [{"name": "New", "default": true}]})");
  Evidence evidence;
  EXPECT_FALSE(org_delta(known, evidence));
  const auto row = [&](const char* id, const Json& fields) { evidence.row("Case", id, fields, {"cases.csv", "line 2"}); };
  row("500Qx00000A1b2CIAR", {{"Status", "Solved"}, {"IsClosed", true}, {"Case_From__c", "opencx"}, {"Region__c", "North"}});
  row("500Qx00000A1b2DIAR",
      {{"Status", "New"}, {"Score__c", 4.5}, {"Vip__c", "true"}, {"Due__c", "2026-01-05"}, {"a b__c", "x"}});
  evidence.clues.push_back(
      {WallTime{}, {}, sim::RecordChange{.object = "Contact", .fields = {{"Story__c", std::string(300, 'x')}}}});
  const auto delta = org_delta(known, evidence);
  ASSERT_TRUE(delta);
  EXPECT_THAT(delta->told, testing::ElementsAre("Case.Due__c, a date", "Case.Region__c, a string", "Case.Score__c, a double",
                                                "Case.Vip__c, a boolean", "Contact.Story__c, a textarea",
                                                "the status Solved, with which a Case is closed"));
  EXPECT_EQ(delta->org["schema"]["objects"]["Case"]["fields"].size(), 5u);
  EXPECT_EQ(delta->org["caseStatuses"][1], (Json{{"name", "Solved"}, {"closed", true}}));
}

TEST(Judge, SaysWhatTheMaterialCannotTell) {
  Evidence evidence = handed_off();
  evidence.is_in_doubt = true;
  const Judgement judgement = judge(told_by(std::move(evidence), {}));
  EXPECT_THAT(judgement.untold, testing::Contains(testing::HasSubstr("case missing: a call of the bridge was never answered")));
  EXPECT_THAT(judgement.untold, testing::Contains(testing::HasSubstr("reply lost: no EmailMessage row")));
}

TEST(Retelling, LetsAPersonWhoHasItHandItBack) {
  Evidence evidence = handed_off();
  const WallTime ten = *time_from("2026-01-05T10:00:00Z");
  evidence.say(ten, {"h", "item 3"}, {.session = "s", .type = "ai_resumed_by_system", .message_id = "3"});
  EXPECT_EQ(retell(told_by(evidence, {}), {}, "x").feature.find("back to the AI"), std::string::npos) << "nobody had it";
  evidence.say(
      ten - std::chrono::minutes(5), {"h", "item 4"},
      {.session = "s", .type = "message", .message_id = "4", .sender = "human_agent", .name = "Ruiz", .text = "I look."});
  const std::string feature = retell(told_by(evidence, {}), {}, "x").feature;
  EXPECT_THAT(feature, testing::HasSubstr("hands Dana's conversation back to the AI in the Inbox"));
  EXPECT_EQ(feature.find("stays silent towards"), std::string::npos) << "the AI may speak again";
}

// It was said that the material has no name for the user "somebody".
TEST(Retelling, SaysThatNobodyIsNamedWhereNobodyIs) {
  Evidence evidence = handed_off();
  Json& fields = evidence.rows.at("500Qx00000A1b2CIAR").fields;
  fields["IsClosed"] = true;
  fields["ClosedDate"] = "2026-01-05T09:30:00Z";
  EXPECT_THAT(retell(told_by(std::move(evidence), {}), {}, "x").feature,
              testing::HasSubstr("# guessed: who Rep is: the material tells what was done, and not by whom\n"));
}

TEST(Retelling, OfNobodysDeedsIsEmpty) {
  Evidence evidence;
  evidence.row("Case", "500Qx00000A1b2CIAR", {{"CreatedDate", "2026-01-05T09:01:02Z"}}, {"cases.csv", "line 2"});
  EXPECT_EQ(retell(told_by(std::move(evidence), {}), {}, "x").feature, "");
}

TEST(Retelling, TellsLongTextsByTheirLengthAndMissingFilesByTheirSize) {
  Evidence evidence = handed_off();
  evidence.say(*time_from("2026-01-05T10:00:00Z"), {"h", "item 3"},
               {.session = "s",
                .type = "message",
                .message_id = "3",
                .sender = "contact",
                .text = std::string(5000, 'x'),
                .attachments = {{"label.pdf", 2048, ""}}});
  const Retelling retelling = retell(told_by(std::move(evidence), {}), {}, "x");
  EXPECT_THAT(retelling.feature, testing::HasSubstr("Given the org"));
  EXPECT_THAT(retelling.feature, testing::HasSubstr("a file \"label.pdf\" of 2 KB"));
  EXPECT_THAT(retelling.feature, testing::HasSubstr("Dana replies with the file \"label.pdf\": \"%5000 characters%\""));
}

}  // namespace
}  // namespace casewire::scenarios
