Feature: Orders

  Scenario: One
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Suport"
    And the org "sales-cloud"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"

  Scenario: Two
    Given the org "service-cloud"
    And the rep Ruiz works the queue "Support"
    And the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"
    When Ruiz sets case A to "In progress"
    Then case A has the status "Workin"
