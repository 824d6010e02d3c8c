@promise:lifecycle
Feature: Orgs differ

  @F79
  Scenario: An org that closes with another word
    Given the org closes Cases with "Solved"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It is at your door."
    And Ruiz closes case A
    Then Dana receives "It is at your door." in the same thread
    And Dana has 0 open cases
    When 1 day passes
    And Dana replies: "It was the wrong colour."
    Then case B opens from opencx
    And Dana has 1 open case

  @F26 @F27
  Scenario: An org whose trigger is not there
    Given the org has no trigger
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And Dana has received 1 mail

  @F26 @F27 @F79 @house
  Scenario: The close of a Case is found where no trigger tells it and the org calls it otherwise
    Given the org has no trigger
    And the org closes Cases with "Solved"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When 1 minute passes
    And Ruiz closes case A
    And 30 minutes pass
    Then Dana's session is closed

  Scenario: A queue of another name
    Given the org has the queue "Returns"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Returns"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz gives case A to the queue "Returns"
    And Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And case A lies in the queue "Returns"

  @F17 @house
  Scenario: An org with few calls a day
    Given the org allows 300 API calls a day
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And the bridge has made at most 60 calls to Salesforce
