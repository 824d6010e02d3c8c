Feature: A handoff

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: The AI hands off and a Case opens
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    And Dana's session shows case A
