Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given the bridge crashes after its 2th call
    And the bridge crashes before its 0th call
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Then Dana has 99999 cases
    And Dana has two cases
