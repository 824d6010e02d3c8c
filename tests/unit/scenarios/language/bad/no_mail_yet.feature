Feature: Too early
  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A reply before any mail
    When Dana replies: "Any news?"
    Then Dana has 1 case

  Scenario: A handoff of somebody who never wrote
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off Eli's conversation: "Refund"
    And Ruiz takes over Eli's conversation in the Inbox
    Then Dana has 1 case
