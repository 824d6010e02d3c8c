@promise:lifecycle
Feature: Case and conversation come to an end together

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @smoke
  Scenario: The last reply before the close arrives once
    When Ruiz replies on case A: "It has arrived."
    And Ruiz closes case A
    Then case A is closed
    And Dana receives "It has arrived." in the same thread
    And Dana has received 1 mail
    And Dana has 0 open cases

  @house
  Scenario: A Case that is closed closes the conversation
    When Ruiz replies on case A: "It has arrived."
    And Ruiz closes case A
    Then case A is closed
    And Dana's session is closed
    And Dana receives "It has arrived." in the same thread
    And Dana has received 1 mail
    And Dana has 0 open cases

  Scenario: A change of status alone tells the customer nothing
    When Ruiz sets case A to "Working"
    Then case A has the status "Working"
    And Dana receives nothing
    And the bridge has nothing left to do

  Scenario: A rep who takes the Case tells the customer nothing
    When Ruiz takes case A
    Then Dana receives nothing
    And the bridge has nothing left to do
