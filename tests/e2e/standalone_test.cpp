// The fakes alone, tried with the clients that people have: curl and swaks.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Starts a server of the program, runs `script` with $URL (and $SMTP) taken from what it printed, and stops it.
Ran with_server(const std::string& command, const std::string& script) {
  return shell(R"sh(out=$(mktemp); "$CASEWIRE" )sh" + command + R"sh( > "$out" & pid=$!
    i=0; until grep -q 'Ctrl-C' "$out" || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done
    URL=$(grep -o 'http://127.0.0.1:[0-9]*' "$out" | head -n 1)
    SMTP=$(sed -n 's/.*mail in *\(127.0.0.1:[0-9]*\).*/\1/p' "$out")
    )sh" + script +
               R"sh(
    kill -TERM $pid; wait $pid; status=$?
    cat "$out"; rm -f "$out"; exit $status)sh");
}

// What GMime and libpq bring along (GIO and GnuPG; LDAP, Kerberos and a second TLS) was most of what starting the program took.
TEST(Standalone, LoadsWithItsProgramNothingThatMostCommandsNeverCall) {
  const Ran ran = shell("ldd \"$CASEWIRE\"");
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("libyaml-cpp"), Not(HasSubstr("libgmime")), Not(HasSubstr("libglib")),
                                Not(HasSubstr("libpq")), Not(HasSubstr("libzip"))))
      << ran.output;
}

TEST(Standalone, SaysThatGMimeIsMissingOnceThereIsMail) {
  const Ran ran = shell(R"sh(lost=$(mktemp -d); echo 'no library' > $lost/libgmime-3.0.so.0
    mail=$(mktemp -d); printf 'From: dana@example.test\nTo: help@acme.test\nSubject: Order 1182\n\nWhere is it?\n' > $mail/a.eml
    LD_LIBRARY_PATH=$lost "$CASEWIRE" steps > /dev/null; echo "steps: $?"
    LD_LIBRARY_PATH=$lost "$CASEWIRE" import $mail --out $mail/out; echo "import: $?"
    rm -r $lost $mail)sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("steps: 0\n"), HasSubstr("import: 127\n"),
                                HasSubstr("libgmime-3.0.so.0 cannot be loaded: install Debian's package libgmime-3.0-0\n")));
}

TEST(Standalone, SalesforceAnswersCurl) {
  const Ran ran = with_server("salesforce", R"sh(
    TOKEN=$(curl -s $URL/services/oauth2/token -d grant_type=refresh_token -d client_id=3MVG9casewire -d client_secret=casewire-secret \
            -d refresh_token=5Aep861casewire | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' $URL/services/data/v66.0/sobjects/Case -d '{"Subject":"Order 1182"}'
    curl -s -H "Authorization: Bearer $TOKEN" "$URL/services/data/v66.0/query?q=SELECT+Subject,Status+FROM+Case"
    curl -s -H "Authorization: Bearer nonsense" $URL/services/data/v66.0/limits
    curl -s -H "Authorization: Bearer $TOKEN" "$URL/services/data/v66.0/query?q=SELECT+Foo+FROM+Case"
    curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $TOKEN" $URL/services/data/v66.0/chatter)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("\"success\":true"), HasSubstr("\"Subject\":\"Order 1182\""), HasSubstr("INVALID_SESSION_ID"),
                    HasSubstr("No such column 'Foo' on entity 'Case'"), HasSubstr("501")))
      << ran.output;
}

TEST(Standalone, OpenCxTakesAMailAndAnswersIt) {
  const Ran ran = with_server("opencx --answer 'It is on its way.'", R"sh(
    swaks --silent 2 --server $SMTP --from dana@example.test --to help@acme.test --header 'Subject: Order 1182' --body 'Where is it?'
    i=0; until grep -q 'acme.test -> dana' "$out" || [ $i -gt 100 ]; do sleep 0.1; i=$((i+1)); done
    curl -s -H 'Authorization: Bearer ocx_live_casewire' $URL/chat/sessions
    curl -s $URL/chat/sessions
    curl -s -w '[%{http_code}]' $URL/_casewire/hand-off -d '{"sumary":"Wants a person"}'
    curl -s -o /dev/null -H 'Authorization: Bearer ocx_live_casewire' $URL/no/such/route)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("expected {\\\"summary\\\": "), HasSubstr("[400]"), HasSubstr("wrong GET /no/such/route")))
      << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("\"channel\":{\"type\":\"email\"}"), HasSubstr("help@acme.test -> dana@example.test"),
                                HasSubstr("It is on its way."), HasSubstr("Unauthorized")))
      << ran.output;
}

TEST(Standalone, OpenCxAnswersEachRecipientAndSaysWhyAMailWasSkipped) {
  const Ran ran = with_server("opencx", R"sh(
    send() { swaks --server $SMTP --from dana@example.test --header 'Subject: Order 1182' --body 'Where is it?' "$@" 2>&1 | grep '^<'; }
    send --to help@acme.test,friend@elsewhere.test
    send --to nobody@acme.test
    send --to help@acme.test --header 'To: other@acme.test'
    i=0; until grep -q 'was skipped' "$out" || [ $i -gt 100 ]; do sleep 0.1; i=$((i+1)); done
    curl -s -w '[%{http_code}]' $URL/_casewire/agent-message -d '{"agent":"Lee","text":"Here I am."}'
    curl -s -w '[%{http_code}]' $URL/_casewire/answer -d '{"text":"Too late."}')sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("550 5.1.1 <nobody@acme.test>: no such mailbox"),
                    HasSubstr("was skipped: To holds no registered address (found other@acme.test; registered: help@acme.test)"),
                    HasSubstr("Here I am."), HasSubstr("the session is owned by human")))
      << ran.output;
}

TEST(Standalone, OpenCxLetsTheWidgetInAndLimitsCalls) {
  const Ran ran = with_server("opencx --calls-a-minute 2 --key reader=contacts:read", R"sh(
    W=$URL/backend/widget/v2
    curl -s -i -X OPTIONS -H 'Origin: https://shop.test' -H 'Access-Control-Request-Method: POST' $W/chat/send | head -n 1
    TOKEN=$(curl -s -H 'X-Bot-Token: bot_casewire' -H 'Content-Type: application/json' $W/contact/create-unverified -d '{}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
    curl -s -H 'X-Bot-Token: bot_casewire' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' $W/create-session -d '{}'
    curl -s -w '[%{http_code}]' -H 'Authorization: Bearer reader' $URL/contacts
    curl -s -w '[%{http_code}]' -H 'Authorization: Bearer reader' $URL/chat/sessions
    curl -s -i -H 'Authorization: Bearer ocx_live_casewire' $URL/contacts)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("204"), HasSubstr("\"isOpened\":true"), HasSubstr("[200]"), HasSubstr("[403]"),
                                HasSubstr("429"), HasSubstr("Retry-After: ")))
      << ran.output;
}

TEST(Standalone, ShowsWhatBecameOfTheEventsItSends) {
  const Ran ran = with_server("opencx --webhook http://127.0.0.1:1/hook", R"sh(
    swaks --silent 2 --server $SMTP --from dana@example.test --to help@acme.test --header 'Subject: Order 1182' --body 'Where is it?'
    i=0; until grep -q '^event' "$out" || [ $i -gt 100 ]; do sleep 0.1; i=$((i+1)); done)sh");
  EXPECT_THAT(ran.output, HasSubstr("event conversation.started -> no answer: ")) << ran.output;
}

TEST(Standalone, SalesforceIsDrivenAndAsked) {
  const Ran ran = with_server("salesforce", R"sh(
    tell() { curl -s -w '[%{http_code}]\n' "$URL/_casewire/$1" -d "$2"; }
    ask() { curl -s -w '[%{http_code}]\n' "$URL/_casewire/$1"; }
    create() { curl -s -w '[%{http_code}]\n' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' $URL/services/data/v66.0/sobjects/Case -d '{"Subject":"Order 1182"}'; }
    TOKEN=$(curl -s $URL/services/oauth2/token -d grant_type=refresh_token -d client_id=3MVG9casewire -d client_secret=casewire-secret \
            -d refresh_token=5Aep861casewire | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    tell records '{"Account":[{"Name":"Umbrella"}],"Case":[{"Subject":"Order 1180"}]}'
    ID=$(curl -s $URL/_casewire/state | grep -o '"Id":"500[^"]*"' | head -n 1 | cut -d'"' -f4)
    tell reply '{"case":"'$ID'","text":"Hi","files":{"a.txt":"x"}}'
    tell comment '{"case":"'$ID'","text":"Noted","rep":"Kim"}'
    tell comment '{"case":"'$ID'","texd":"Noted"}'
    tell coment '{}'
    tell faults '{"place":{"operation":"Case create","times":1},"damage":{"kind":"refuse","code":"503"}}'
    tell faults '{"place":{"operation":"Case create"},"damage":{"kind":"melt"}}'
    create; create; ask faults
    ask requests | grep -o '"operation":"Case create"' | wc -l
    tell time '{"pass":"3 hours"}'; create; tell time '{"pass":"3 dys"}'
    ask state | grep -c Umbrella
    tell reset ''; ask state | grep -c Umbrella; ask journal | grep -c '"http"'; create; ask nothing
    curl -s $URL/ | grep -c 'POST /_casewire/reply')sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("{\"Account\":[\"001"), HasSubstr("expected {\\\"text\\\": "),
                                HasSubstr("did you mean \\\"comment\\\"?\"}[404]"), HasSubstr("{\"armed\":1}[200]"),
                                HasSubstr("\"errorCode\":\"SERVER_UNAVAILABLE\"}][503]")))
      << ran.output;
  // The fault strikes once; tokens end with the hours that pass, and with the life that is reset.
  EXPECT_THAT(ran.output, AllOf(HasSubstr("\"success\":true,\"errors\":[]}[201]\n[{\"sentence\""), HasSubstr("\"struck\":1"),
                                HasSubstr("\n2\n"), HasSubstr("INVALID_SESSION_ID"),
                                HasSubstr("found \\\"3 dys\\\"\"}[400]\n1\n{}[200]\n0\n0\n"),
                                HasSubstr("nothing is called \\\"nothing\\\" here; GET / lists what is\"}[404]\n1\n")))
      << ran.output;
}

TEST(Standalone, OpenCxIsDrivenAndAskedWithoutAMailProgram) {
  const Ran ran = with_server("opencx", R"sh(
    tell() { curl -s -w '[%{http_code}]\n' "$URL/_casewire/$1" -d "$2"; }
    tell hand-off '{"summary":"Too early"}'
    tell mail '{"from":"dana@example.test","subject":"Order 1182","text":"Where is it?","files":{"a.txt":"x"}}'
    tell agent-message '{"text":"It is on its way.","agent":"Lee"}'
    i=0; until curl -s $URL/_casewire/mailbox -d '{"of":"dana@example.test"}' | grep 'on its way' || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done
    tell mail '{"from":"dana@example.test","text":"Thanks!","reply":true}'
    tell mail '{"from":"eli@example.test","text":"Hello?","reply":true}'
    curl -s $URL/_casewire/state
    tell reset ''; curl -s $URL/_casewire/state)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("{\"error\":\"nobody wrote yet\"}[409]"), HasSubstr("\"in_reply_to\":\"mail-1@customers.test\""),
                    HasSubstr("nobody has written to eli@example.test yet"), HasSubstr("\"owner\":\"human\""),
                    HasSubstr("\"text\":\"Thanks!\"}]}]}{}[200]\n{\"sessions\":[]}")))
      << ran.output;
}

TEST(Standalone, SalesforceDoesWhateverARepDoesInAScenario) {
  const Ran ran = with_server("salesforce", R"sh(
    tell() { curl -s -w '[%{http_code}]\n' "$URL/_casewire/$1" -d "$2"; }
    id() { sed 's/.*"id":"\([^"]*\)".*/\1/'; }
    CASE=$(tell open '{"email":"dana@example.test","subject":"Order 1182","text":"She has telephoned."}' | id)
    DRAFT=$(tell draft '{"case":"'$CASE'","text":"Let me look."}' | id)
    tell send-draft '{"id":"'$DRAFT'"}'
    tell compose '{"case":"'$CASE'","text":"Past the package","to":"dana@example.test","files":{"a.pdf":"x"}}'
    tell alert '{"case":"'$CASE'","text":"A survey","to":"dana@example.test"}'
    tell reply '{"case":"'$CASE'","text":"A file comes","announces":true,"to":"eli@example.test"}'
    COMMENT=$(tell comment '{"case":"'$CASE'","text":"Noted"}' | id)
    tell edit-comment '{"id":"'$COMMENT'","published":true}'
    curl -s $URL/_casewire/state)sh");
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("\"SuppliedEmail\":\"dana@example.test\""), HasSubstr("\"files\":[\"a.pdf\"]"),
                    HasSubstr("\"subject\":\"Re: Order 1182\""), HasSubstr("\"ToAddress\":\"eli@example.test\""),
                    HasSubstr("\"HasAttachment\":true"), HasSubstr("\"IsPublished\":true"), testing::Not(HasSubstr("[4"))))
      << ran.output;
}

TEST(Standalone, OpenCxDoesWhateverACustomerDoesInAScenario) {
  const Ran ran = with_server("opencx", R"sh(
    tell() { curl -s -w '[%{http_code}]\n' "$URL/_casewire/$1" -d "$2"; }
    got() { i=0; until curl -s $URL/_casewire/mailbox -d '{"of":"'$1'"}' | grep -q "$2" || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done; }
    tell mail '{"from":"dana@example.test","subject":"Order 1182","text":"Where is it?","cc":"eli@example.test"}'
    tell mail-again '{"from":"dana@example.test"}'
    tell answer '{"text":"Let me look.","takes":"1 second"}'; got dana@example.test 'Let me look'
    tell mail '{"from":"dana@example.test","text":"Any news?","about":"1182","everybody":true}'
    tell mail '{"from":"dana@example.test","text":"And now?","reply":true,"unthreaded":true}'
    tell out-of-office '{"from":"dana@example.test","text":"I am away."}'
    tell forward '{"from":"dana@example.test","text":"See below."}'
    tell agent-message '{"text":"Here it is.","files":{"a.pdf":"x"}}'; got dana@example.test 'a.pdf'
    tell raw-mail '{"mail":"From: fay@example.test\nTo: help@acme.test\nSubject: Raw\n\nAs it stands"}'
    tell chat '{"from":"gil@example.test","text":"Anybody there?"}'
    tell mail '{"from":"dana@example.test","text":"x","about":"nothing"}'
    tell mail-again '{"from":"nobody@example.test"}'
    curl -s $URL/_casewire/mailbox -d '{"of":"eli@example.test"}'; curl -s $URL/_casewire/state; curl -s $URL/_casewire/journal)sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("As it stands"), HasSubstr("Anybody there?"), HasSubstr("\"subject\":\"Re: Order 1182"),
                                HasSubstr("\"text\":\"Any news?"), HasSubstr("Fwd: "), HasSubstr("Automatic reply: "),
                                HasSubstr("has no mail about nothing\"}[409]"),
                                HasSubstr("nobody@example.test has sent no mail\"}[409]"), HasSubstr("\"files\":[\"a.pdf\"]")))
      << ran.output;
}

TEST(Standalone, HasNoRouteThatItsPageLeavesOut) {
  const Ran ran = shell(R"sh(for fake in salesforce opencx; do
      out=$(mktemp); "$CASEWIRE" $fake > "$out" & pid=$!
      i=0; until grep -q 'Ctrl-C' "$out" || [ $i -gt 100 ]; do sleep 0.05; i=$((i+1)); done
      kill -TERM $pid; wait $pid
      for route in $(sed -n 's,^  [GP][EO][ST]*  *\(/_casewire/[a-z-]*\).*,\1,p' "$out"); do
        grep -q "\`$route\`" docs/lone-fakes.md && echo known || echo "not in docs/lone-fakes.md: $route"
      done; rm -f "$out"
    done | sort | uniq -c)sh");
  EXPECT_THAT(ran.output, AllOf(HasSubstr("known"), testing::Not(HasSubstr("not in")))) << ran.output;
}

TEST(Standalone, RefusesWhatCouldNotWork) {
  for (const char* arguments :
       {"opencx --webhook nonsense", "opencx --address nonsense", "opencx --port 99999", "opencx --key reader",
        "opencx --read-lag -1", "salesforce --webhook ftp://x", "salesforce --org /nowhere.json"}) {
    const Ran ran = shell(std::string("timeout 20 \"$CASEWIRE\" ") + arguments);
    EXPECT_EQ(ran.exit_code, 2) << arguments << "\n" << ran.output;
  }
  // Far from any fixtures, the built-in ones too.
  const ScratchFolder folder;
  const Ran lost =
      shell("cp \"$CASEWIRE\" " + folder.path() + " && cd / && timeout 20 " + folder.path() + "/casewire salesforce");
  EXPECT_EQ(lost.exit_code, 2);
  EXPECT_THAT(lost.output, HasSubstr("no folder fixtures")) << lost.output;
}

TEST(Standalone, AWorldDoesWhatItIsToldAndShowsWhatCameOfIt) {
  const Ran ran = with_server("world", R"sh(
    say() { curl -s -w '[%{http_code}]\n' --data-binary "$*" $URL/say; }
    say 'Dana emails help@acme.test about "Order 1182": "Where is it?"'
    say 'the AI hands off: "Refund needs a person"'
    say 'Then case A opens from opencx with the summary "Refund needs a person"'
    say 'Ruiz replies on case A: "Looking into it."'
    say 'Dana receives "Looking into it." in the same thread'
    say 'Dana recieves "Looking into it."'
    curl -s $URL/ | grep -c 'id="pack-0"'
    curl -s $URL/journal | grep -c '"kind":"mail"')sh");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr(R"({"verdict":"passed","step":"Dana receives \"Looking into it.\" in the same thread"}
[200])"),
                                HasSubstr("[400]"), HasSubstr("Dana receives"), HasSubstr("\n1\n2\n")))
      << ran.output;
}

}  // namespace
}  // namespace casewire::tests
