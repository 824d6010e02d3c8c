Feature: What the AI does

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the AI hands off [{customer}'s conversation]: {summary}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Eli emails help@acme.test about "Hello": "Hi"
      And the AI hands off Dana's conversation: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Dana has 1 case
      And Eli has 0 cases

    Scenario: the AI answers [{customer}]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Eli emails help@acme.test about "Hello": "Hi"
      And the AI answers Dana: "Soon."
      Then Dana receives "Soon."
      And Eli receives nothing

    Scenario: the AI starts an answer [to {customer}] that takes {duration}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI starts an answer that takes 8 seconds: "Soon."
      Then Dana receives "Soon."

    Scenario: the AI decides not to answer [{customer}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI decides not to answer Dana
      Then the AI has decided not to answer Dana

    Scenario: the AI closes {customer}'s conversation
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI closes Dana's conversation
      Then Dana's session is closed

  Rule: Fails

    Scenario: the AI hands off [{customer}'s conversation]: {summary}
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And the AI hands off Dana's conversation: "Refund"
      Then Dana has 1 case

    Scenario: the AI answers [{customer}]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And the AI answers: "Soon."
      Then Dana receives "Soon."

    Scenario: the AI decides not to answer [{customer}]
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And the AI decides not to answer Dana
      Then Dana receives nothing

    Scenario: the AI closes {customer}'s conversation
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And the AI closes Dana's conversation
      Then Dana has 0 sessions
