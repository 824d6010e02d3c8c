@promise:internal-stays-internal @I7
Feature: What is not meant for the customer never leaves

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @smoke @F46
  Scenario: An internal comment stays in Salesforce
    When Ruiz writes the internal comment on case A: "Third refund this year, be careful."
    And Ruiz replies on case A: "It left the depot this morning."
    And Ruiz writes the internal comment on case A: "Ask the carrier on Friday."
    Then Dana receives "It left the depot this morning." in the same thread
    When 30 minutes pass
    Then Dana has received 1 mail
    And the bridge has nothing left to do

  @F42 @house
  Scenario: A public comment is no reply unless the bridge was told so
    When Ruiz writes the public comment on case A: "We are on it."
    And 30 minutes pass
    Then Dana receives nothing

  @F42 @house
  Scenario: Nor is a public post
    When Ruiz writes the public post on case A: "We are on it."
    And 30 minutes pass
    Then Dana receives nothing
