@promise:keeps-trying @I10
Feature: What fails is tried again in good manners: rarely enough, soon enough, as long as it was promised

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana's session shows case A
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @house
  Scenario Outline: Retry-After of <wait> with <status> from OpenCX
    Given OpenCX answers the next message send with status <status> and Retry-After <wait>
    When Ruiz replies on case A: "A new one is on its way."
    And <wait> pass
    Then Dana receives "A new one is on its way." in the same thread
    And OpenCX has been asked for 3 message sends

    Examples:
      | status | wait       |
      | 503    | 20 minutes |
      | 429    | 20 minutes |
      | 503    | 7 minutes  |

  @house
  Scenario: Retry-After of 3 minutes from Salesforce
    Given Salesforce answers the next file read with status 503 and Retry-After 3 minutes
    When Ruiz replies on case A with the file "return-label.pdf": "Send it back."
    And 3 minutes pass
    Then Dana receives "Send it back." in the same thread with the file "return-label.pdf"
    And Dana has received 2 mails

  Scenario: Who asks for fewer calls is left alone by everybody's work
    Given Salesforce answers the next CaseComment create with status 429 and Retry-After 20 minutes
    When Dana replies: "It is the tall one."
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And 20 minutes pass
    Then case A gains the comment "It is the tall one."
    And case B opens from opencx with the summary "A chair wobbles"
    And Eli's session shows case B

  @house
  Scenario: What is refused for the moment is tried more and more rarely
    Given OpenCX answers the next 8 message sends with status 409
    When Ruiz replies on case A: "A new one is on its way."
    And 2 seconds pass
    Then the bridge has made at most 40 calls to OpenCX
    When 20 minutes pass
    Then Dana receives "A new one is on its way." in the same thread
    And OpenCX has been asked for 10 message sends

  @house
  Scenario: An outage of days is waited for, and nothing is given up
    Given Salesforce is down for 3 days
    When Dana replies: "It is the tall one."
    And 71 hours pass
    Then the bridge has parked 0 jobs
    And the bridge has made at most 1500 calls to Salesforce
    When 2 hours pass
    Then case A gains the comment "It is the tall one."

  @house
  Scenario: An outage in between does not begin anew how long a refusal has lasted
    When case A is locked for 30 hours
    And Dana replies: "It is the tall one."
    And 12 hours pass
    Given Salesforce is down for 2 hours
    When 15 hours pass
    Then the bridge has parked 1 job

  Scenario: Soon after an outage everything is done
    Given Salesforce is down for 3 hours
    When Dana replies: "It is the tall one."
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And 3 hours pass
    And 6 minutes pass
    Then case B opens from opencx with the summary "A chair wobbles"

  Scenario: A few failures close the gate for a moment only
    Given Salesforce answers the next 5 queries with status 500
    When Dana replies: "It is the tall one."
    And 4 minutes pass
    Then the bridge has nothing left to do

  @house
  Scenario Outline: <system> refuses every call with <status> for an hour, and is asked a few times only
    Given <system> answers everything with status <status> for 1 hour
    When Dana replies: "It is the tall one."
    And Ruiz replies on case A: "A new one is on its way."
    And 59 minutes pass
    Then the bridge has parked 0 jobs
    And the bridge has made at most 75 calls to <system>
    When 7 minutes pass
    Then the bridge has nothing left to do

    Examples:
      | system     | status |
      | OpenCX     | 401    |
      | OpenCX     | 429    |
      | OpenCX     | 503    |
      | Salesforce | 503    |
      | Salesforce | 401    |

  @F41 @house
  Scenario: A reply that OpenCX never takes holds up its own conversation only
    Given OpenCX answers the next message send with status 422
    When Ruiz replies on case A: "A new one is on its way."
    Then the bridge has parked 1 job
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz replies on case B: "We come and look."
    Then Eli receives "We come and look." in the same thread
    When Ruiz takes case A
    Then Dana receives "A new one is on its way." in the same thread
    And the bridge has nothing left to do

  @house
  Scenario: A restart takes up what was parked
    Given OpenCX answers the next 2 message sends with status 422
    When Ruiz replies on case A: "A new one is on its way."
    And 1 hour passes
    Then the bridge has parked 1 job
    When the bridge is stopped
    And the bridge starts again
    Then Dana receives "A new one is on its way." within 1 minute
    And the bridge has nothing left to do

  Scenario: A session that cannot show its Case holds up nobody
    Given OpenCX answers the next session update with status 403
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    And the bridge has nothing left to do
    When Ruiz replies on case B: "We come and look."
    Then Eli receives "We come and look." in the same thread

  @house
  Scenario: A reply that is refused again and again is tried more and more rarely
    Given OpenCX answers the next 40 message sends with status 409
    When Ruiz replies on case A: "A new one is on its way."
    And 10 minutes pass
    Then Dana does not receive "A new one is on its way."
    When 6 hours pass
    Then Dana receives "A new one is on its way." in the same thread
    And the bridge has nothing left to do

  @F15 @house
  Scenario: Two conversations at once renew the access once
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the access token expires
    And Salesforce takes 3 seconds to answer the next token
    And the AI hands off Eli's conversation: "A chair wobbles"
    And Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    And case B opens from opencx with the summary "A chair wobbles"
    And Salesforce has been asked for 2 tokens

  @house @I17
  Scenario: An answer that was on its way does not end what OpenCX has asked for since
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given OpenCX takes 5 seconds to answer the next session read
    And OpenCX answers the next message send with status 429 and Retry-After 20 minutes
    When Dana replies: "It is the tall one."
    And Ruiz replies on case B: "We come and look."
    And 30 minutes pass
    Then Eli receives "We come and look." in the same thread
    And case A gains the comment "It is the tall one."

  @house @I17
  Scenario: The time that a maintenance page asks for is kept
    Given Salesforce answers the next CaseComment create with an HTML page of status 503 and Retry-After 20 minutes
    When Dana replies: "It is the tall one."
    And 25 minutes pass
    Then case A gains the comment "It is the tall one."

  @house
  Scenario: Who asks for a second for hours is asked more and more rarely all the same
    Given Salesforce answers everything with status 503 for 6 hours and Retry-After 1 second
    When Dana replies: "It is the tall one."
    And 7 hours pass
    Then case A gains the comment "It is the tall one."
    And the bridge has made at most 120 calls to Salesforce

  @house
  Scenario: Who asks for half a minute gets it
    Given Salesforce answers the next CaseComment create with status 503 and Retry-After 40 seconds
    When Dana replies: "It is the tall one."
    And 10 minutes pass
    Then case A gains the comment "It is the tall one."
