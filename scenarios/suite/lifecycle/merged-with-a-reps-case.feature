@promise:lifecycle @F75
Feature: A Case that a rep had opened is merged into another customer's, and each reply counts by the one it is for

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz opens case A for Dana about "Order 1182": "She has telephoned."

  @house
  Scenario: What was said on it before she came is mailed to nobody
    When Ruiz replies on case A: "As I said: on Friday."
    And 1 hour passes
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A tells "Where is it?"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?"
    When Ruiz merges case A into case B
    And Dana replies: "It never came."
    And 1 day passes
    Then case B tells "It never came."
    And Dana does not receive "As I said"
    And Eli does not receive "As I said"

  Scenario: A reply to him that was on its way still reaches him
    When 1 hour passes
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case B: "Turn it round."
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off Dana's conversation: "Dana waits for order 1182"
    Then case A tells "Where is it?"
    When Ruiz merges case A into case B
    And Dana emails help@acme.test about "Order 1183": "And where is this one?"
    And the AI hands off Dana's conversation: "Dana waits for order 1183"
    And 1 day passes
    Then Eli receives "Turn it round." in the same thread
