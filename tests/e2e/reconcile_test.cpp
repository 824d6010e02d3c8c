// casewire-bridge reconcile: green after a run, and red with the name of whatever is taken away on one side.

#include <gmock/gmock.h>

#include "tests/e2e/acme_bridge.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ReconcileProgram : public AcmeBridge {
 protected:
  /// Two conversations, a file, a reply to each.
  void carry_some_mail(const std::string& of_salesforce = {}) {
    write_settings({}, of_salesforce);
    start_bridge();
    OrgWorld::tell(
        acme_.opencx_url(), "mail",
        {{"from", "dana@example.test"}, {"subject", "Cup"}, {"text", "It is broken."}, {"files", {{"cup.txt", "a picture"}}}});
    OrgWorld::tell(acme_.opencx_url(), "hand-off", {{"summary", "A broken cup"}});
    // Of two that open at once either may be the first.
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 1; })) << bridge_->output();
    acme_.begin("eli", "Where is it?");
    ASSERT_TRUE(becomes_true([&] { return acme_.rows("Case").size() == 2 && acme_.rows("ContentVersion").size() == 1; }))
        << bridge_->output();
    reply(0, "Answer one.");
    reply(1, "Answer two.");
    ASSERT_TRUE(becomes_true([&] { return ran().exit_code == 0; })) << ran().output << bridge_->output();
  }
  Ran ran(const std::string& more = {}) const { return command("reconcile acme --since '1 h'" + more); }
  /// What the message said that the line names, "message ID, session ID, ...", by OpenCX's own history.
  std::string words_of(const std::string& line) const {
    const auto id_behind = [&](const std::string& word) {
      const auto begin = line.find(word) + word.size();
      return line.substr(begin, line.find_first_of(",:", begin) - begin);
    };
    const auto history = parse_json(shell("curl -s -m 20 -H 'Authorization: Bearer ocx_live_casewire' " + acme_.opencx_url() +
                                          "/chat/sessions/" + id_behind("session ") + "/history")
                                        .output);
    if (!history) return {};
    for (const auto& item : member(*history, "items")) {
      if (string_member(item, "id") == id_behind("message ")) return dump_json(item);
    }
    return {};
  }
  std::string id_of(const char* object, const char* words) const {
    for (const auto& row : acme_.rows(object)) {
      if (dump_json(row).find(words) != std::string::npos) return string_member(row, "Id");
    }
    return {};
  }
};

TEST_F(ReconcileProgram, SaysThatAllStandsOnceAndWritesNothing) {
  carry_some_mail();
  const auto found = ran();
  EXPECT_THAT(found.output, HasSubstr(": 2 conversations, 2 messages, 1 file, 2 replies, 2 Cases: all stand once\n"));
  EXPECT_THAT(ran(" --json").output, AllOf(HasSubstr("\"differences\":0"), HasSubstr("\"replies\":2")));
  EXPECT_EQ(acme_.rows("CaseComment").size(), 2u);
  EXPECT_EQ(command("reconcile acme --since tomorrow").exit_code, 2);
  EXPECT_EQ(command("reconcile nobody --since '1 h'").exit_code, 3);
  const auto later = command("reconcile acme --since '1 s'");
  EXPECT_EQ(later.exit_code, 0) << later.output;
}

TEST_F(ReconcileProgram, GoesOnWhereASliceEnded) {
  write_settings();
  start_bridge();
  constexpr std::size_t kCustomers = 21;  // a slice has 20 conversations
  for (std::size_t n = 0; n < kCustomers; ++n) acme_.begin("customer" + std::to_string(n), "Where is it?");
  ASSERT_TRUE(becomes_true([&] { return acme_.rows("CaseComment").size() == kCustomers; })) << bridge_->output();
  EXPECT_TRUE(becomes_true([&] { return ran().exit_code == 0; })) << ran().output;
  EXPECT_THAT(ran().output, HasSubstr(": 21 conversations, 21 messages, 0 files, 0 replies, 21 Cases: all stand once\n"));
}

TEST_F(ReconcileProgram, NamesTheMessageThatIsMissing) {
  carry_some_mail();
  OrgWorld::tell(acme_.salesforce_url(), "refuse",
                 {{"operation", "CaseComment create"}, {"code", "FIELD_CUSTOM_VALIDATION_EXCEPTION"}});
  OrgWorld::tell(acme_.opencx_url(), "mail", {{"from", "dana@example.test"}, {"reply", true}, {"text", "Are you there?"}});
  ASSERT_TRUE(becomes_true([&] { return command("parked list").exit_code == 1; })) << bridge_->output();
  const auto found = ran();
  EXPECT_EQ(found.exit_code, 1);
  ASSERT_EQ(count_in(found.output, "message "), 1u) << found.output;
  EXPECT_THAT(found.output, AllOf(HasSubstr(": it stands on no Case; the job session:"), HasSubstr(": 1 difference\n")));
  EXPECT_THAT(words_of(found.output), HasSubstr("Are you there?"));
}

TEST_F(ReconcileProgram, NamesTheCaseAndTheMessageThatAreTakenAway) {
  carry_some_mail();
  const auto cases = acme_.rows("Case");
  OrgWorld::tell(acme_.salesforce_url(), "delete", {{"id", string_member(cases[1], "Id")}});
  const auto found = ran();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_EQ(count_in(found.output, "case " + string_member(cases[1], "Id") + ", session"), 1u) << found.output;
  ASSERT_EQ(count_in(found.output, "message "), 1u) << found.output;
  EXPECT_THAT(words_of(found.output.substr(found.output.find("message "))), HasSubstr("Where is it?"));
}

TEST_F(ReconcileProgram, NamesTheFileThatIsMissing) {
  carry_some_mail();
  const auto version = acme_.rows("ContentVersion").front();
  EXPECT_EQ(acme_.call_row("-X DELETE", "ContentDocument", string_member(version, "ContentDocumentId")), "");
  const auto found = ran();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_EQ(count_in(found.output, "file "), 1u) << found.output;
  EXPECT_THAT("opencx attachment " + found.output.substr(5, found.output.find(',') - 5), string_member(version, "Description"));
}

TEST_F(ReconcileProgram, NamesTheReplyThatWasNotSent) {
  carry_some_mail();
  OrgWorld::tell(acme_.opencx_url(), "faults",
                 {{"place", {{"operation", "message send"}, {"times", 0}}}, {"damage", {{"kind", "refuse"}, {"code", "422"}}}});
  reply(0, "It never arrives.");
  ASSERT_TRUE(becomes_true([&] { return command("parked list").exit_code == 1; })) << bridge_->output();
  const auto found = ran();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_EQ(count_in(found.output, "reply " + id_of("EmailMessage", "It never arrives.")), 1u) << found.output;
  EXPECT_THAT(found.output, HasSubstr("is parked"));
  EXPECT_EQ(count_in(found.output, id_of("EmailMessage", "Answer two.")), 0u);
}

// F42
TEST_F(ReconcileProgram, NamesThePostThatWasNotSentWherePostsAreReplies) {
  carry_some_mail(", public_posts_are_replies: true");
  const auto post = [&](const std::string& text) {
    OrgWorld::tell(acme_.salesforce_url(), "post",
                   {{"case", string_member(acme_.rows("Case").front(), "Id")}, {"text", text}, {"public", true}});
  };
  post("Answer three.");
  ASSERT_TRUE(becomes_true([&] {
    return (acme_.mailbox("eli") + acme_.mailbox("dana")).find("Answer three.") != std::string::npos;
  })) << bridge_->output();
  OrgWorld::tell(acme_.opencx_url(), "faults",
                 {{"place", {{"operation", "message send"}, {"times", 0}}}, {"damage", {{"kind", "refuse"}, {"code", "422"}}}});
  post("It never arrives.");
  ASSERT_TRUE(becomes_true([&] { return command("parked list").exit_code == 1; })) << bridge_->output();
  const auto found = ran();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_EQ(count_in(found.output, "reply " + id_of("FeedItem", "It never arrives.")), 1u) << found.output;
  EXPECT_EQ(count_in(found.output, "reply "), 1u) << found.output;
}

}  // namespace
}  // namespace casewire::tests
