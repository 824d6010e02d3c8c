#include "sim/opencx/email_in.hpp"
#include "sim/opencx/email_out.hpp"
#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using EmailChannel = AStage;

TEST_F(EmailChannel, OpensASessionWithAFiveDigitTicketForMailToARegisteredAddress) {
  EXPECT_EQ(post(written("Where is it?")).code, 250);
  const auto session = only_session();
  EXPECT_GE(session.ticket_number, 10'000);
  EXPECT_LE(session.ticket_number, 99'999);
  EXPECT_EQ(session.contact_address, "dana@example.test");
  EXPECT_EQ(session.support_address, "help@acme.test");
  EXPECT_EQ(session.owner, "ai");
  EXPECT_EQ(session.history.at(0).text, "Where is it?");
}

TEST_F(EmailChannel, SkipsMailToAnAddressThatIsNotRegisteredWithoutAWord) {
  EXPECT_EQ(post(written("Hello", "Hi", "other@acme.test")).code, 250);
  EXPECT_TRUE(platform.sessions().empty());
  const auto entries = journal.entries();
  EXPECT_EQ(entries.back().as<SessionEvent>()->type, "email_skipped");
  EXPECT_EQ(entries.back().cause, 1u) << "the forwarded mail";
}

TEST_F(EmailChannel, MatchesAReplyBySubjectTokenAndSender) {
  post(written("Where is it?"));
  agent_says(only_session().id, "On its way.");
  post(reply_to(inbox().at(0).message, "Thanks!"));
  const auto session = only_session();
  EXPECT_EQ(session.history.back().text, "Thanks!");
}

TEST_F(EmailChannel, MatchesAReplyByTheReferenceInTheQuotedBody) {
  post(written("Where is it?"));
  const auto number = std::to_string(only_session().ticket_number);
  post(written("Any news?\n\nOn Monday Help wrote:\n> Hi\n> Ref: #" + number, "Order"));
  post(written("And now?\n> Reference: Ticket #" + number, "Order"));
  EXPECT_EQ(only_session().history.size(), 3u);
  EXPECT_EQ(only_session().history[1].text, "Any news?");
}

TEST_F(EmailChannel, OpensANewSessionForTheTokenFromAnotherSender) {
  post(written("Where is it?"));
  auto colleague = written("Me too", "Re: Order 1182 [" + std::to_string(only_session().ticket_number) + "]");
  colleague.from.address = "eve@example.test";
  post(colleague);
  EXPECT_EQ(platform.sessions().size(), 2u);
}

TEST_F(EmailChannel, IgnoresTheMessageIdsOfAReplyWithoutToken) {
  post(written("Where is it?"));
  agent_says(only_session().id, "On its way.");
  auto reply = reply_to(inbox().at(0).message, "Thanks!");
  reply.subject = "Re: Order 1182";
  post(reply);
  EXPECT_EQ(platform.sessions().size(), 2u);
}

TEST_F(EmailChannel, ComparesTheSenderWithoutCase) {
  post(written("Where is it?"));
  auto reply = written("Hello?", "Re: [" + std::to_string(only_session().ticket_number) + "]");
  reply.from.address = "Dana@EXAMPLE.test";
  post(reply);
  EXPECT_EQ(platform.sessions().size(), 1u);
}

TEST_F(EmailChannel, ReopensTheClosedSessionOfAMatchingMail) {
  post(written("Where is it?"));
  const auto id = only_session().id;
  call("PATCH", "/chat/sessions/" + id, {{"status", "closed_resolved"}});
  post(written("Still nothing", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  EXPECT_EQ(only_session().status, "open");
  EXPECT_THAT(types(only_session()), ElementsAre("message", "closed_resolved_by_api", "system_reopened_session", "message"));
}

TEST_F(EmailChannel, KeepsAttachmentsAndServesThem) {
  auto message = written("See the label");
  message.attachments = {{"label.png", "image/png", "png bytes"}};
  post(message);
  EXPECT_THAT(only_session().history.at(0).attachment_names, ElementsAre("label.png"));
  const std::string url = get("/chat/sessions/" + only_session().id + "/history")["items"][0]["event"]["attachments"][0]["url"];
  EXPECT_EQ(call("GET", url.substr(18)).body, "png bytes");
}

TEST_F(EmailChannel, AnswersInTheCustomersThreadFromTheAddressSheWroteTo) {
  post(written("Where is it?", "Order 1182", "sales@acme.test"));
  const auto session = only_session();
  agent_says(session.id, "First.");
  agent_says(session.id, "Second.");
  const auto mails_received = inbox();
  ASSERT_EQ(mails_received.size(), 2u);
  const auto& first = mails_received[0].message;
  const auto& second = mails_received[1].message;
  EXPECT_EQ(first.from.address, "sales@acme.test");
  EXPECT_EQ(first.subject, "Re: Order 1182 [" + std::to_string(session.ticket_number) + "]");
  EXPECT_THAT(first.text, HasSubstr("Ref: #" + std::to_string(session.ticket_number)));
  EXPECT_FALSE(first.html.empty());
  EXPECT_EQ(first.in_reply_to, "dana-1@example.test");
  EXPECT_EQ(second.in_reply_to, first.message_id);
  EXPECT_THAT(second.references, ElementsAre("dana-1@example.test", first.message_id));
  EXPECT_EQ(inbox()[1].thread, "dana-1@example.test");
}

TEST_F(EmailChannel, FollowsTheCustomerIntoANewThread) {
  post(written("Where is it?"));
  const auto session = only_session();
  agent_says(session.id, "First.");
  const auto fresh = written("New mail, same matter", "About [" + std::to_string(session.ticket_number) + "]");
  post(fresh);
  agent_says(session.id, "Second.");
  EXPECT_EQ(inbox().at(1).thread, fresh.message_id);
}

TEST_F(EmailChannel, DoesNotPileUpReplyPrefixesOrTokens) {
  post(written("Hm", "RE: Re: Order"));
  agent_says(only_session().id, "Yes?");
  EXPECT_EQ(inbox().at(0).message.subject, "Re: Order [" + std::to_string(only_session().ticket_number) + "]");
}

TEST_F(EmailChannel, EscapesTheHtmlOfWhatItSends) {
  post(written("Where is it?"));
  agent_says(only_session().id, "1 < 2 <script>\nok");
  EXPECT_THAT(inbox().at(0).message.html, HasSubstr("1 &lt; 2 &lt;script&gt;<br>\nok"));
}

TEST_F(EmailChannel, RepeatsAMailThatWasPutOffWithTheSameMessageIdAndKeepsTheOrder) {
  post(written("Where is it?"));
  const auto id = only_session().id;
  mail_trouble = {451, "4.3.0 later"};
  mail_troubles = 1;
  agent_says(id, "First.");
  agent_says(id, "Second.");
  EXPECT_TRUE(inbox().empty());
  pass(1min);
  ASSERT_EQ(inbox().size(), 2u);
  EXPECT_THAT(inbox()[0].message.text, HasSubstr("First."));
  EXPECT_EQ(inbox()[1].message.in_reply_to, inbox()[0].message.message_id);
}

TEST_F(EmailChannel, RepeatsTheSameMailWhenTheAnswerWasLost) {
  post(written("Where is it?"));
  mail_trouble.damage = mail::Damage::dropped_after_data;
  mail_troubles = 1;
  agent_says(only_session().id, "Once.");
  pass(1min);
  std::vector<std::string> ids;
  for (const auto& entry : journal.entries()) {
    const auto* mail = entry.as<MailPassage>();
    if (mail && mail->from == "help@acme.test") ids.push_back(mail->message_id);
  }
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(inbox().size(), 1u) << "the mailbox shows it once";
}

TEST_F(EmailChannel, GivesUpOnAMailThatIsPutOffForever) {
  post(written("Where is it?"));
  mail_trouble = {451, "4.3.0 later"};
  mail_troubles = 1000;
  agent_says(only_session().id, "Never.");
  pass(24h);
  EXPECT_EQ(mail_troubles, 1000 - 5);
  EXPECT_EQ(std::get<SessionEvent>(journal.entries().back().event).type, "email_not_delivered");
  EXPECT_FALSE(fibers.next_timer());
}

TEST_F(EmailChannel, DoesNotRepeatAMailThatWasRefused) {
  post(written("Where is it?"));
  mail_trouble = {550, "5.1.1 gone"};
  mail_troubles = 5;
  agent_says(only_session().id, "Never.");
  pass(24h);
  EXPECT_EQ(mail_troubles, 4);
}

TEST_F(EmailChannel, CarriesTheCauseFromTheRequestThroughTheSessionToTheMail) {
  post(written("Where is it?"));
  const auto call_entry = journal.append("bridge", HttpExchange{.from = "bridge"});
  http::Request request{.method = "POST", .target = "/chat/sessions/" + only_session().id + "/send"};
  request.headers = {{"Authorization", "Bearer ocx_live_casewire"},
                     {"Content-Type", "application/json"},
                     {"traceparent", traceparent(call_entry)}};
  request.body = R"({"sender":"agent","message":{"type":"text","text":"Hi"}})";
  platform.handle(request);
  settle();
  const auto entries = journal.entries(call_entry + 1);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(kind_of(entries[0].event), "session");
  EXPECT_EQ(entries[0].cause, call_entry);
  EXPECT_EQ(kind_of(entries[1].event), "mail");
  EXPECT_EQ(entries[1].cause, entries[0].sequence);
}

TEST(OutgoingMail, NamesAFileThatIsTooLargeInsteadOfCarryingIt) {
  Session session;
  session.support_address = "help@acme.test";
  OutgoingMail outgoing{.session = {}, .message_id = "m@acme.test", .sender_name = "Ruiz", .text = "Files", .files = {}};
  for (const char* name : {"one.bin", "two.bin", "three.bin", "small.txt"}) {
    outgoing.files.push_back({{}, name, "x/y", std::string(name[0] == 's' ? 10u : 9u << 20, 'x')});
  }
  const auto message = outgoing_message(session, {}, outgoing, {});
  ASSERT_EQ(message.attachments.size(), 3u);
  EXPECT_EQ(message.attachments[2].name, "small.txt");
  EXPECT_THAT(message.text, HasSubstr("[The file three.bin is too large to be mailed.]"));
}

TEST(OutgoingMail, KeepsTheRootAndTheEndOfAVeryLongThread) {
  Session session;
  for (int at = 0; at < 500; ++at) session.thread.push_back("m" + std::to_string(at));
  const auto message = outgoing_message(session, {}, {}, {});
  EXPECT_EQ(message.references.size(), 100u);
  EXPECT_EQ(message.references.front(), "m0");
  EXPECT_EQ(message.in_reply_to, "m499");
}

struct TokenCase {
  const char* name;
  const char* subject;
  const char* text;
  std::vector<int> want;
};
class Tokens : public testing::TestWithParam<TokenCase> {};
TEST_P(Tokens, AreFound) {
  mail::Message message{.from = {}};
  message.subject = GetParam().subject;
  message.text = GetParam().text;
  EXPECT_EQ(tokens_in(message), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(, Tokens,
                         testing::ValuesIn(std::vector<TokenCase>{
                             {"Subject", "Re: x [12345]", "", {12345}},
                             {"SubjectOpen", "[12345", "", {}},
                             {"SubjectWord", "[URGENT]", "", {}},
                             {"SubjectShort", "[12]", "", {}},
                             {"Body", "", "a\nRef: #12345\n", {12345}},
                             {"BodyTicket", "", "Reference: Ticket #54321", {54321}},
                             {"BodyLong", "", "Ref: #123456789012", {}},
                             {"Both", "[11111]", "Ref: #22222", {11111, 22222}},
                             {"Negative", "[-1234]", "", {}},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::sim::opencx
