@promise:lifecycle @F75
Feature: A Case is merged into one that a rep has opened by hand

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?" in the same thread
    When Ruiz opens case B for Dana about "Order 1182": "She has telephoned."

  @house
  Scenario: A reply on it reaches her, and her conversation names it
    When Ruiz merges case A into case B
    And Ruiz replies on case B: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    And Dana's session shows case B

  Scenario: Her next word stands on it
    When Ruiz merges case A into case B
    And Dana replies: "When?"
    Then case B tells "When?"
    And Dana's session shows case B

  Scenario: A reply that was written right before the merge goes out
    Given webhooks from Salesforce are lost for 1 minute
    When Ruiz replies on case A: "It comes on Friday."
    And Ruiz merges case A into case B
    And 1 hour passes
    Then Dana receives "It comes on Friday." in the same thread

  @house
  Scenario: What was written there before is not mailed to her now
    When Ruiz replies on case B: "As I said: on Friday."
    And 1 hour passes
    And Ruiz merges case A into case B
    And Ruiz replies on case B: "It has left."
    And 1 day passes
    Then Dana receives "It has left." in the same thread
    And Dana does not receive "As I said"
    And Dana has received 2 mails
