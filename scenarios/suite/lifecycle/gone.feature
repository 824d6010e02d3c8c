@promise:lifecycle
Feature: What is gone on one side holds up nothing on the other, and somebody is told

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  @F76 @house
  Scenario: A Case is deleted with a reply that was on its way
    Given the next webhook from Salesforce comes 5 seconds late
    When Ruiz replies on case A: "Which lamp is it?"
    And Ruiz deletes case A
    And 1 hour passes
    Then the bridge has parked 1 job
    And Dana receives nothing

  @house
  Scenario: A session that cannot be told its Case is worked on all the same
    Given OpenCX answers the next session update with status 403
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz replies on case B: "Which chair?"
    Then Eli receives "Which chair?" in the same thread
    And the bridge has nothing left to do

  @house
  Scenario: OpenCX knows nothing of the conversation any more when its Case is closed
    Given OpenCX answers the next 40 history reads with status 404
    When Ruiz closes case A
    And 1 hour passes
    Then the bridge has nothing left to do
    And case A is closed

  Scenario: OpenCX says once that it knows nothing of the conversation
    Given OpenCX answers the next session read with status 404
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night."

  Scenario: Before and after an absence of the bridge OpenCX says that it knows nothing of a conversation
    When Ruiz closes case A
    And Ruiz sets case A to "Working"
    Given OpenCX answers the next 3 session reads with status 404
    When Dana emails help@acme.test about "Socket": "The socket sparks, too."
    Given the bridge is killed
    When 20 minutes pass
    And Dana emails help@acme.test about "Plug": "The plug is hot."
    Given the bridge starts again
    When 1 hour passes
    Then case A tells "The socket sparks, too." 1 time
    And case A tells "The plug is hot." 1 time

  Scenario: A gateway says once that there is no such thing in Salesforce
    Given Salesforce answers the next query with status 404
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night."
    And the bridge has nothing left to do

  @house
  Scenario: What OpenCX says for hours not to know is not asked for all that time, nor given up for ever
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given OpenCX answers everything with status 404 for 4 hours
    When Dana replies: "It is the tall one."
    And 3 hours pass
    Then the bridge has parked 0 jobs
    And the bridge has made at most 70 calls to OpenCX
    When 3 hours pass
    Then case A gains the comment "It is the tall one."

  @house
  Scenario: A conversation that OpenCX does not know any more needs no closing, and nobody is called
    When Ruiz closes Dana's conversation in the Inbox
    Given OpenCX answers everything with status 404 for 1 hour
    When Ruiz closes case A
    And 30 minutes pass
    Then the bridge has parked 0 jobs

  @house
  Scenario: That a session cannot show its Case calls nobody either, however often it is tried
    Given OpenCX answers the next 2 session updates with status 403
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    And the bridge has parked 0 jobs

  @F76 @house
  Scenario Outline: A Case that comes out of the bin is worked on again: deleted after <age>
    When Ruiz closes case A
    And <age> passes
    Given the bridge crashes before it asks Salesforce for the next query
    When Ruiz replies on case A: "It is done."
    And Ruiz deletes case A
    And 1 minute passes
    And Ruiz undeletes case A
    And 1 hour passes
    Then the bridge has parked 0 jobs
    And Dana receives "It is done." in the same thread

    Examples:
      | age      |
      | 1 second |
      | 1 hour   |

  @house
  Scenario: A conversation that was deleted holds up no other on its Case, though a rep took it
    When Dana emails help@acme.test about "Lamp once more": "It hums, too."
    And the AI hands off Dana's conversation: "It hums"
    Then case A gains the comment "It hums, too."
    When Ruiz deletes Dana's conversation in the Inbox
    And Ruiz takes case A
    And 1 hour passes
    And Ruiz replies on case A: "A new one is on its way."
    And 1 hour passes
    Then Dana receives "A new one is on its way."
    And the bridge has parked 0 jobs

  @house
  Scenario: A reply whose only conversation was deleted in the Inbox is told of within the hour
    When Ruiz deletes Dana's conversation in the Inbox
    And Ruiz replies on case A: "A new one is on its way."
    And 1 hour passes
    Then the bridge has parked 1 job

  @house
  Scenario: A Case comes out of the bin, and what she wrote meanwhile stands on it
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When 1 hour passes
    And Ruiz deletes case A
    And Dana replies: "It is the tall one."
    And 1 hour passes
    Then the bridge has parked 1 job
    When Ruiz undeletes case A
    And 1 hour passes
    Then case A tells "It is the tall one." 1 time
    And the bridge has parked 0 jobs
