Feature: What people do in the Inbox

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {rep} takes over {customer}'s conversation in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      Then Dana's conversation is with a person

  Rule: Fails

    Scenario: {rep} takes over {customer}'s conversation in the Inbox
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      Then Dana has 0 sessions
