Feature: Files made on the spot
  Scenario: Sizes
    Given a file "scan.pdf" of 5 megabytes
    And a file "huge.pdf" of 900 MB
    And a file "invoice.pdf" of 5 KB
    And a file "a/b.pdf" of 5 KB
    And the org closes Cases with "Solved"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Billing"
    When Dana emails help@acme.test about "Order" with the file "scan.pdf": "Where is it?"
    Then Dana has 0 cases
    And "Priority!" of case A is "High"
