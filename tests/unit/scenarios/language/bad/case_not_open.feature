Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When Ruiz replies on case A: "Hello."
