// The bridge between the real fakes: what the product promises, end to end, under virtual time.

#include <gtest/gtest.h>

#include <utility>

#include "base/text/encoding.hpp"
#include "bridge/cases/transcript.hpp"
#include "world/stage.hpp"

namespace casewire::bridge {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

using Answer = std::optional<Result<http::Response, http::TransportError>>;

class Conversation : public testing::Test, protected Stage {
 protected:
  Conversation() { start_bridge(); }
  ~Conversation() override {
    EXPECT_THAT(platform->violations(), IsEmpty());
    EXPECT_THAT(org->not_modelled(), IsEmpty());
    EXPECT_EQ(store.count_jobs(fibers.now()).parked, 0u);
  }
  /// Dana wrote, the AI handed off, the Case is there.
  std::string handed_off(const std::string& text = "Where is it?") {
    settle();
    dana_writes(text);
    EXPECT_TRUE(platform->hand_off("Refund needs a person"));
    settle();
    return newest_case();
  }
};

TEST_F(Conversation, BecomesACaseWithSummaryTranscriptAndMark) {
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->answer("Let me see."));
  settle();
  dana_answers("A person, please.");
  calls.clear();
  ASSERT_TRUE(platform->hand_off("Refund needs a person"));
  settle();
  EXPECT_LE(calls_to("http://salesforce.test"), 3u);

  const auto cases = query(
      "SELECT Id, Subject, Description, Origin, SuppliedEmail, SuppliedName, Case_From__c, OpenCX_Handoff__c, Owner.Name "
      "FROM Case");
  ASSERT_THAT(cases, SizeIs(1));
  const auto session = platform->sessions().front();
  EXPECT_EQ(string_member(cases[0], "Subject"), "Order 1182");
  EXPECT_EQ(string_member(cases[0], "Description"), "Refund needs a person");
  EXPECT_EQ(string_member(cases[0], "Origin"), "Email");
  EXPECT_EQ(string_member(cases[0], "SuppliedEmail"), "dana@example.test");
  EXPECT_EQ(string_member(cases[0], "Case_From__c"), "opencx");
  EXPECT_EQ(string_member(cases[0], "OpenCX_Handoff__c"), session.id + "#1");
  EXPECT_EQ(string_member(member(cases[0], "Owner"), "Name"), "Support") << "assigned by the org's rule";
  EXPECT_THAT(transcript_of(string_member(cases[0], "Id")),
              ElementsAre("Where is it?", "Let me see.", StartsWith("A person, please.")));
  EXPECT_EQ(string_member(session.custom_data, "salesforce_case_id"), string_member(cases[0], "Id"));
}

TEST_F(Conversation, CarriesTheRepsRepliesToTheCustomerOnceAndInOrder) {
  const auto id = handed_off();
  ruiz_replies(id, "Looking into it.");
  ruiz_replies(id, "Found it.");
  pass(1h);
  EXPECT_THAT(texts_danas_got(), ElementsAre("Looking into it.", "Found it."));
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?")) << "I8: what the bridge sent does not come back";
  const auto session = platform->sessions().front();
  EXPECT_EQ(session.owner, "human");
  EXPECT_EQ(session.history.back().sender_name, "Ruiz");
}

// I1: OpenCX takes no empty message, and nobody behind it waits for it.
TEST_F(Conversation, SkipsAReplyThatSaysNothingAndSendsTheNext) {
  const auto id = handed_off();
  ruiz_replies(id, " \n");
  ruiz_replies(id, "Found it.");
  pass(1h);
  EXPECT_THAT(texts_danas_got(), ElementsAre("Found it."));
}

// F46, I7
TEST_F(Conversation, KeepsCommentsInside) {
  const auto id = handed_off();
  ruiz_comments(id, "VIP, be careful", false);
  ruiz_comments(id, "Public, but no reply here", true);
  pass(1h);
  EXPECT_THAT(texts_danas_got(), IsEmpty());
}

// F72, I3
TEST_F(Conversation, AppendsWhatTheCustomerWritesBeforeTheCaseIsClosed) {
  const auto id = handed_off();
  ruiz_replies(id, "Looking into it.");
  pass(6h);
  dana_answers("Any news?");
  settle();
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", StartsWith("Any news?")));
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
}

// Another session of the same contact joins the open Case, and replies go to where she wrote last.
TEST_F(Conversation, JoinsTheOpenCaseFromAnotherSession) {
  const auto id = handed_off();
  pass(1min);
  dana_writes("Something else.", {}, "Another thing");
  ASSERT_TRUE(platform->hand_off("Asks for more"));
  settle();
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", "Something else.", "Asks for more"));
  const auto sessions = platform->sessions();
  ASSERT_THAT(sessions, SizeIs(2));
  for (const auto& session : sessions) EXPECT_EQ(string_member(session.custom_data, "salesforce_case_id"), id);
  ruiz_replies(id, "Yes.");
  EXPECT_EQ(platform->sessions()[1].history.back().text, "Yes.");
}

TEST_F(Conversation, ClosesTheSessionOnceWhenTheCaseIsClosed) {
  const auto id = handed_off();
  ruiz_replies(id, "Done.");
  pass(1min);
  ruiz_closes(id);
  pass(1h);
  EXPECT_EQ(platform->sessions().front().status, "closed_resolved");
  int closings = 0;
  for (const auto& call : calls) closings += call.method == "PATCH" && call.body.find("closed_resolved") != std::string::npos;
  EXPECT_EQ(closings, 1);
}

// F73, F74
TEST_F(Conversation, OpensAChildCaseWhenTheCustomerWritesAfterTheClosing) {
  const auto first = handed_off();
  ruiz_replies(first, "Done.");
  ruiz_closes(first);
  pass(24h);
  dana_answers("It broke again.");
  settle();
  const auto cases = query("SELECT Id, ParentId, OpenCX_Handoff__c FROM Case ORDER BY CaseNumber");
  ASSERT_THAT(cases, SizeIs(2));
  EXPECT_EQ(string_member(cases[1], "ParentId"), first);
  EXPECT_EQ(string_member(cases[1], "OpenCX_Handoff__c"), platform->sessions().front().id + "#2");
  const auto second = string_member(cases[1], "Id");
  EXPECT_THAT(transcript_of(second), ElementsAre(StartsWith("It broke again.")));
  EXPECT_THAT(transcript_of(first), ElementsAre("Where is it?"));
  ruiz_replies(second, "Sorry.");
  EXPECT_EQ(texts_danas_got().back(), "Sorry.");
}

TEST_F(Conversation, CopiesTheCustomersFilesToTheCase) {
  settle();
  dana_writes("See file.", {{.name = "bill.pdf", .media_type = "application/pdf", .content = "%PDF-1.4 bill"}});
  ASSERT_TRUE(platform->hand_off("A bill"));
  pass(1h);
  const auto files = query("SELECT Id, Title, ContentDocumentId FROM ContentVersion");
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(string_member(files[0], "Title"), "bill.pdf");
  EXPECT_EQ(org->file_content(string_member(files[0], "Id")), "%PDF-1.4 bill");
  EXPECT_THAT(query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + newest_case() + "'"), SizeIs(1));
}

// A slow line must not fail for ever what it would carry in a minute.
TEST_F(Conversation, GivesALargeFileMoreTimeThanAQuestion) {
  handed_off();
  EXPECT_LT(longest_deadline, config.call_timeout + 100ms);
  dana_writes("See file.", {{.name = "plan.pdf", .media_type = "application/pdf", .content = std::string(3u << 20, 'x')}});
  ASSERT_TRUE(platform->hand_off("A plan"));
  pass(1min);
  EXPECT_THAT(query("SELECT Id FROM ContentVersion"), SizeIs(1));
  EXPECT_GE(longest_deadline, config.call_timeout + 16s) << "4 MB of base64 at 256 KB/s";
}

TEST_F(Conversation, CarriesTheRepsFilesWithinTheMailboxLimit) {
  config.reply_attachment_bytes_max = 100;
  start_bridge();
  const auto id = handed_off();
  ruiz_replies(id, "Here.", {{"small.txt", "tiny", "text/plain"}, {"big.txt", std::string(200, 'x'), "text/plain"}});
  pass(1h);
  const auto inbox = danas_inbox();
  ASSERT_THAT(inbox, SizeIs(1));
  ASSERT_THAT(inbox[0].message.attachments, SizeIs(1));
  EXPECT_EQ(inbox[0].message.attachments[0].content, "tiny");
  EXPECT_THAT(inbox[0].message.text, HasSubstr("big.txt"));
}

// F6
TEST_F(Conversation, SplitsALongMessageIntoNumberedParts) {
  std::string text;
  for (int i = 0; i < 900; ++i) text += "Wort \xC3\xA4\xC3\xB6\xC3\xBC ";
  const auto id = handed_off(text);
  const auto rows = query("SELECT CommentBody FROM CaseComment WHERE ParentId = '" + id + "'");
  EXPECT_GE(rows.size(), 2u);
  for (const auto& row : rows) EXPECT_LE(string_member(row, "CommentBody").size(), cases::kCommentBytesMax);
}

// F24: the org's callout is lost for good, and no webhook of OpenCX arrives either.
TEST_F(Conversation, IsFoundByTheSweepWhenNoWebhookArrives) {
  settle();
  kill_bridge();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("Refund needs a person"));
  pass(5min);  // past every redelivery
  EXPECT_THAT(query("SELECT Id FROM Case"), IsEmpty());
  start_bridge();
  settle();
  const auto id = newest_case();
  ASSERT_FALSE(id.empty());
  kill_bridge();
  ruiz_replies(id, "While you were away.");
  start_bridge();
  pass(11min);
  EXPECT_THAT(texts_danas_got(), ElementsAre("While you were away."));
}

// F72: the AI keeps the new mail to itself, and OpenCX's webhook is lost.
TEST_F(Conversation, PutsANewMailOfAContactWithAnOpenCaseOnItWhenNoWebhookArrives) {
  const auto id = handed_off();
  pass(2h);
  kill_bridge();
  dana_writes("Any news?", {}, "Another thing");
  pass(5min);  // past every redelivery
  start_bridge();
  settle();
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", "Any news?"));
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  kill_bridge();
  dana_writes("Hello?", {}, "[" + std::to_string(platform->sessions().back().ticket_number) + "]");
  pass(5min);
  start_bridge();
  settle();
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", "Any news?", "Hello?"));
}

TEST_F(Conversation, CostsTheSweepNoFurtherCallWhileTheAiAnswersAContactWithoutACase) {
  settle();
  kill_bridge();
  dana_writes("Where is it?");
  pass(5min);
  start_bridge();
  calls.clear();
  settle();
  EXPECT_EQ(calls_to("http://opencx.test"), 1u);
  EXPECT_EQ(calls_to("http://salesforce.test"), 2u) << "a token and the sweep";
  pass(30min);
  EXPECT_THAT(calls.back().target, HasSubstr("updated_after=2026-01-05T08%3A55")) << "five minutes before her mail";
  dana_writes("Hello?", {}, "Order 1182");
  pass(20min);
  EXPECT_THAT(calls.back().target, HasSubstr("updated_after=2026-01-05T09%3A30")) << "it is not listed for ever";
}

// F38: what a look has found is kept before the next one begins.
TEST_F(Conversation, LooksAtALongOutageInPieces) {
  handed_off();
  kill_bridge();
  dana_writes("Something else.", {}, "Another thing");
  pass(20h);
  dana_writes("And one more thing.", {}, "One more thing");
  pass(20h);
  int looks = 0;
  meddle = [&](const http::Request& request) -> Answer {
    if (request.target.find("/chat/sessions?") == std::string::npos || ++looks != 3) return std::nullopt;
    return http::Response{.status = 503};
  };
  start_bridge();
  settle();
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?", "Something else."));
  pass(1min);
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?", "Something else.", "And one more thing."));
  EXPECT_LE(looks, 9);
}

/// The time that a list of sessions is asked for.
milliseconds span_of(const http::Request& request, WallTime now) {
  const auto instant = [&](const std::string& name) {
    const auto place = request.target.find(name + "=");
    const auto rest = place == std::string::npos ? std::string{} : request.target.substr(place + name.size() + 1);
    return parse_iso8601(percent_decoded(rest.substr(0, rest.find('&'))).value_or(""));
  };
  return instant("updated_before").value_or(now) - *instant("updated_after");
}
bool is_session_list(const http::Request& request) { return request.target.find("/chat/sessions?") != std::string::npos; }

TEST_F(Conversation, AsksForLessTimeAtOnceWhenOpenCxHasTooMuchToTell) {
  handed_off();
  kill_bridge();
  dana_writes("Something else.", {}, "Another thing");
  pass(40h);
  meddle = [&](const http::Request& request) -> Answer {
    if (!is_session_list(request) || span_of(request, fibers.now()) <= 1h) return std::nullopt;
    return http::Response{
        .status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"items":[],"next":"bW9yZQ"})"};
  };
  start_bridge();
  pass(1h);
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?", "Something else."));
  meddle = nullptr;
  pass(20min);
  calls.clear();
  pass(10min);
  EXPECT_EQ(calls_to("http://opencx.test"), 1u) << "it has come to the present";
}

TEST_F(Conversation, WaitsAsLongAsOpenCxAsksBeforeItLooksAgain) {
  settle();
  kill_bridge();
  int looks = 0;
  meddle = [&](const http::Request& request) -> Answer {
    if (!is_session_list(request)) return std::nullopt;
    ++looks;
    return http::Response{.status = 429, .headers = {{"Retry-After", "120"}}};
  };
  start_bridge();
  pass(119s);
  EXPECT_EQ(looks, 1);
  pass(2s);
  EXPECT_EQ(looks, 2);
}

TEST_F(Conversation, CostsTwoCallsAndNoJobToSweepAnIdleWorld) {
  const auto id = handed_off();
  ruiz_replies(id, "Looking into it.");
  pass(1h);
  calls.clear();
  pass(10min);
  EXPECT_EQ(calls_to("http://salesforce.test"), 1u);
  EXPECT_EQ(calls_to("http://opencx.test"), 1u);
}

// F14
TEST_F(Conversation, RenewsAnExpiredTokenAndRepeatsTheCall) {
  const auto id = handed_off();
  org->expire_access_tokens();
  ruiz_replies(id, "Still here.");
  EXPECT_THAT(texts_danas_got(), ElementsAre("Still here."));
}

// F8: the vendor's own words, and nobody else waits.
TEST_F(Conversation, ParksWhatTheOrgRefusesAndGoesOnWithOthers) {
  const auto id = handed_off();
  meddle = [&](const http::Request& request) -> Answer {
    if (request.target.find("/send") == std::string::npos) return std::nullopt;
    return http::Response{.status = 400,
                          .body = R"({"statusCode":400,"message":"attachments are not allowed","error":"Bad Request"})"};
  };
  ruiz_replies(id, "Hello.");
  const auto parked = store.parked_jobs(10);
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_THAT(parked[0].problem, HasSubstr("attachments are not allowed"));
  meddle = nullptr;
  dana_writes("I am still here", {}, "Order 1182");
  ruiz_replies(id, "Hello again.");
  pass(1min);
  EXPECT_THAT(texts_danas_got(), ElementsAre("Hello.", "Hello again.")) << "the next hint takes it up again, in order";
}

http::Response composite_answer(const std::string& reference, int status, const std::string& body) {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = R"({"compositeResponse":[{"body":)" + body + R"(,"httpHeaders":{},"httpStatusCode":)" + std::to_string(status) +
                  R"(,"referenceId":")" + reference + R"("}]})"};
}
bool is_write(const http::Request& request) { return request.body.find("CommentBody\":") != std::string::npos; }

// F1: Salesforce is slow, and does what was asked only after the bridge gave up waiting.
TEST_F(Conversation, LeavesACaseThatWasMadeLateToTheRepWhoTookIt) {
  const auto rep = org->add_rep("Ruiz", "Support").value();
  std::optional<http::Request> under_way;
  bool is_done = false;
  meddle = [&](const http::Request& request) -> Answer {
    if (!is_write(request) || is_done) return std::nullopt;
    if (!under_way) {
      under_way = request;
      under_way->target = std::string(request.path());
      return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "slow on purpose"});
    }
    // The bridge has looked and found no Case. Now it is there, and taken, before the bridge asks again.
    is_done = true;
    org->handle(*under_way);
    EXPECT_TRUE(org->update(rep, newest_case(), {{"OwnerId", rep}, {"Subject", "Lamp 1182"}}));
    return std::nullopt;
  };
  handed_off();
  pass(1min);
  ASSERT_TRUE(is_done);
  const auto cases = query("SELECT Id, OwnerId, Subject FROM Case");
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(string_member(cases[0], "OwnerId"), rep) << "assignment rules ran again";
  EXPECT_EQ(string_member(cases[0], "Subject"), "Lamp 1182");
  EXPECT_THAT(transcript_of(newest_case()), SizeIs(1));
}

/// The first write gets no answer. Salesforce does it when `do_it` is called, or just before the next write.
class LateCreate : public Conversation {
 protected:
  LateCreate() {
    settle();
    meddle = [this](const http::Request& request) -> Answer {
      if (!is_write(request)) return std::nullopt;
      if (under_way) {
        do_it();
        return std::nullopt;
      }
      under_way = request;
      under_way->target = std::string(request.path());
      return fail(http::TransportError{http::TransportError::Kind::sent_no_answer, "slow on purpose"});
    };
  }
  void do_it() {
    if (!std::exchange(is_done, true)) org->handle(*under_way);
  }
  std::optional<http::Request> under_way;
  bool is_done = false;
};

// I3: the other session must not look for an open Case before the first one's can be there.
TEST_F(LateCreate, IsJoinedByAnotherSessionOfTheContact) {
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("Refund needs a person"));
  pass(1s);
  ASSERT_TRUE(under_way);
  dana_writes("Something else.", {}, "Another thing");
  ASSERT_TRUE(platform->hand_off("Asks for more"));
  pass(1s);
  do_it();
  pass(10min);
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?", "Something else.", "Asks for more"));
}

// I9: the Case describes the first handoff only.
TEST_F(LateCreate, GetsTheSummaryOfALaterHandoffAsAComment) {
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("Refund needs a person"));
  pass(1s);
  dana_writes("Hello?", {}, "[" + std::to_string(platform->sessions().front().ticket_number) + "]");
  ASSERT_TRUE(platform->hand_off("She is angry by now"));
  pass(10min);
  const auto cases = query("SELECT Description FROM Case");
  ASSERT_THAT(cases, SizeIs(1));
  EXPECT_EQ(string_member(cases[0], "Description"), "Refund needs a person");
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?", "Hello?", "She is angry by now"));
}

/// The bridge is killed while a call is under way, and is back before Salesforce has done it.
class QuickRestart : public Conversation {
 protected:
  void die_at(std::string part) {
    meddle = [this, part](const http::Request& request) -> Answer {
      if (under_way || (request.target + request.body).find(part) == std::string::npos) return std::nullopt;
      under_way = request;
      under_way->target = std::string(request.path());
      bridge_process->kill();
      return std::nullopt;
    };
  }
  void do_it_late() {
    ASSERT_TRUE(under_way);
    pass(2s);
    org->handle(*under_way);
    pass(1h);
  }
  std::optional<http::Request> under_way;
};

TEST_F(QuickRestart, DoublesNoComment) {
  const auto id = handed_off();
  die_at("CommentBody\":");
  dana_writes("Any news?", {}, "[" + std::to_string(platform->sessions().front().ticket_number) + "]");
  do_it_late();
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", "Any news?"));
}

TEST_F(QuickRestart, DoublesNoFile) {
  settle();
  die_at("/sobjects/ContentVersion");
  dana_writes("See file.", {{.name = "a.txt", .media_type = "text/plain", .content = "a"}});
  ASSERT_TRUE(platform->hand_off("A bill"));
  settle();
  do_it_late();
  EXPECT_THAT(query("SELECT Id FROM ContentVersion"), SizeIs(1));
}

// Assignment rules run on every update by REST: what the bridge appends must not be one.
TEST_F(Conversation, LeavesTheCaseToTheRepWhoTookItWhileItGrows) {
  const auto id = handed_off();
  const auto rep = org->add_rep("Ruiz", "Support").value();
  ASSERT_TRUE(org->update(rep, id, {{"OwnerId", rep}}));
  ruiz_replies(id, "Looking into it.");
  dana_answers("Any news?");
  pass(1h);
  EXPECT_THAT(transcript_of(id), SizeIs(2));
  EXPECT_EQ(string_member(query("SELECT OwnerId FROM Case").front(), "OwnerId"), rep);
}

// F10
TEST_F(Conversation, OpensTheCaseWithoutAnOriginThatTheOrgDoesNotKnow) {
  int refusals = 0;
  meddle = [&](const http::Request& request) -> Answer {
    if (!is_write(request) || request.body.find("\"Origin\"") == std::string::npos) return std::nullopt;
    ++refusals;
    auto parts = *parse_json(R"({"compositeResponse":[]})");
    for (const auto* reference : {"case", "comments1", "after"}) {
      const bool is_culprit = std::string_view(reference) == "case";
      parts["compositeResponse"].push_back(
          {{"body", Json::array({is_culprit ? Json{{"message", "Case Origin: bad value for restricted picklist field: Email"},
                                                   {"errorCode", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"},
                                                   {"fields", {"Origin"}}}
                                            : Json{{"errorCode", "PROCESSING_HALTED"}, {"message", "rolled back"}}})},
           {"httpStatusCode", 400},
           {"referenceId", reference}});
    }
    return http::Response{.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = dump_json(parts)};
  };
  const auto id = handed_off();
  ASSERT_FALSE(id.empty());
  EXPECT_EQ(refusals, 1);
  EXPECT_THAT(transcript_of(id), ElementsAre("Where is it?", HasSubstr("so Origin is empty")));
}

// F73: the rep closes the Case between the bridge's look and its write.
TEST_F(Conversation, GivesAMessageThatLandedOnAClosedCaseAFollowUpCase) {
  const auto first = handed_off();
  ruiz_replies(first, "Looking into it.");
  bool has_closed = false;
  meddle = [&](const http::Request& request) -> Answer {
    if (is_write(request) && !has_closed) {
      has_closed = true;
      EXPECT_TRUE(org->update(org->add_rep("Ruiz", "Support").value(), first, {{"Status", "Closed"}}));
    }
    return std::nullopt;
  };
  dana_answers("One more thing.");
  pass(1h);
  ASSERT_TRUE(has_closed);
  const auto cases = query("SELECT Id, ParentId FROM Case ORDER BY CaseNumber");
  ASSERT_THAT(cases, SizeIs(2));
  EXPECT_EQ(string_member(cases[1], "ParentId"), first);
  EXPECT_THAT(transcript_of(first), ElementsAre("Where is it?", StartsWith("One more thing.")));
  EXPECT_THAT(transcript_of(string_member(cases[1], "Id")), ElementsAre(StartsWith("The customer wrote at")))
      << "it speaks of her words, and does not say them twice";
  EXPECT_EQ(platform->sessions().front().status, "open") << "F79: not closed under her hands";
}

// F53: the mail says that it has a file, and the file is linked to it later.
class LateFile : public Conversation {
 protected:
  /// Until `file_is_there` nothing is linked to any mail.
  LateFile() {
    meddle = [&](const http::Request& request) -> Answer {
      if (file_is_there || request.body.find("ContentDocumentLink") == std::string::npos) return std::nullopt;
      return composite_answer("files", 200, R"({"totalSize":0,"done":true,"records":[]})");
    };
    case_id = handed_off();
    ruiz_replies(case_id, "Here it is.", {{"late.txt", "late", "text/plain"}});
  }
  bool file_is_there = false;
  std::string case_id;
};

TEST_F(LateFile, IsWaitedForAWhile) {
  pass(20s);
  EXPECT_THAT(danas_inbox(), IsEmpty());
  file_is_there = true;
  pass(10s);
  ASSERT_THAT(danas_inbox(), SizeIs(1));
  EXPECT_THAT(danas_inbox()[0].message.attachments, SizeIs(1));
}

TEST_F(LateFile, FollowsInAMessageOfItsOwnOnce) {
  pass(40s);
  ASSERT_THAT(danas_inbox(), SizeIs(1));
  EXPECT_THAT(danas_inbox()[0].message.text, HasSubstr("A file that belongs to this message may follow."));
  ruiz_replies(case_id, "Something else meanwhile.");
  ASSERT_THAT(danas_inbox(), SizeIs(2)) << "nobody waits for the file but the file";
  pass(5min);
  file_is_there = true;
  lose_answers_to("/send", 1);
  pass(2h);
  ASSERT_THAT(danas_inbox(), SizeIs(3)) << "I2";
  ASSERT_THAT(danas_inbox()[2].message.attachments, SizeIs(1));
  EXPECT_EQ(danas_inbox()[2].message.attachments[0].content, "late");
  EXPECT_THAT(transcript_of(case_id), SizeIs(1)) << "I8";
}

// I2: the first try announces the file and does not get through; the second has it with it.
TEST_F(LateFile, ComesOnceWhenItIsThereBeforeItsReplyGetsThrough) {
  int sends = 0;
  meddle = [this, &sends, hide_file = meddle](const http::Request& request) -> Answer {
    if (request.target.find("/send") == std::string::npos || ++sends > 1) return hide_file(request);
    file_is_there = true;
    return http::Response{.status = 503};
  };
  pass(2h);
  EXPECT_EQ(sends, 2);
  ASSERT_THAT(danas_inbox(), SizeIs(1));
  EXPECT_THAT(danas_inbox()[0].message.attachments, SizeIs(1));
}

// I5
TEST_F(LateFile, FollowsItsReplyThoughTheContactWroteElsewhereMeanwhile) {
  pass(40s);
  dana_writes("Something else.", {}, "Another thing");
  ASSERT_TRUE(platform->hand_off("Asks for more"));
  pass(1min);
  file_is_there = true;
  pass(10min);
  const auto sessions = platform->sessions();
  ASSERT_THAT(sessions, SizeIs(2));
  EXPECT_THAT(sessions[0].history.back().attachment_names, ElementsAre("late.txt"));
}

// The composer links the files of a mail one by one.
TEST_F(Conversation, SendsAReplyWithAllItsFilesThoughTheyAreLinkedOneByOne) {
  const auto id = handed_off();
  const auto written_at = fibers.now();
  meddle = [&](const http::Request& request) -> Answer {
    if (request.body.find("ContentDocumentLink") == std::string::npos || fibers.now() > written_at + 3s) return std::nullopt;
    const auto first = string_member(query("SELECT Id FROM ContentVersion WHERE Title = 'a.txt'").front(), "Id");
    return composite_answer("files", 200,
                            R"({"totalSize":1,"done":true,"records":[{"ContentDocument":{"LatestPublishedVersionId":")" + first +
                                R"(","Title":"a.txt","FileExtension":"txt","ContentSize":1}}]})");
  };
  ruiz_replies(id, "Here.", {{"a.txt", "a", "text/plain"}, {"b.txt", "b", "text/plain"}});
  pass(1min);
  ASSERT_THAT(danas_inbox(), SizeIs(1));
  EXPECT_THAT(danas_inbox()[0].message.attachments, SizeIs(2));
}

TEST_F(LateFile, IsGivenUpInTheEndAndHoldsTheClosingUpNoLonger) {
  ruiz_closes(case_id);
  pass(5min);
  EXPECT_EQ(platform->sessions().front().status, "open");
  pass(10min);
  EXPECT_EQ(platform->sessions().front().status, "closed_resolved");
  EXPECT_THAT(danas_inbox(), SizeIs(1));
  const auto left = store.count_jobs(fibers.now());
  EXPECT_EQ(left.due + left.waiting, 0u) << "I10";
}

// F17: forty replies wait for the limit to lift, and go out in order.
TEST_F(Conversation, HoldsRepliesWhileTheApiLimitLastsAndSendsThemInOrder) {
  const auto id = handed_off();
  meddle = [](const http::Request& request) -> Answer {
    if (request.origin() != "http://salesforce.test") return std::nullopt;
    return http::Response{.status = 403,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = R"([{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}])"};
  };
  std::vector<std::string> want;
  for (int i = 1; i <= 40; ++i) {
    want.push_back("Reply " + std::to_string(i));
    ruiz_replies(id, want.back());
  }
  calls.clear();
  pass(12h);
  EXPECT_LE(calls.size(), 12u * 12 * 3 + 100) << "I10: about one probe in 5 minutes, and the sweep";
  EXPECT_THAT(texts_danas_got(), IsEmpty());
  meddle = nullptr;
  pass(11min);
  EXPECT_EQ(texts_danas_got(), want);
}

// What is not understood is not nothing: an ignored handoff, or a Case without its transcript, would be believed.
TEST_F(Conversation, TriesAgainWhenAnAnswerHasAnotherShape) {
  bool is_history_odd = false;
  meddle = [&](const http::Request& request) -> Answer {
    if (request.target.find("/chat/sessions/") == std::string::npos) return std::nullopt;
    if (request.target.ends_with("/history") != is_history_odd) return std::nullopt;
    return http::Response{
        .status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"success":true,"data":{"items":[]}})"};
  };
  EXPECT_EQ(handed_off(), "");
  is_history_odd = true;
  pass(30s);
  EXPECT_EQ(newest_case(), "");
  meddle = nullptr;
  pass(10min);
  EXPECT_THAT(transcript_of(newest_case()), ElementsAre("Where is it?"));
}

class EndlessList : public testing::Test, protected Stage {
 protected:
  EndlessList() { start_bridge(); }
};

// Half a history would look like a whole one.
TEST_F(EndlessList, ParksTheConversationInsteadOfTakingAPartForTheWhole) {
  settle();
  meddle = [&](const http::Request& request) -> Answer {
    if (request.target.find("/history") == std::string::npos) return std::nullopt;
    return http::Response{
        .status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"items":[],"next":"bW9yZQ"})"};
  };
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  pass(1min);
  ASSERT_THAT(store.parked_jobs(10), SizeIs(1));
  EXPECT_THAT(store.parked_jobs(10)[0].problem, HasSubstr("over 200 pages"));
}

// F75, F76: what an administrator does to Cases behind everybody's back.
class LostCase : public testing::Test, protected Stage {
 protected:
  LostCase() { start_bridge(); }
  http::Response as_admin(std::string method, const std::string& path, const std::string& body = {}) {
    const auto login = org->handle({.method = "POST",
                                    .target = "/services/oauth2/token",
                                    .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                    .body = "grant_type=refresh_token&client_id=3MVG9casewire&client_secret=casewire-secret"
                                            "&refresh_token=5Aep861casewire"});
    const auto token = string_member(*parse_json(login.response.body), "access_token");
    return org
        ->handle({.method = std::move(method),
                  .target = "/services/data/v66.0" + path,
                  .headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                  .body = body})
        .response;
  }
  /// The fake has no merge: the one fact that a merge leaves behind is told here. The Case goes when the next file is uploaded, or
  /// with merge().
  void prepare_merge() {
    const auto made = as_admin("POST", "/sobjects/Case", R"({"Subject":"Master","Case_From__c":"opencx"})");
    master = string_member(*parse_json(made.body), "id");
    meddle = [this](const http::Request& request) -> Answer {
      const auto concerns = [&](std::string_view part) { return request.target.find(part) != std::string::npos; };
      if (lost.empty() && concerns("/sobjects/ContentVersion")) merge();
      if (lost.empty() || !concerns("/queryAll") || !concerns(lost)) return std::nullopt;
      return http::Response{.status = 200,
                            .headers = {{"Content-Type", "application/json"}},
                            .body = R"({"totalSize":1,"done":true,"records":[{"Id":")" + lost +
                                    R"(","IsDeleted":true,"MasterRecordId":")" + master + R"("}]})"};
    };
  }
  void merge() {
    lost = string_member(query("SELECT Id FROM Case WHERE Id != '" + master + "'").front(), "Id");
    EXPECT_EQ(as_admin("DELETE", "/sobjects/Case/" + lost).status, 204);
  }
  std::string master;
  std::string lost;
};

TEST_F(LostCase, ParksTheConversationOfADeletedCase) {
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  settle();
  const auto id = newest_case();
  ASSERT_EQ(as_admin("DELETE", "/sobjects/Case/" + id).status, 204);
  dana_writes("Hello?", {}, "[" + std::to_string(platform->sessions().front().ticket_number) + "]");
  pass(1min);
  ASSERT_THAT(store.parked_jobs(10), SizeIs(1));
  EXPECT_THAT(store.parked_jobs(10)[0].problem, HasSubstr("ENTITY_IS_DELETED"));
}

TEST_F(LostCase, FollowsAMergedCase) {
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  settle();
  prepare_merge();
  merge();
  dana_writes("Hello?", {}, "[" + std::to_string(platform->sessions().front().ticket_number) + "]");
  pass(1min);
  EXPECT_THAT(transcript_of(master), ElementsAre("Hello?"));
  ruiz_replies(master, "Hello.");
  pass(1min);
  EXPECT_THAT(texts_danas_got(), ElementsAre("Hello."));
  EXPECT_EQ(store.count_jobs(fibers.now()).parked, 0u);
}

// The Case goes between the bridge's look and its write, and with it a file whose upload had begun.
TEST_F(LostCase, FollowsACaseThatIsMergedWhileTheBridgeWrites) {
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  settle();
  prepare_merge();
  dana_writes("See file.", {{.name = "a.txt", .media_type = "text/plain", .content = "a"}},
              "[" + std::to_string(platform->sessions().front().ticket_number) + "]");
  pass(5min);
  ASSERT_FALSE(lost.empty());
  EXPECT_EQ(store.count_jobs(fibers.now()).parked, 0u);
  EXPECT_THAT(query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + master + "'"), SizeIs(1));
}

TEST_F(LostCase, FollowsAMergedCaseWhenOnlyTheLongSummaryIsMissing) {
  settle();
  prepare_merge();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off(std::string(33'000, 's')));
  pass(5min);
  ASSERT_FALSE(lost.empty());
  const auto counts = store.count_jobs(fibers.now());
  EXPECT_EQ(counts.parked + counts.due + counts.waiting, 0u);
  EXPECT_THAT(query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + master + "'"), SizeIs(1));
}

// Nobody is left to be told that the Case was closed.
TEST_F(LostCase, ClosesWithoutASessionThatIsGone) {
  settle();
  dana_writes("Where is it?");
  ASSERT_TRUE(platform->hand_off("A person"));
  settle();
  meddle = [](const http::Request& request) -> Answer {
    if (request.target.find("/chat/sessions/") == std::string::npos) return std::nullopt;
    return http::Response{.status = 404,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = R"({"statusCode":404,"message":"Chat session not found","error":"Not Found"})"};
  };
  ruiz_closes(newest_case());
  pass(1h);
  EXPECT_EQ(store.count_jobs(fibers.now()).parked, 0u);
}

struct LostAnswer {
  const char* name;
  const char* part_of_target;
};
class LosingAnswers : public Conversation, public testing::WithParamInterface<LostAnswer> {};
// F1, F36: the call is done, its answer never arrives.
TEST_P(LosingAnswers, DoublesNothing) {
  lose_answers_to(GetParam().part_of_target, 2);
  dana_writes("See file.", {{.name = "a.txt", .media_type = "text/plain", .content = "a"}});
  ASSERT_TRUE(platform->hand_off("A person"));
  pass(10min);
  const auto id = newest_case();
  ASSERT_FALSE(id.empty());
  ruiz_replies(id, "One.");
  ruiz_replies(id, "Two.");
  pass(2h);
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  EXPECT_THAT(query("SELECT Id FROM ContentVersion"), SizeIs(1));
  EXPECT_THAT(transcript_of(id), SizeIs(1));
  EXPECT_THAT(texts_danas_got(), ElementsAre("One.", "Two."));
}
INSTANTIATE_TEST_SUITE_P(, LosingAnswers,
                         testing::ValuesIn(std::vector<LostAnswer>{{"Composite", "/composite"},
                                                                   {"FileUpload", "/sobjects/ContentVersion"},
                                                                   {"Send", "/send"},
                                                                   {"Token", "/oauth2/token"},
                                                                   {"SessionRead", "/chat/sessions/"},
                                                                   {"History", "/history"}}),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::bridge
