Feature: A bridge that writes a comment twice

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F7
  Scenario: The customer's message stands on the Case twice
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
    And case A gains the comment "Where is it?"
