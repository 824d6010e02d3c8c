Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given the AI answers every mail with "Soon." after 2 secs
    When 1 hours pass
    And 0.5 days pass
    And 9999 days pass
