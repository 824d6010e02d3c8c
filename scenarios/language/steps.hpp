#pragma once
// The vocabulary as types: one struct per sentence. docs/scenario-language.md lists the sentences; vocabulary.cpp maps them to
// these; the runner acts on them and never sees text. Adding a sentence is adding a struct, one row of the vocabulary, and one
// overload in the runner.
//
// Names are as written ("Dana", "Ruiz"); a case is its letter or word ("A" for "case A"). `Text` may come from a doc string.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/text/diagnostic.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

enum class System { salesforce, opencx };

/// The org of a scenario that names none.
constexpr const char* kDefaultOrg = "service-cloud";

// clang-format off
// ---- staging (Given)
struct UseOrg { std::string org; };                                         // the org "service-cloud"
struct AddCustomer { std::string customer, address; };                      // the customer Dana writes from dana@example.test
struct AddRep { std::string rep, queue; };                                  // the rep Ruiz works the queue "Support"
struct AddSupportAddress { std::string address; };                          // OpenCX answers mail to sales@acme.test
struct AiAnswersEveryMail { std::string text; milliseconds after{0}; };     // the AI answers every mail with "..." [after 8 seconds]
struct AiSilentOnceAPersonIsActive {};                                      // the AI keeps answering until a person is active
struct UseRecording { std::string recording; };                            // the recording "handoff.har"

// ---- faults (Given, or And between steps); one that never fired fails the run
struct LoseAnswer { System system; std::string operation; };               // Salesforce accepts the next Case create but loses the answer
struct RefuseCalls { System system; std::uint32_t count = 1; std::string operation; int status = 503; };
                                                                           // Salesforce answers the next [3] Case create[s] with status 503
struct LoseWebhook { System system; };                                     // the next webhook from Salesforce is lost
struct RepeatWebhook { System system; };                                   // the next webhook from OpenCX arrives twice
struct ExpireAccessToken {};                                               // the access token expires
struct CrashAfterCall { std::uint32_t call = 1; };                         // the bridge crashes after its 3rd call [and starts again]
struct CrashBeforeCall { std::uint32_t call = 1; };                        // the bridge crashes before its 3rd call
struct KillBridge {};                                                      // the bridge is killed
struct StopBridge {};                                                      // the bridge is stopped
struct StartBridge {};                                                     // the bridge starts again

// ---- people and time (When)
struct CustomerEmails { std::string customer, address, subject, text; std::vector<std::string> files; };
                                        // Dana emails help@acme.test about "Order 1182" [with the file "a.pdf" [and the file "b.png"]]: "..."
struct CustomerSendsMail { std::string customer, mail; };                  // Dana sends the mail "order-1182.eml"
struct CustomerReplies { std::string customer, text; std::vector<std::string> files; };  // Dana replies [with the file "a.pdf"]: "..."
struct AiHandsOff { std::string summary; };                                // the AI hands off: "Refund needs a person"
struct AiAnswers { std::string text; milliseconds writing{0}; };           // the AI answers: "..."   |   the AI starts an answer that takes 8 seconds: "..."
struct RepReplies { std::string rep, case_name, text; std::vector<std::string> files; };  // Ruiz replies on case A [with the file "x.pdf"]: "..."
struct RepComments { std::string rep, case_name, text; bool published = false; };  // Ruiz writes the internal|public comment on case A: "..."
struct RepTakesCase { std::string rep, case_name; };                       // Ruiz takes case A
struct RepSetsStatus { std::string rep, case_name, status; };              // Ruiz sets case A to "Working"  |  Ruiz closes case A
struct AgentTakesOver { std::string agent, customer; };                    // Ruiz takes over Dana's conversation in the Inbox
struct TimePasses { milliseconds duration{0}; };                           // 2 days pass
struct DeliverRecordedWebhooks {};                                         // the recorded webhooks arrive

// ---- checks (Then)
struct CaseOpens { std::string case_name, summary; };                      // case A opens from opencx with the summary "..."
struct CaseGainsComment { std::string case_name, text; };                  // case A gains the comment "..."
struct CaseHasComments { std::string case_name; std::uint32_t count = 0; };  // case A has 3 comments
struct CaseHasTheComments { std::string case_name; std::vector<std::string> texts; };  // case A has the comments: (a table)
struct CaseHasFile { std::string case_name, file; };                       // case A has the file "invoice.pdf"
struct CaseHasStatus { std::string case_name, status; };                   // case A has the status "New"  |  case A is closed
struct CustomerReceives {                                                  // Dana receives "..." [in the same thread] [from help@acme.test] [with the file "x.pdf"]
  std::string customer, text;
  bool same_thread = false;
  std::optional<std::string> from;
  std::vector<std::string> files;
};
struct CustomerHasMails { std::string customer; std::uint32_t count = 0; };  // Dana has received 2 mails  |  Dana receives nothing
struct CustomerHasOpenCases { std::string customer; std::uint32_t count = 0; };  // Dana has 1 open case
struct CustomerHasCases { std::string customer; std::uint32_t count = 0; };  // Dana has 2 cases
struct InboxShows { std::string text; std::string rep; };                  // the Inbox shows "..." from the agent Ruiz
struct SessionShowsCase { std::string customer, case_name; };              // Dana's session shows case A
struct SessionIsClosed { std::string customer; };                          // Dana's session is closed
struct AiStaysSilent {};                                                   // the AI stays silent   (since the last step that made a person active)
struct AiHasAnswered { std::uint32_t count = 0; };                         // the AI has answered 1 time
struct NothingIsParked {};                                                 // the bridge has nothing left to do
struct RecordingIsUsedUp {};                                               // every recorded request was made
// clang-format on

using Action =
    std::variant<UseOrg, AddCustomer, AddRep, AddSupportAddress, AiAnswersEveryMail, AiSilentOnceAPersonIsActive, UseRecording,
                 LoseAnswer, RefuseCalls, LoseWebhook, RepeatWebhook, ExpireAccessToken, CrashAfterCall, CrashBeforeCall,
                 KillBridge, StopBridge, StartBridge, CustomerEmails, CustomerSendsMail, CustomerReplies, AiHandsOff, AiAnswers,
                 RepReplies, RepComments, RepTakesCase, RepSetsStatus, AgentTakesOver, TimePasses, DeliverRecordedWebhooks,
                 CaseOpens, CaseGainsComment, CaseHasComments, CaseHasTheComments, CaseHasFile, CaseHasStatus, CustomerReceives,
                 CustomerHasMails, CustomerHasOpenCases, CustomerHasCases, InboxShows, SessionShowsCase, SessionIsClosed,
                 AiStaysSilent, AiHasAnswered, NothingIsParked, RecordingIsUsedUp>;

struct Step {
  std::string keyword;  ///< "Given", "When", "Then", as resolved: And and But take the keyword before them
  std::string text;     ///< the sentence as written, for reports
  Where where;
  Action action;
};

}  // namespace casewire::scenarios
