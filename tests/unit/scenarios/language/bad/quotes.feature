Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Dana emails help@acme.test about "Order 1182: Where is it?
    And the AI hands off: “Refund”
    Then case A opens from opencx with the summary ""
    When Dana emails help@acme.test about "Order 1182" with the file invoice.pdf and the file notes.txt: "Where is it?"
