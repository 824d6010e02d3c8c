Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given the org "service-cloud"
    When the recorded webhooks arrive
    And the bridge starts again
    And the bridge is killed
    And the bridge is stopped
    Then the AI stays silent
    And every recorded request was made
