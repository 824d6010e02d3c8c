Feature: Of the bridge

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the bridge crashes after its {ordinal} call [and starts again]
      Given the bridge crashes after its 5th call and starts again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge crashes before its {ordinal} call [and starts again]
      Given the bridge crashes before its 5th call
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge crashes after {system} has done the next {operation}
      Given the bridge crashes after Salesforce has done the next Case create
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge crashes before it asks {system} for the next {operation}
      Given the bridge crashes before it asks Salesforce for the next Case create
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge crashes after its {ordinal} commit
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge crashes after its 4th commit
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge crashes before its {ordinal} commit
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge crashes before its 4th commit
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 tokens

    Scenario: the bridge's disk is full for {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge's disk is full for 2 hours
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the bridge is killed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge is killed
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the bridge is stopped
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge is stopped
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the bridge starts again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the bridge is killed
      And the AI hands off: "Refund"
      And the bridge starts again
      Then Dana has 1 case

  Rule: Fails

    Scenario: the bridge crashes after its {ordinal} call [and starts again]
      Given the bridge crashes after its 900th call
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then Dana has 0 cases
