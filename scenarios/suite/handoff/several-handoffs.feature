@promise:case-content
Feature: Each handoff's summary stands on the Case, once

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"

  @house
  Scenario: Three handoffs, one after the other
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When the AI hands off: "She asks again"
    Then case A gains the comment "Handed over again. Summary:\nShe asks again"
    When the AI hands off: "She asks a third time"
    Then case A gains the comment "She asks a third time"
    And case A has 3 comments
    And case A has no comment "Dana waits for order 1182"
    And Dana has 1 case

  @F1
  @house
  Scenario: The answer to the comment of a later handoff is lost
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given Salesforce accepts the next CaseComment create but loses the answer
    When the AI hands off: "She asks again"
    Then case A gains the comment "She asks again"
    And case A has 2 comments
    And the bridge has nothing left to do

  Scenario: The AI hands off between two of the bridge's reads
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz closes case A
    And 1 hour passes
    Given OpenCX takes 3 seconds to answer the next 2 session reads
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And 4 seconds pass
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"

  @F5
  Scenario: A later summary that is longer than a comment stands there whole
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When the AI hands off: "%9000 characters% and she wants her money back"
    Then case A tells "and she wants her money back" 1 time

  Scenario: The AI hands off again while her mail is being read
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?"
    When 1 hour passes
    Given OpenCX takes 5 seconds to answer the next session read
    When Dana replies: "Hello?"
    And the AI hands off: "She asks again"
    Then case A gains the comment "She asks again"
    And case A tells "She asks again" 1 time

  @house
  Scenario: The AI hands off twice while Salesforce is down, and OpenCX shows the last summary only
    Given Salesforce is down for 1 hour
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 10 minutes pass
    And the AI hands off: "She wants her money back"
    And 1 hour passes
    Then case A opens from opencx with the summary "She wants her money back"
    And case A gains the comment "Dana waits for order 1182"
    And case A has 2 comments

  @house
  Scenario: Two more handoffs while Salesforce is down, and each has its own words on the Case
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given Salesforce is down for 1 hour
    When the AI hands off: "She asks again"
    And 10 minutes pass
    And Eli emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Eli's conversation: "A lamp flickers"
    And the AI hands off Dana's conversation: "She asks a third time"
    And 1 hour passes
    Then case A gains the comment "She asks again"
    And case A gains the comment "She asks a third time"
    And case A has 3 comments
    And case B opens from opencx with the summary "A lamp flickers"

  @house
  Scenario: The AI hands off again while her mail is being read, and the second look fails
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?"
    Given OpenCX takes 5 seconds to answer the next session read
    When Dana replies: "Hello?"
    Given OpenCX answers the next session read with status 503
    When the AI hands off: "She asks again"
    Then case A gains the comment "She asks again"
    And case A has no comment "Dana waits for order 1182"

  @house
  Scenario: The AI hands off three times within a minute while Salesforce is down, and OpenCX cannot tell of it at first
    Given Salesforce is down for 1 hour
    And OpenCX answers the next analytics read with status 503
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And the AI hands off: "She asks again"
    And the AI hands off: "She wants her money back"
    And 2 hours pass
    Then case A opens from opencx with the summary "She wants her money back"
    And case A gains the comment "Dana waits for order 1182"
    And case A gains the comment "She asks again"

  @house
  Scenario Outline: OpenCX does not tell of earlier handoffs (<status>), and the conversation does not wait for it
    Given Salesforce is down for 1 hour
    And OpenCX answers the next analytics read with status <status>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 10 minutes pass
    And the AI hands off: "She wants her money back"
    And 1 hour passes
    Then case A opens from opencx with the summary "She wants her money back"
    And case A has 1 comment
    And the bridge has parked 0 jobs

    Examples:
      | status |
      | 403    |
      | 404    |

  @house
  Scenario: The AI hands off twice in the same words while Salesforce is down, and they stand there once
    Given Salesforce is down for 1 hour
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 10 minutes pass
    And the AI hands off: "Dana waits for order 1182"
    And 1 hour passes
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A has 1 comment

  @F41 @house
  Scenario: A later handoff stands on the Case before what she wrote after it
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?"
    Given Salesforce is down for 1 hour
    When the AI hands off: "She asks again"
    And 10 minutes pass
    And Dana replies: "Hello?"
    And 1 hour passes
    Then case A tells in this order:
      | She asks again |
      | Hello?         |
