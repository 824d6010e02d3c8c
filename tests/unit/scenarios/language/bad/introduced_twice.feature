Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given the customer Dana writes from dana@example.test
    And the rep Dana works the queue "Support"
    And the customer Erin writes from erin.example.test
    And the customer E!rin writes from erin@example.test
    And OpenCX answers mail to help@acme.test
    When 1 day passes
