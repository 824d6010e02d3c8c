Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    When I open the browser and click on the green button
    And Dana writes to help@acme.test with "Where is it?"
    Then everything is fine
    When Ruiz gives an answer on case A: "Hello."
    And the bridge crashes at its 3rd request and starts again
