Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    And Dana emails help@acme.test about "Order 1182": "Where is it?"
    But
    * Dana has 0 cases
