Feature: For a while

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {system} is down for {duration}
      Given Salesforce is down for 30 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 5 minutes pass
      Then Dana has 0 cases

    Scenario: {system} answers everything with status {code} for {duration} [and Retry-After {wait}]
      Given Salesforce answers everything with status 503 for 30 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 5 minutes pass
      Then Dana has 0 cases

    Scenario: {system} takes {each} for each answer for {duration}
      Given OpenCX takes 9 minutes for each answer for 30 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: webhooks from {system} are lost for {duration}
      Given webhooks from OpenCX are lost for 10 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has got 0 webhooks from OpenCX

    Scenario: {system}'s clock is {duration} fast
      Given Salesforce's clock is 10 days fast
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And "CreatedDate" of case A begins with "2026-01-15"

    Scenario: {system}'s clock is {duration} slow
      When 2 hours pass
      And OpenCX's clock is 4 minutes slow
      And Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A tells "2026-01-05T10:56"
