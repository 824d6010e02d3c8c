Feature: An expired token

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: The access token expires between the handoff and the reply
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    Given the access token expires
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
