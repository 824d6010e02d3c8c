// What proves what: small bundles, each short of one thing that a proof would need, and what is said of the ticket then.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "scenarios/evidence/bundle.hpp"
#include "scenarios/evidence/symptoms.hpp"

namespace casewire::scenarios {
namespace {

using Degree = Answer::Degree;
using Files = std::map<std::string, std::string>;  ///< a bundle, by name

std::string name_of(Degree degree) {
  switch (degree) {
    case Degree::shown: return "shown";
    case Degree::spoken_for: return "spoken for";
    case Degree::untold: return "untold";
    case Degree::left_open: return "left open";
    case Degree::contradicted: break;
  }
  return "contradicted";
}

struct Told {
  std::string text;  ///< "shown: " and why
  std::vector<std::string> unused;
};

Told told(const Files& files, const std::string& symptom) {
  char name[] = "/tmp/casewire-proof-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(name);
  for (const auto& [file, text] : files) std::ofstream(folder / file, std::ios::binary) << text;
  auto evidence = open_bundle(folder.string(), {});
  std::filesystem::remove_all(folder);
  if (!evidence) return {render(evidence.error()), {}};
  const auto unused = evidence->unused;
  const Judgement judgement = judge(told_by(*std::move(evidence), {}));
  const Answer& answer = judgement.answers.at(symptom);
  return {name_of(answer.degree) + ": " + answer.why, unused};
}

// ---- the whole bundle: Dana writes, the AI hands off, Ruiz replies at 09:31; a mail of the evening shows how far her mailbox goes

constexpr const char* kHeads =
    "Id,CaseNumber,Subject,Status,IsClosed,ClosedDate,SuppliedEmail,Case_From__c,Description,CreatedById,CreatedDate\n";
constexpr const char* kCase =
    "500Qx00000A1b2CIAR,7,Lamp,New,false,,dana@example.test,opencx,Dana asks about it,005Qx000001AbcDIAS,2026-01-05T09:01:02Z\n";
constexpr const char* kSecondCase =
    "500Qx00000A1b9FIAR,8,Lamp,New,false,,dana@example.test,opencx,Again,005Qx000001AbcDIAS,2026-01-05T11:00:02Z\n";
constexpr const char* kMailHeads = "Id,ParentId,Incoming,Status,ToAddress,FromAddress,TextBody,CreatedById,CreatedDate\n";
constexpr const char* kCommentHeads = "Id,ParentId,CommentBody,IsPublished,CreatedById,CreatedDate\n";
constexpr const char* kReply = "A new lamp is on its way.";
constexpr const char* kNote = "Second lamp in May, no refund.";

std::string message(const std::string& id, const std::string& time, const std::string& sender, const std::string& text) {
  return R"({"id": ")" + id + R"(", "created_at": "2026-01-05T)" + time +
         R"(Z", "event": {"type": "message", "sender": {"type": ")" + sender + R"("}, "content": {"text": ")" + text + R"("}}})";
}

std::string handoff(const std::string& id, const std::string& time, const std::string& summary) {
  return R"({"id": ")" + id + R"(", "created_at": "2026-01-05T)" + time + R"(Z", "event": {"type": "handoff", "summary": ")" +
         summary + R"("}})";
}

std::string history(const std::string& more = {}, const std::string& next = "null") {
  return R"({"session": {"id": "s-1", "contact": {"email": "dana@example.test", "name": "Dana"}}, "items": [)" +
         message("h1", "09:00:05", "contact", "The lamp flickers.") + "," + handoff("h2", "09:01:00", "Dana asks about it") +
         (more.empty() ? "" : "," + more) + R"(], "next": )" + next + "}";
}

std::string mail(const std::string& from, const std::string& to, const std::string& time, const std::string& id,
                 const std::string& text, const std::string& answers = {}) {
  return "From: " + from + "\nTo: " + to + "\nSubject: " + (answers.empty() ? "" : "Re: ") + "Lamp\n" +
         (time.empty() ? "" : "Date: Mon, 05 Jan 2026 " + time + " +0000\n") + "Message-ID: <" + id + ">\n" +
         (answers.empty() ? "" : "In-Reply-To: <" + answers + ">\nReferences: <" + answers + ">\n") + "\n" + text + "\n";
}

std::string hers(const std::string& time = "09:00:00", const std::string& id = "her-1",
                 const std::string& text = "The lamp flickers.") {
  return mail("dana@example.test", "help@acme.test", time, id, text);
}

std::string ours(const std::string& time, const std::string& text, const std::string& id = "our-1",
                 const std::string& answers = "her-1") {
  return mail("help@acme.test", "dana@example.test", time, id, text, answers);
}

std::string reply_row(const std::string& text = kReply, const std::string& time = "09:31:00", const std::string& number = "1") {
  return "02sQx0000000" + number + "AbcIAC,500Qx00000A1b2CIAR,false,3,dana@example.test,help@acme.test,\"" + text +
         "\",005Qx000001RuizIAS,2026-01-05T" + time + "Z\n";
}

std::string comment_row(const std::string& text, const std::string& published, const std::string& by, const std::string& time) {
  return "00aQx0000011AbcIAC,500Qx00000A1b2CIAR,\"" + text + "\"," + published + "," + by + ",2026-01-05T" + time + "Z\n";
}

Files with(const Files& more, const std::vector<std::string>& without = {}) {
  Files files{{"cases.csv", std::string(kHeads) + kCase},
              {"history.json", history()},
              {"mails.csv", kMailHeads + reply_row()},
              {"hers.eml", hers()},
              {"evening.eml", mail("tove@garden.example", "dana@example.test", "20:00:00", "tove-1", "Are you coming?")}};
  for (const auto& [name, text] : more) files[name] = text;
  for (const std::string& name : without) files.erase(name);
  return files;
}

std::string without(std::string text, const std::string& part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
  return text;
}

std::string instead(std::string text, const std::string& part, const std::string& other) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + other.size()))
    text.replace(at, part.size(), other);
  return text;
}

struct Proof {
  const char* name;
  const char* symptom;
  const char* answer;  ///< how it begins, or a part of it
  Files files;
};

void PrintTo(const Proof& proof, std::ostream* out) { *out << proof.name; }

class WhatProves : public testing::TestWithParam<Proof> {};

TEST_P(WhatProves, R27NobodyIsConvictedOrAcquittedWithoutProof) {
  const Proof& proof = GetParam();
  const Told said = told(proof.files, proof.symptom);
  EXPECT_THAT(said.text, testing::HasSubstr(proof.answer)) << testing::PrintToString(said.unused);
}

const auto kByName = [](const auto& proof) { return std::string(proof.param.name); };

const std::string kIntegration = "005Qx000001AbcDIAS", kRuiz = "005Qx000001RuizIAS";

INSTANTIATE_TEST_SUITE_P(
    HerMailbox, WhatProves,
    testing::Values(
        Proof{"ThatReachesFurther", "reply lost", "shown: ", with({})},
        Proof{"WithTheReply", "reply lost", "contradicted: ", with({{"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"OfHerOwnMailsOnly", "reply lost", "spoken for: her mailbox", with({}, {"evening.eml"})},
        Proof{
            "OfSomebodyElse", "reply lost", "spoken for: her mailbox",
            with({{"bob.eml", mail("tove@garden.example", "bob@example.test", "20:00:00", "tove-2", "Hello")}}, {"evening.eml"})},
        Proof{"ThatEndsBefore", "reply lost", "last mail that she received in it is of 2026-01-05T09:00:40",
              with({{"ai.eml", ours("09:00:40", "I look into it.")}}, {"evening.eml"})},
        Proof{"ThatEndsBeforeItCanHaveCome", "reply lost", "spoken for: her mailbox",
              with({{"ai.eml", ours("09:32:00", "I look into it.")}}, {"evening.eml"})},
        Proof{"OfSupport", "reply lost", "spoken for: her mailbox",
              with({{"sent.mbox", "From a Mon Jan  5 09:00:00 2026\n" + ours("20:00:00", "Anything else?") +
                                      "\nFrom a Mon Jan  5 09:00:00 2026\n" +
                                      mail("help@acme.test", "bob@example.test", "20:00:00", "our-8", "Hello Bob")}},
                   {"evening.eml"})},
        Proof{"WithAMailThatWasNotUsed", "reply lost", "spoken for: reply.eml was not used",
              with({{"reply.eml", ours("", kReply)}})},
        Proof{"WithAMailOfOutlook", "reply lost", "spoken for: reply.msg was not used",
              with({{"reply.msg", "\xD0\xCF\x11\xE0"}})},
        Proof{"ThatSaysWhoseItIsByDeliveryAlone", "reply lost", "contradicted: ",
              with({{"reply.eml", "Delivered-To: dana@example.test\n" + instead(ours("09:32:00", kReply), "To: dana@example.test",
                                                                                "To: undisclosed-recipients:;")}})},
        Proof{"WithTheWordsSentToNobodyKnown", "reply lost", "untold: reply.eml holds its words",
              with({{"reply.eml", instead(ours("09:32:00", kReply), "To: dana@example.test", "To: undisclosed-recipients:;")}})},
        Proof{"WhoseClockIsASecondBehind", "reply lost", "untold: reply.eml holds its words and is dated before it",
              with({{"reply.eml", ours("09:30:58", kReply)}})},
        Proof{"AcquitsNobodyOfWhatCameLater", "internal comment", "left open: her mailbox",
              with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "21:00:00")}})},
        Proof{"AcquitsOfWhatWouldBeThere", "internal comment",
              "contradicted: ", with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "09:40:00")}})},
        Proof{"OfHersAloneAcquitsNobodyOfALeak", "internal comment", "left open: her mailbox",
              with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "09:40:00")}}, {"evening.eml"})},
        Proof{"WithTheReplyInLettersThatTheExportWritesOtherwise", "reply lost", "contradicted: ",
              with({{"mails.csv", kMailHeads + reply_row("Eine gr\xFC"
                                                         "ne Lampe ist unterwegs.")},
                    {"reply.eml",
                     "Content-Type: text/plain; charset=utf-8\n" + ours("09:32:00", "Eine gr\u00fcne Lampe ist unterwegs.")}})},
        Proof{"ConvictsNobodyByLettersThatNobodyTold", "reply lost",
              "spoken for: mails.csv does not say how its letters are written",
              with({{"mails.csv", kMailHeads + reply_row("Eine gr\x8Ane Lampe ist unterwegs.")},
                    {"reply.eml",
                     "Content-Type: text/plain; charset=utf-8\n" + ours("09:32:00", "Eine gr\u00fcne Lampe ist unterwegs.")}})},
        Proof{"OfAReplyThatSomebodyPassedOn", "reply lost", "contradicted: ",
              with({{"fwd.eml",
                     "From: agent@acme.test\nTo: desk@vendor.example\nDate: Mon, 05 Jan 2026 12:00:00 +0000\nMIME-Version: 1.0\n"
                     "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n" +
                         ours("09:32:00", kReply) + "\n--b--\n"}})},
        Proof{"OfHersAloneAcquitsNobodyOfASecondReply", "reply twice", "left open: her mailbox", with({}, {"evening.eml"})}),
    kByName);

INSTANTIATE_TEST_SUITE_P(
    Export, WhatProves,
    testing::Values(
        Proof{"OfAllCases", "two cases", "contradicted: ", with({})},
        Proof{
            "OfWholeMinutes", "two cases", "shown: ",
            with({{"cases.csv", std::string(kHeads) + instead(kCase, "2026-01-05T09:01:02Z", "05.01.2026 10:01") +
                                    instead(kSecondCase, "2026-01-05T11:00:02Z", "05.01.2026 12:00")},
                  {"one.json",
                   R"([{"attributes": {"type": "Case"}, "Id": "500Qx00000A1b2CIAR", "CreatedDate": "2026-01-05T09:01:02Z"}])"}})},
        Proof{
            "OfWholeMinutesThatDoNotTellWhatCameFirst", "two cases", "spoken for: what came first within the minute",
            with({{"cases.csv", std::string(kHeads) + instead(kCase, "2026-01-05T09:01:02Z", "05.01.2026 10:01") +
                                    instead(kSecondCase, "2026-01-05T11:00:02Z", "05.01.2026 10:01")},
                  {"one.json",
                   R"([{"attributes": {"type": "Case"}, "Id": "500Qx00000A1b2CIAR", "CreatedDate": "2026-01-05T09:01:02Z"}])"}})},
        Proof{"WithTwo", "two cases", "shown: ", with({{"cases.csv", std::string(kHeads) + kCase + kSecondCase}})},
        Proof{"WithOneThatIsDeleted", "two cases", "untold: when the Case of cases.csv line 2 was deleted",
              with({{"cases.csv", instead(kHeads, "\n", ",IsDeleted\n") + instead(kCase, "\n", ",true\n") +
                                      instead(kSecondCase, "\n", ",false\n")}})},
        Proof{"OfWhichTheCommandSaysThatRecordsAreMissing", "two cases",
              "left open: cases.json says itself that records are missing",
              with({{"cases.json",
                     R"({"status": 0, "result": {"records": [{"attributes": {"type": "Case"}, "Id": "500Qx00000A1b2CIAR",
                "IsClosed": false, "SuppliedEmail": "dana@example.test", "Case_From__c": "opencx", "CreatedDate": "2026-01-05T09:01:02Z",
                "CreatedById": "005Qx000001AbcDIAS"}]}, "warnings": ["The query result is missing 12 records due to a 1 record limit."]})"}},
                   {"cases.csv"})},
        Proof{"OfOthersCases", "case missing",
              "shown: ", with({{"cases.csv", kHeads + instead(instead(kCase, "dana@", "eli@"), "T09:01:02", "T12:00:00")}})},
        Proof{"OfUsersIsNoneOfCases", "case missing", "untold: neither rows",
              with({{"users.csv", "Id,Name\n005Qx000001RuizIAS,Ruiz\n"}}, {"cases.csv", "mails.csv"})},
        Proof{"ThatEndsBeforeTheHandoff", "case missing", "spoken for: the newest row of Case is of 2025-11-05",
              with({{"cases.csv", kHeads + instead(instead(kCase, "dana@", "eli@"), "2026-01-05", "2025-11-05")}})},
        Proof{
            "ThatGoesOn", "two cases", "left open: cases.json says itself that there are more rows",
            with({{"cases.json", R"({"done": false, "nextRecordsUrl": "/q/01g-2000", "records": [{"attributes": {"type": "Case"},
                "Id": "500Qx00000A1b2CIAR", "IsClosed": false, "SuppliedEmail": "dana@example.test", "Case_From__c": "opencx",
                "CreatedDate": "2026-01-05T09:01:02Z", "CreatedById": "005Qx000001AbcDIAS"}]})"}},
                 {"cases.csv"})},
        Proof{"ThatGoesOnWhateverItCounts", "two cases", "left open: cases.json says itself that there are more rows",
              with({{"cases.json",
                     R"({"totalSize": 1, "done": true, "nextRecordsUrl": "/q/01g-1", "records": [{"attributes": {"type": "Case"},
                "Id": "500Qx00000A1b2CIAR", "IsClosed": false, "SuppliedEmail": "dana@example.test", "Case_From__c": "opencx",
                "CreatedDate": "2026-01-05T09:01:02Z", "CreatedById": "005Qx000001AbcDIAS"}]})"}},
                   {"cases.csv"})},
        Proof{"ThatCountsMoreThanItHas", "two cases", "left open: cases.json says itself that there are more rows",
              with({{"cases.json",
                     R"({"status": 0, "result": {"totalSize": 2, "done": true, "records": [{"attributes": {"type": "Case"},
                "Id": "500Qx00000A1b2CIAR", "IsClosed": false, "SuppliedEmail": "dana@example.test", "Case_From__c": "opencx",
                "CreatedDate": "2026-01-05T09:01:02Z", "CreatedById": "005Qx000001AbcDIAS"}]}})"}},
                   {"cases.csv"})},
        Proof{"WithARowThatIsCutOff", "two cases", "left open: cases.csv line 3 was not used",
              with({{"cases.csv", std::string(kHeads) + kCase + std::string(kSecondCase).substr(0, 60)}})},
        Proof{"WithAQuoteThatIsCutOff", "two cases", "left open: cases.csv is broken, or cut off, in line 3",
              with({{"cases.csv", std::string(kHeads) + kCase + "500Qx00000A1b9FIAR,8,\"Lam"}})},
        Proof{"BesideATableThatWasNotRead", "two cases", "left open: report.csv is a table that was not used",
              with({{"report.csv", "Case No,Status,Web Email,Opened\n500Qx00000A1b9FIAR,New,dana@example.test,5 January\n"}})},
        Proof{"BesideAWorkbook", "two cases", "left open: what rows are in more.xls is not known",
              with({{"more.xls", std::string("\xD0\xCF\x11\xE0\0\0", 6)}})},
        Proof{"BesideAnArchiveThatIsDamaged", "two cases", "left open: more.zip cannot be read",
              with({{"more.zip", std::string("PK\x03\x04\0\0", 6)}})},
        Proof{"OfCommentsOfAnotherCase", "customer mail lost", "spoken for: ",
              with({{"comments.csv",
                     kCommentHeads + instead(comment_row("x", "false", kIntegration, "12:00:00"), "A1b2C", "A1b9F")}})},
        Proof{"OfItsComments", "customer mail lost",
              "shown: ", with({{"comments.csv", kCommentHeads + comment_row("AI: hello", "false", kIntegration, "12:00:00")}})},
        Proof{"OfCommentsThatEndsBefore", "customer mail lost", "spoken for: the newest row of CaseComment",
              with({{"comments.csv", kCommentHeads + comment_row("AI: hello", "false", kIntegration, "09:00:01")}})},
        Proof{"BesidePostsThatAreNotRead", "customer mail lost", "spoken for: posts.csv line 2 was not used",
              with({{"comments.csv", kCommentHeads + comment_row("AI: hello", "false", kIntegration, "12:00:00")},
                    {"posts.csv", "Id,ParentId,Body\n0D5Qx0000011AbcIAC,500Qx00000A1b2CIAR,Dana: The lamp flickers.\n"}})},
        Proof{"ThatASecondFileCompletes", "two cases", "contradicted: ",
              with({{"1.json",
                     R"({"totalSize": 2, "done": false, "records": [{"attributes": {"type": "Case"}, "Id": "500Qx00000A1b2CIAR",
                "IsClosed": false, "SuppliedEmail": "dana@example.test", "Case_From__c": "opencx", "CreatedDate": "2026-01-05T09:01:02Z",
                "CreatedById": "005Qx000001AbcDIAS"}]})"},
                    {"2.json",
                     R"({"totalSize": 2, "done": true, "records": [{"attributes": {"type": "Case"}, "Id": "500Qx00000A1b8CIAR",
                "IsClosed": false, "SuppliedEmail": "eli@example.test", "Case_From__c": "opencx", "CreatedDate": "2026-01-05T10:01:02Z",
                "CreatedById": "005Qx000001AbcDIAS"}]})"}},
                   {"cases.csv"})}),
    kByName);

INSTANTIATE_TEST_SUITE_P(
    History, WhatProves,
    testing::Values(
        Proof{"ThatIsWhole", "AI spoke", "contradicted: ", with({})},
        Proof{"ThatGoesOn", "AI spoke", "left open: history.json says itself", with({{"history.json", history({}, "\"abc\"")}})},
        Proof{"OfNobodyKnownThatGoesOn", "AI spoke", "left open: history.json says itself",
              with({{"history.json",
                     instead(history({}, "\"abc\""),
                             R"("session": {"id": "s-1", "contact": {"email": "dana@example.test", "name": "Dana"}})",
                             R"("session_id": "s-1")")}})},
        Proof{"WithAnItemThatWasNotUsed", "AI spoke", "left open: history.json item 3 was not used",
              with({{"history.json", history(R"({"id": "h9", "event": {"type": "message"}})")}})},
        Proof{"OfAPersonAndTheAi", "AI spoke", "shown: ",
              with({{"history.json", history(message("h3", "09:31:05", "human_agent", kReply) + "," +
                                             message("h4", "09:40:00", "ai", "Did you wait?"))}})},
        Proof{"WithAnEventThatNobodyKnows", "AI spoke", "untold: whether \"session_resolved\" gave",
              with({{"history.json",
                     history(message("h3", "09:31:05", "human_agent", kReply) +
                             R"(,{"id": "h9", "created_at": "2026-01-05T09:35:00Z", "event": {"type": "session_resolved"}},)" +
                             message("h4", "09:40:00", "ai", "Did you wait?"))}})},
        Proof{"WithASpeakerThatNobodyKnows", "AI spoke", "left open: history.json item 3 does not say who spoke",
              with({{"history.json", history(message("h3", "09:31:05", "copilot", "Hello"))}})},
        Proof{"OfAnotherSession", "AI spoke", "left open: a history of OpenCX would show",
              with({{"session.json", R"({"id": "s-2", "contact": {"email": "dana@example.test"}})"}})}),
    kByName);

/// The table as an export has it that was not asked for that column. Cells have no commas here.
std::string without_column(const std::string& table, const std::string& column) {
  std::string cut;
  std::ptrdiff_t left_out = -1;
  for (const std::string_view line : split(table, '\n')) {
    const auto cells = split(line, ',');
    if (left_out < 0) left_out = std::find(cells.begin(), cells.end(), column) - cells.begin();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (static_cast<std::ptrdiff_t>(i) != left_out) cut.append(cells[i]).append(",");
    }
    if (cut.ends_with(',')) cut.pop_back();
    cut += line.empty() ? "" : "\n";
  }
  return cut;
}

/// Two Cases after two handoffs, without that column.
Files two_with(const std::string& missing_column, const std::string& first = kCase) {
  return with(
      {{"cases.csv", without_column(kHeads + first + kSecondCase, missing_column)},
       {"history.json", history(message("h4", "10:59:00", "contact", "Hello?") + "," + handoff("h5", "11:00:00", "Again"))}});
}

const std::string kClosedCase = instead(kCase, "New,false,", "Closed,true,2026-01-05T10:00:00Z");

INSTANTIATE_TEST_SUITE_P(
    Column, WhatProves,
    testing::Values(
        Proof{"AllOfThem", "two cases", "shown: ", two_with("(none)")},
        Proof{"ClosedBefore", "two cases", "contradicted: ", two_with("(none)", kClosedCase)},
        Proof{"ThatSaysWhoseItIs", "two cases", "left open: cases.csv line 2 does not say SuppliedEmail",
              two_with("SuppliedEmail")},
        Proof{"ThatSaysWhoseItIsNorConvicts", "case missing", "untold: cases.csv line 2 does not say SuppliedEmail",
              two_with("SuppliedEmail")},
        Proof{"OfTheChannel", "two cases", "left open: cases.csv line 2 does not say Case_From__c", two_with("Case_From__c")},
        Proof{"OfTheChannelNorConvicts", "case missing", "untold: cases.csv line 2 does not say Case_From__c",
              two_with("Case_From__c")},
        Proof{"OfTheDescription", "case missing", "untold: cases.csv line 2 does not say Description", two_with("Description")},
        Proof{"OfTheClosing", "two cases", "untold: when the Case of cases.csv line 2 was closed",
              two_with("ClosedDate", kClosedCase)},
        Proof{"OfTheClosingThatIsEmpty", "two cases", "untold: when the Case of cases.csv line 2 was closed",
              two_with("(none)", instead(kCase, "New,false,", "Closed,true,"))},
        Proof{"OfTheCheckboxBesideTheDate", "two cases", "contradicted: ", two_with("IsClosed", kClosedCase)},
        Proof{"OfWhoMadeIt", "two cases", "spoken for: cases.csv line 3 does not say CreatedById", two_with("CreatedById")},
        Proof{
            "OfTheClosingBeforeSheWrote", "customer mail lost", "untold: when the Case of cases.csv line 2 was closed",
            with({{"cases.csv", kHeads + instead(kCase, "New,false,", "Closed,true,")},
                  {"history.json", history(message("h4", "10:59:00", "contact", "Thank you!"))},
                  {"comments.csv", kCommentHeads + comment_row("Dana: The lamp flickers.", "false", kIntegration, "12:00:00")}})},
        Proof{"OfAMailsDirection", "reply lost",
              "untold: no EmailMessage row shows what a rep wrote (mails.csv line 2 does not say Incoming)",
              with({{"mails.csv", without_column(kMailHeads + reply_row(), "Incoming")}})},
        Proof{"ThatSaysItWasDeleted", "reply lost", "untold: when mails.csv line 2 was deleted",
              with({{"mails.csv", instead(kMailHeads, "\n", ",IsDeleted\n") + instead(reply_row(), "\n", ",true\n")}})},
        Proof{"OfACommentsReaders", "internal comment",
              "untold: no row of an internal comment is in it (comments.csv line 2 does not say IsPublished)",
              with({{"comments.csv", "Id,ParentId,CommentBody,CreatedById,CreatedDate\n00aQx0000011AbcIAC,500Qx00000A1b2CIAR,\"" +
                                         std::string(kNote) + "\"," + kRuiz + ",2026-01-05T09:40:00Z\n"},
                    {"leak.eml", ours("09:41:00", kNote)}})},
        Proof{"OfAMailsStatus", "reply lost", "untold: mails.csv line 2 does not say Status",
              with({{"mails.csv", instead(without(kMailHeads + reply_row(), "Status,"), "false,3,", "false,")}})}),
    kByName);

INSTANTIATE_TEST_SUITE_P(
    Checkbox, WhatProves,
    testing::Values(Proof{"InGerman", "two cases",
                          "contradicted: ", two_with("(none)", instead(kCase, "New,false,", "Closed,WAHR,2026-01-05T10:00:00Z"))},
                    Proof{"InFrench", "internal comment", "untold: no row of an internal comment",
                          with({{"comments.csv", kCommentHeads + comment_row(kNote, "vrai", kRuiz, "09:40:00")},
                                {"leak.eml", ours("09:41:00", kNote)}})},
                    Proof{"InNoKnownLanguage", "internal comment", "untold: no row of an internal comment",
                          with({{"comments.csv", kCommentHeads + comment_row(kNote, "kyllae", kRuiz, "09:40:00")},
                                {"leak.eml", ours("09:41:00", kNote)}})},
                    Proof{"ThatIsFalse", "internal comment", "shown: ",
                          with({{"comments.csv", kCommentHeads + comment_row(kNote, "FALSCH", kRuiz, "09:40:00")},
                                {"leak.eml", ours("09:41:00", kNote)}})}),
    kByName);

Files with_both_replies(const std::string& second_mail) {
  return with({{"mails.csv", kMailHeads + reply_row() + reply_row("It left now.", "09:40:00", "2")},
               {"1.eml", ours("09:32:00", kReply)},
               {"2.eml", ours("09:41:00", second_mail, "our-2")}});
}

INSTANTIATE_TEST_SUITE_P(
    Words, WhatProves,
    testing::Values(
        Proof{"MailedTwice", "reply twice",
              "shown: ", with({{"1.eml", ours("09:32:00", kReply)}, {"2.eml", ours("09:35:00", kReply, "our-2")}})},
        Proof{"QuotedByALaterReply", "reply twice",
              "contradicted: ", with_both_replies("It left now.\n\nOn Mon, Ruiz wrote:\n> " + std::string(kReply))},
        Proof{
            "QuotedWithoutMarks", "reply twice", "contradicted: ",
            with_both_replies("It left now.\n\n-----Original Message-----\nFrom: Help\nSent: Monday\n\n" + std::string(kReply))},
        Proof{"MarkedWithoutAnAttribution", "reply twice", "untold: 2.eml may quote it",
              with_both_replies("It left now.\n\n> " + std::string(kReply))},
        Proof{"BelowAnotherReply", "reply twice", "spoken for: 2.eml brings another reply",
              with_both_replies("It left now.\n\nAs I said before: " + std::string(kReply))},
        Proof{"QuotedAndNeverSeenOtherwise", "reply lost", "untold: 2.eml quotes it",
              with({{"mails.csv", kMailHeads + reply_row() + reply_row("It left now.", "09:40:00", "2")},
                    {"2.eml", ours("09:41:00", "It left now.\n\nOn Mon, Ruiz wrote:\n> " + std::string(kReply))}})},
        Proof{"OfARowThatQuotesTheOriginal", "reply lost", "contradicted: ",
              with({{"mails.csv",
                     kMailHeads +
                         reply_row(std::string(kReply) +
                                   "\n\n--------------- Original Message ---------------\nFrom: Dana\nThe lamp flickers.")},
                    {"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"OfARowWithAThreadsToken", "reply lost", "contradicted: ",
              with({{"mails.csv", kMailHeads + reply_row(std::string(kReply) + "\n\nthread::xYz_123::")},
                    {"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"SpelledInAnotherWay", "reply lost", "contradicted: ",
              with({{"mails.csv", kMailHeads + reply_row("Sch\xC3\xB6ne Gr\xC3\xBC\xC3\x9F"
                                                         "e")},
                    {"reply.eml", instead(ours("09:32:00",
                                               "Scho\xCC\x88ne Gru\xCC\x88\xC3\x9F"
                                               "e"),
                                          "Message-ID", "Content-Type: text/plain; charset=utf-8\nMessage-ID")}})},
        Proof{"OfHersInANote", "internal comment", "contradicted: ",
              with({{"comments.csv", kCommentHeads + comment_row("The lamp flickers.", "false", kRuiz, "09:40:00")},
                    {"reply.eml", ours("09:41:00", "You wrote:\n> The lamp flickers.")}})},
        Proof{"OfANoteToAColleague", "internal comment", "contradicted: ",
              with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "09:40:00")},
                    {"notice.eml", mail("noreply@salesforce.com", "ruiz@acme.test", "09:41:00", "sf-1", kNote)}})},
        Proof{"OfARowWithASignatureThatWasNotMailed", "reply lost", "untold: reply.eml begins as it does",
              with({{"mails.csv", kMailHeads + reply_row(std::string(kReply) + "\n\nKind regards\nRuiz\nAcme, Lamps and more")},
                    {"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"WithOtherQuotationMarks", "reply lost", "untold: reply.eml begins as it does",
              with({{"mails.csv", kMailHeads + reply_row("It isn't \xE2\x80\x9Clost\xE2\x80\x9D, it is on its way.")},
                    {"reply.eml", ours("09:32:00", "It isn't 'lost', it is on its way.")}})},
        Proof{"MailedTwiceWithoutMessageIds", "reply twice", "shown: ",
              with({{"1.eml", without(ours("09:32:00", kReply), "Message-ID: <our-1>\n")},
                    {"2.eml", without(ours("09:35:00", kReply), "Message-ID: <our-1>\n")}})},
        Proof{"CopiedTwiceWithoutMessageIds", "reply twice", "contradicted: ",
              with({{"1.eml", without(ours("09:32:00", kReply), "Message-ID: <our-1>\n")},
                    {"2.eml", without(ours("09:32:00", kReply), "Message-ID: <our-1>\n")}})},
        Proof{"WrittenTwiceAndMailedTwice", "reply twice", "contradicted: ",
              with({{"mails.csv", kMailHeads + reply_row() + reply_row(kReply, "09:40:00", "2")},
                    {"1.eml", ours("09:32:00", kReply)},
                    {"2.eml", ours("09:41:00", kReply, "our-2")}})},
        Proof{"AsHtmlWritesThem", "customer mail lost", "untold: comments.csv line 2 has her words in another spelling",
              with({{"history.json", instead(history(), "The lamp flickers.", "It's <hot> & flickers.")},
                    {"hers.eml", hers("09:00:00", "her-1", "It's <hot> & flickers.")},
                    {"comments.csv", kCommentHeads + comment_row("Dana: It&#39;s &lt;hot&gt; &amp; flickers.", "false",
                                                                 kIntegration, "12:00:00")}})},
        Proof{"WithoutWhoSaidThem", "customer mail lost", "contradicted: ",
              with({{"comments.csv", kCommentHeads + comment_row("The lamp flickers.", "false", kIntegration, "12:00:00")}})},
        Proof{"ThatWereCutOff", "customer mail lost", "untold: comments.csv line 2 has her words in another spelling",
              with({{"comments.csv", kCommentHeads + comment_row("Dana: The lamp fl...", "false", kIntegration, "12:00:00")}})},
        Proof{"OfHersToSomebodyElse", "customer mail lost", "contradicted: ",
              with({{"comments.csv", kCommentHeads + comment_row("Dana: The lamp flickers.", "false", kIntegration, "09:01:03")},
                    {"joe.eml", mail("dana@example.test", "joe@garden.example", "09:50:00", "her-3", "See you tonight.")}})},
        Proof{"TooFewToBeMissed", "internal comment", "left open: what comments.csv line 2 says is too short",
              with({{"comments.csv", kCommentHeads + comment_row("ok", "false", kRuiz, "09:40:00")}})},
        Proof{"TooFewForANote", "internal comment", "spoken for: so few words",
              with({{"comments.csv", kCommentHeads + comment_row("call", "false", kRuiz, "09:40:00")},
                    {"reply.eml", ours("09:41:00", "We call you.")}})},
        Proof{"OfANoteBeforeItByTheClock", "internal comment", "left open: leak.eml holds its words and is dated before it",
              with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "09:40:00")},
                    {"leak.eml", ours("09:39:57", kNote)}})},
        Proof{"OfANoteInAQuote", "internal comment", "shown: ",
              with({{"comments.csv", kCommentHeads + comment_row(kNote, "false", kRuiz, "09:40:00")},
                    {"leak.eml", ours("09:41:00", "It left now.\n\nOn Mon, Ruiz wrote:\n> " + std::string(kNote))}})},
        Proof{"ThatStandTwiceOnACase", "reply twice", "left open: ",
              with({{"comments.csv",
                     kCommentHeads + comment_row("Dana: The lamp flickers.", "false", kIntegration, "09:01:03") +
                         instead(comment_row("Dana: The lamp flickers.", "false", kIntegration, "09:02:03"), "0011A", "0012A")}},
                   {"evening.eml"})},
        Proof{"OfHersThatNobodyHas", "customer mail lost", "spoken for: whether it reached OpenCX",
              with({{"comments.csv", kCommentHeads + comment_row("Dana: The lamp flickers.", "false", kIntegration, "09:01:03")},
                    {"again.eml", hers("09:50:00", "her-2", "It burned me too!")}})},
        Proof{"OfAMachineOfHers", "customer mail lost", "contradicted: ",
              with({{"comments.csv", kCommentHeads + comment_row("Dana: The lamp flickers.", "false", kIntegration, "09:01:03")},
                    {"away.eml", "Auto-Submitted: auto-replied\n" + hers("09:50:00", "her-2", "I am away.")}})}),
    kByName);

INSTANTIATE_TEST_SUITE_P(
    Thread, WhatProves,
    testing::Values(
        Proof{"OfItsOwn", "wrong conversation", "shown: ", with({{"reply.eml", ours("09:32:00", kReply, "our-1", "")}})},
        Proof{"OfHers", "wrong conversation", "contradicted: ", with({{"reply.eml", ours("09:32:00", kReply)}})},
        // She had written to somebody else with the same mail, who is not the one that answers.
        Proof{"OfHersWithACopyToSomebody", "wrong conversation", "contradicted: ",
              with({{"hers.eml", "Cc: joe@garden.example\n" + hers()}, {"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"OfHersThatHerProgramKept", "wrong conversation", "contradicted: ",
              with({{"hers.eml", "Delivered-To: dana@example.test\n" + hers()}, {"reply.eml", ours("09:32:00", kReply)}})},
        Proof{"FromWhomSheNeverWroteTo", "wrong conversation", "shown: ",
              with({{"hers.eml", "Cc: joe@garden.example\n" + hers()},
                    {"reply.eml", instead(ours("09:32:00", kReply), "help@acme.test", "sales@acme.test")}})},
        Proof{"OfANewsletter", "wrong conversation", "contradicted: ",
              with({{"reply.eml", ours("09:32:00", kReply)},
                    {"news.eml", mail("news@acme.test", "dana@example.test", "19:00:00", "news-1", "Buy lamps")}})},
        Proof{"OfSupportAboutSomethingElse", "wrong conversation", "untold: whether survey.eml belongs to her conversation",
              with({{"reply.eml", ours("09:32:00", kReply)}, {"survey.eml", ours("19:00:00", "How did we do?", "our-7", "")}})},
        Proof{"ByReferencesAlone", "wrong conversation",
              "contradicted: ", with({{"reply.eml", without(ours("09:32:00", kReply), "In-Reply-To: <her-1>\n")}})},
        Proof{"WhoseBeginningIsMissing", "wrong conversation", "untold: the mail that reply.eml answers is not in it",
              with({{"reply.eml", ours("09:32:00", kReply, "our-1", "her-0")}}, {"hers.eml"})}),
    kByName);

std::string version_table(const std::string& bytes) {
  return "Id,Title,PathOnClient,VersionData,ContentDocumentId,CreatedById,CreatedDate\n068Qx000001AbcDIAS,lamp,lamp.png," +
         base64(bytes) + ",069Qx000001AbcDIAS," + kRuiz + ",2026-01-05T09:30:00Z\n";
}

std::string mail_with_file(const std::string& bytes) {
  return instead(ours("09:32:00", "--b\nContent-Type: text/plain\n\n" + std::string(kReply) +
                                      "\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=\"lamp.png\"\n"
                                      "Content-Transfer-Encoding: base64\n\n" +
                                      base64(bytes) + "\n--b--"),
                 "Message-ID", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\nMessage-ID");
}

const std::string kLink = "Id,ContentDocumentId,LinkedEntityId\n06AQx000001AbcDIAS,069Qx000001AbcDIAS,02sQx00000001AbcIAC\n";

INSTANTIATE_TEST_SUITE_P(
    File, WhatProves,
    testing::Values(
        Proof{"WithOtherBytes", "file damaged", "shown: ",
              with({{"versions.csv", version_table("a lamp")}, {"links.csv", kLink}, {"reply.eml", mail_with_file("a l?mp")}})},
        Proof{"WithItsBytes", "file damaged", "contradicted: ",
              with({{"versions.csv", version_table("a lamp")}, {"links.csv", kLink}, {"reply.eml", mail_with_file("a lamp")}})},
        Proof{"WithoutLinkAcquitsNobody", "file damaged", "untold: no ContentDocumentLink says",
              with({{"versions.csv", version_table("a lamp")}, {"reply.eml", mail_with_file("a l?mp")}})},
        Proof{"LinkedToItsOwnerAlone", "file damaged", "untold: no ContentDocumentLink says",
              with({{"versions.csv", version_table("a lamp")},
                    {"users.csv", "Id,Name\n" + kRuiz + ",Ruiz\n"},
                    {"links.csv", instead(kLink, "02sQx00000001AbcIAC", kRuiz)},
                    {"reply.eml", mail_with_file("a l?mp")}})},
        Proof{"WithoutLinkConvictsNobody", "file damaged", "untold: no ContentDocumentLink says",
              with({{"versions.csv", version_table("a lamp")},
                    {"hers.eml", instead(instead(mail_with_file("a lamp"), "From: help@acme.test\nTo: dana@example.test",
                                                 "From: dana@example.test\nTo: help@acme.test"),
                                         "our-1", "her-1")}})}),
    kByName);

const std::string kUnowned = instead(kCase, "dana@example.test", "");

INSTANTIATE_TEST_SUITE_P(
    HerCase, WhatProves,
    testing::Values(
        Proof{"BySession", "case missing", "contradicted: ",
              with({{"cases.csv", kHeads + kUnowned}, {"session.json", R"({"id": "s-1", "contact": {"email": "dana@example.test"},
                      "custom_data": {"salesforce_case_id": "500Qx00000A1b2CIAR"}})"}})},
        Proof{"BySessionWithoutItsColumn", "case missing", "contradicted: ",
              with({{"cases.csv", without_column(std::string(kHeads) + kCase, "Case_From__c")},
                    {"session.json", R"({"id": "s-1", "contact": {"email": "dana@example.test"},
                      "custom_data": {"salesforce_case_id": "500Qx00000A1b2CIAR"}})"}})},
        Proof{"BySessionOnly", "case missing", "untold: a session of hers names the Case 500Qx00000A1b8CIAR",
              with({{"cases.csv", kHeads + instead(kCase, "dana@", "eli@")},
                    {"session.json", R"({"id": "s-1", "contact": {"email": "dana@example.test"},
                      "custom_data": {"salesforce_case_id": "500Qx00000A1b8CIAR"}})"}})},
        Proof{"ByAContactWithoutADate", "case missing", "contradicted: ",
              with({{"cases.csv", instead(kHeads, "\n", ",ContactId\n") + instead(kUnowned, "\n", ",003Qx000001DanaIAS\n")},
                    {"contacts.csv", "Id,Name,Email\n003Qx000001DanaIAS,Dana,dana@example.test\n"}})},
        Proof{"ByAContactThatIsNotThere", "case missing", "untold: cases.csv line 2 has no SuppliedEmail",
              with({{"cases.csv", instead(kHeads, "\n", ",ContactId\n") + instead(kUnowned, "\n", ",003Qx000001DanaIAS\n")}})}),
    kByName);

// ---- what a table must look like, and what is said of one that does not

struct WrittenTable {
  const char* name;
  std::string text;
  const char* unused;  ///< empty: it is read
};

void PrintTo(const WrittenTable& table, std::ostream* out) { *out << table.name; }

class TableOfCases : public testing::TestWithParam<WrittenTable> {};

TEST_P(TableOfCases, R29IsReadOrListed) {
  const Told said = told(with({{"cases.csv", GetParam().text}}), "two cases");
  if (std::string_view(GetParam().unused).empty()) {
    EXPECT_THAT(said.unused, testing::IsEmpty());
    EXPECT_THAT(said.text, testing::HasSubstr("shown: "));
  } else {
    EXPECT_THAT(said.unused, testing::Contains(testing::HasSubstr(GetParam().unused)));
    EXPECT_THAT(said.text, testing::Not(testing::HasSubstr("contradicted")));
  }
}

const std::string kTwo = std::string(kHeads) + kCase + kSecondCase;

std::string dated(const std::string& format) {
  return instead(instead(kTwo, "2026-01-05T09:01:02Z", instead(format, "@", "09:01:02")), "2026-01-05T11:00:02Z",
                 instead(format, "@", "11:00:02"));
}

INSTANTIATE_TEST_SUITE_P(
    , TableOfCases,
    testing::Values(
        WrittenTable{"WithBlankLinesAbove", "\n\n" + kTwo + "\n\n", ""},
        WrittenTable{"WithATitle", "Cases of January\n" + kTwo, ""},
        WrittenTable{"WithExcelsSeparator", "sep=;\r\n" + instead(kTwo, ",", ";"), ""},
        WrittenTable{"WithPipes", instead(kTwo, ",", "|"), ""},
        WrittenTable{"WithTheObjectBeforeEachHead",
                     "Case." + instead(without(kHeads, "\n"), ",", ",Case.") + "\n" + kCase + kSecondCase, ""},
        WrittenTable{"WithABlankInTheTime", dated("2026-01-05 @Z"), ""},
        WrittenTable{"WithLabels", instead(kTwo, "Id,CaseNumber", "Case ID,Case Number"), ""},
        WrittenTable{"WithLabelsOfAnotherLanguage", instead(kTwo, "Id,CaseNumber", "Kundenvorgangs-ID,Nummer"),
                     "cases.csv: a table, and none of its heads is Id"},
        WrittenTable{"WithGermanTimes", dated("05.01.2026 @"), "such as \"05.01.2026 09:01:02\" do not tell their zone"},
        WrittenTable{"WithAmericanTimes", dated("1/5/2026 @ AM"),
                     "such as \"1/5/2026 09:01:02 AM\" do not tell the day from the month"},
        WrittenTable{"WithMilliseconds", dated("1767603662000"), ""},
        WrittenTable{"WithoutATime", instead(instead(kTwo, "2026-01-05T09:01:02Z", ""), "2026-01-05T11:00:02Z", ""),
                     "cases.csv line 2: nothing says when it was made; export CreatedDate too"},
        WrittenTable{"WithALocalClosing",
                     instead(kTwo, "New,false,,dana@example.test,opencx,Dana",
                             "Closed,true,05.01.2026 10:00,dana@example.test,opencx,Dana"),
                     "cases.csv line 2: ClosedDate \"05.01.2026 10:00\" is no time"},
        WrittenTable{
            "AsATreeWithoutIds",
            R"({"records": [{"attributes": {"type": "Case", "referenceId": "CaseRef1"}, "SuppliedEmail": "dana@example.test",
                             "Case_From__c": "opencx", "CreatedDate": "2026-01-05T09:01:02Z"}]})",
            "cases.csv record 1: without its Id nothing tells which row it is"}),
    [](const auto& table) { return std::string(table.param.name); });

}  // namespace
}  // namespace casewire::scenarios
