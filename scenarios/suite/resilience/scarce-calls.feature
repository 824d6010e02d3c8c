@promise:keeps-trying @F17 @house
Feature: When the org has few calls left for the day, they are kept for customers

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A quiet day has not used up what a handoff in the evening needs
    Given the org allows 120 API calls a day
    When 20 hours pass
    And Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 1 minute
