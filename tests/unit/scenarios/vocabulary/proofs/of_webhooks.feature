Feature: Of webhooks

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the next webhook from {system} is lost
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX is lost
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the answer to the next webhook from {system} is lost
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the answer to the next webhook from OpenCX is lost
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the next webhook from {system} arrives twice
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX arrives twice
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the next webhook from {system} arrives again after {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX arrives again after 6 minutes
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When 10 minutes pass
      Then faults have struck 1 time

    Scenario: the next webhook from {system} comes {duration} late
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX comes 8 seconds late
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the next webhook from {system} is overtaken by the one after it
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX is overtaken by the one after it
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the next webhook from {system} is unsigned
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX is unsigned
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: the next webhook from {system} is signed with another key
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Given the next webhook from OpenCX is signed with another key
      When the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And faults have struck 1 time

    Scenario: OpenCX tells of the next {count} handoffs in one webhook
      Given OpenCX tells of the next 2 handoffs in one webhook
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And Eli emails help@acme.test about "Hello": "Hi"
      And the AI hands off: "Greeting"
      Then case A opens from opencx with the summary "Refund"
      And the bridge has got 3 webhooks from OpenCX

    Scenario: the next webhook from {system} comes without its header {header}
      Given the next webhook from OpenCX comes without its header "webhook-timestamp"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has refused 1 webhook from OpenCX

  Rule: Fails

    Scenario: the next webhook from {system} is overtaken by the one after it
      Given the next webhook from Salesforce is overtaken by the one after it
      Then Dana has 0 cases
