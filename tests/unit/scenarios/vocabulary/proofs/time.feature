Feature: Time

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {duration} passes|pass
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI starts an answer that takes 1 hour: "Soon."
      And 2 hours pass
      And the AI answers: "Sooner."
      Then Dana receives in this order:
        | Soon.   |
        | Sooner. |

    Scenario: the recorded webhooks arrive
      Given the recording "handoff.har"
      When the recorded webhooks arrive
      Then every recorded request was made

    Scenario: the next {count} deeds happen within one second
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When the next 2 deeds happen within one second
      And Ruiz sets "Priority" of case A to "High"
      And Ruiz sets "Priority" of case A to "Low"
      Then "LastModifiedDate" of case A begins with "2026-01-05T09:00:02"
