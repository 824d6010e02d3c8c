Feature: A handoff runs and no Case appears

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: No webhook of the handoff arrives, and the sweep finds it
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Given the next webhook from OpenCX is lost
    And the next webhook from OpenCX is lost
    And the next webhook from OpenCX is lost
    When the AI hands off: "Refund needs a person"
    And 30 minutes pass
    Then case A opens from opencx with the summary "Refund needs a person"
    And Dana has 1 case
