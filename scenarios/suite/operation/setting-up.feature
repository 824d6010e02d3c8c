@house @promise:case-create @promise:reply
Feature: The bridge is set up as the vendor's page tells it, and says of each step whether it is right

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Step 1: a test mail to the support address reaches the Inbox
    When the operator runs "check"
    Then the operator reads "unknown mail in the Inbox"
    When Dana emails help@acme.test about "A test": "Does this arrive?"
    Then the Inbox shows "Does this arrive?" from the customer Dana
    When the operator runs "check"
    Then the operator reads "ok mail in the Inbox"

  Scenario: Step 2: both vendors are connected, and the webhook's URL is the bridge's
    When the operator runs "check"
    Then the operator reads "ok salesforce answers"
    And the operator reads "ok the bound org: Acme, a sandbox"
    And the operator reads "ok opencx answers: to this API key"
    And the operator reads "ok named credential: OpenCX_Integration points to"
    And the operator does not read "whsec-casewire-salesforce"
    And the operator does not read "wrong"

  Scenario: Step 3: the triggers and their class are active
    When the operator runs "check"
    Then the operator reads "ok trigger on Case: OpenCXCase is active"
    And the operator reads "ok trigger on CaseComment: OpenCXCaseComment is active"
    And the operator reads "ok trigger on EmailMessage: OpenCXEmailMessage is active"
    And the operator reads "ok class OpenCXNotifier: it is active"

  Scenario: Step 3, where public posts are replies: the trigger on posts, and for whom a post is
    Given the bridge takes public posts for replies
    When the operator runs "check"
    Then the operator reads "ok FeedItem.Visibility: posts say for whom they are"
    And the operator reads "trigger on FeedItem"

  Scenario: Step 4: a test handoff by the AI opens a Case, and OpenCX's webhooks are seen to come
    When the operator runs "check"
    Then the operator reads "unknown webhooks of opencx: none was taken since"
    When Dana emails help@acme.test about "A test": "A person, please."
    And the AI hands off: "Dana tests the handoff"
    Then case A opens from opencx with the summary "Dana tests the handoff"
    When the operator runs "check"
    Then the operator reads "ok webhooks of opencx: the last was taken at"
    And the operator does not read "wrong"

  Scenario: Step 4, by hand: a person takes the conversation over in the Inbox
    When Dana emails help@acme.test about "A test": "A person, please."
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx
    When the operator runs "check"
    Then the operator reads "ok webhooks of opencx: the last was taken at"

  Scenario: Step 5: the Case has description, comments, mark, and stands in the session
    When Dana emails help@acme.test about "A test": "A person, please."
    And the AI hands off: "Dana tests the handoff"
    Then case A opens from opencx with the summary "Dana tests the handoff"
    And case A gains the comment "A person, please."
    And "Case_From__c" of case A is "opencx"
    And Dana's session shows case A
    When the operator runs "check"
    Then the operator reads "ok may open Cases"
    And the operator reads "ok Case.Case_From__c: it is there, and may be written"
    And the operator reads "ok Case.OpenCX_Handoff__c: it is there, and may be written"
    And the operator reads "ok may write the transcript"

  @F26
  Scenario: Before anybody has answered, the org's notices of the bridge's own comments show that its webhooks come
    When Dana emails help@acme.test about "A test": "A person, please."
    And the AI hands off: "Dana tests the handoff"
    Then case A opens from opencx
    When 5 minutes pass
    And the operator runs "check"
    Then the operator reads "ok webhooks of salesforce: the last was taken at"
    And the operator does not read "wrong"
    When the operator runs "status"
    Then the operator does not read "last webhook none"

  Scenario: Step 6: a reply reaches the customer's mail and the Inbox, and the org's webhooks are seen to come
    When Dana emails help@acme.test about "A test": "A person, please."
    And the AI hands off: "Dana tests the handoff"
    Then case A opens from opencx
    When Ruiz replies on case A: "It works."
    Then Dana receives "It works." in the same thread from help@acme.test
    And the Inbox shows "It works." from the agent Ruiz
    When the operator runs "check"
    Then the operator reads "ok webhooks of salesforce: the last was taken at"
    And the operator reads "look email deliverability: no API tells"
    And the operator does not read "wrong"

  @F11
  Scenario: A field that the administrator has not made is named, with what to click
    Given the org has no field "OpenCX_Handoff__c" on Cases
    When the operator runs "check"
    Then the operator reads "wrong Case.OpenCX_Handoff__c: the integration user does not see it"
    And the operator reads "in Setup: Object Manager, Case"
    When the operator runs "status"
    Then the operator reads "status check failed"

  @F27
  Scenario: By itself the bridge finds what a deployment has changed, and that it was mended
    Given the bridge checks every 1 hour what it needs
    When the operator runs "status"
    Then the operator reads "status ready"
    And the operator reads "0 wrong"
    Given the org's trigger on "EmailMessage" is inactive
    When 2 hours pass
    And the operator runs "status"
    Then the operator reads "status check failed"
    And the operator reads "trigger on EmailMessage was not right"
    Given the org's trigger on "EmailMessage" is active again
    When 6 minutes pass
    And the operator runs "status"
    Then the operator reads "status ready"

  @F40
  Scenario: A clock that is wrong is told, and which way
    Given Salesforce's clock is 6 minutes fast
    When the operator runs "check"
    Then the operator reads "wrong clock of salesforce"
    And the operator reads "360 s ahead of ours"
    And the operator reads "timedatectl"

  @F17
  Scenario: Calls of the day that run out are told of before they have run out
    Given the org allows 100 API calls a day
    When 14 hours pass
    And the operator runs "check"
    Then the operator reads "wrong requests of the day"
    And the operator reads "who uses them?"

  Scenario: Storage that is full is told of, with where to look
    Given the org's storage is full
    When the operator runs "check"
    Then the operator reads "wrong data storage: 0 of 10240 are left"
    And the operator reads "wrong file storage: 0 of 10240 are left"
    And the operator reads "Storage Usage: what fills it?"

  Scenario: Storage of files that is full is told of apart from that of rows
    Given the org's file storage is full
    When the operator runs "check"
    Then the operator reads "ok data storage: 10240 of 10240 are left"
    And the operator reads "wrong file storage: 0 of 10240 are left"
