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

  Scenario: Nor have the checks
    Given the org allows 200 API calls a day
    And the bridge checks every 1 hour what it needs
    When 1191 minutes pass
    And Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 1 minute

  Scenario: While the day's calls are used up one question at a time is asked, whoever waits
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given the org's API calls are used up
    When Dana replies: "It is the tall one."
    And Ruiz sets case A to "Working"
    And Ruiz replies on case A: "A new one is on its way."
    And 6 hours pass
    Then the bridge has made at most 110 calls to Salesforce
    Given the org's API calls are given back
    When 2 hours pass
    Then case A gains the comment "It is the tall one."
    And Dana receives "A new one is on its way." in the same thread

  Scenario: A day that has begun is no day that is used up
    Given the org allows 200 API calls a day
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 5 hours pass
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 15 minutes

  Scenario: On the next day the sweep is as it was
    Given the org allows 120 API calls a day
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 27 hours pass
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 15 minutes

  Scenario: A day of which more than half is used up has enough left for the sweep
    Given the org allows 100 API calls a day
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 9 hours pass
    Given webhooks from Salesforce are lost for 5 minutes
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 15 minutes
