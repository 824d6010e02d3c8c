Feature: Of mails

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {customer}'s mail server refuses the next [{count}] mail|mails with {code}
      Given Dana's mail server refuses the next mail with 451
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."
      And faults have struck 1 time

    Scenario: {customer}'s mail server never gets the next mail
      Given Dana's mail server never gets the next mail
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."
      And faults have struck 1 time

    Scenario: {customer}'s mail server takes the next mail but loses the answer
      Given Dana's mail server takes the next mail but loses the answer
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received "Soon." 1 time
      And faults have struck 1 time

    Scenario: {customer}'s mail server gets the next mail twice
      Given Dana's mail server gets the next mail twice
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received "Soon." 1 time
      And faults have struck 1 time
