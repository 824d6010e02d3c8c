Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
      | Where is it? |
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"
    And case A has the comments:
    And case A has the comments
      | Where is it? |
    And case A has the comments:
      | Dana | Where is it? |
    And case A has the comments:
      | Where is it? |
      |              |
    And case A has the comments:
      |
