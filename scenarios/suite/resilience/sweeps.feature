@promise:webhooks-are-hints @F24 @F38
Feature: What no webhook told is found, wherever it happened and however long ago

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And the bridge has nothing left to do

  Scenario: A day of silence
    Given the bridge is killed
    When Dana replies: "It is the tall one."
    And 5 hours pass
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    And 13 hours pass
    And Ruiz replies on case A: "A new one is on its way."
    And 7 hours pass
    And the bridge starts again
    Then case A gains the comment "It is the tall one."
    And case B opens from opencx with the summary "A chair wobbles"
    And Dana receives "A new one is on its way." in the same thread
    And the bridge has nothing left to do

  @house
  Scenario: The Case is closed, and no webhook told
    When 1 minute passes
    Given webhooks from Salesforce are lost for 1 hour
    When Ruiz closes case A
    Then Dana's session is closed
    And the bridge has nothing left to do

  Scenario: The sweep fails a few times and finds all the same
    Given webhooks from Salesforce are lost for 30 minutes
    And webhooks from OpenCX are lost for 30 minutes
    When Ruiz replies on case A: "A new one is on its way."
    And Dana replies: "It is the tall one."
    And OpenCX answers the next 2 session lists with status 500
    And Salesforce answers the next 2 queries with status 500
    Then Dana receives "A new one is on its way." in the same thread
    And case A gains the comment "It is the tall one."
    And the bridge has nothing left to do

  Scenario: A reply while the sweep's finding is worked on
    Given the next webhook from Salesforce is lost
    And the next webhook from Salesforce is lost
    When Ruiz replies on case A: "First."
    And 8 minutes pass
    And Ruiz replies on case A: "Second."
    Then Dana receives "First." in the same thread
    And Dana receives "Second." in the same thread
    And Dana has received 3 mails

  Scenario: Salesforce's clock is slow, and its rows are found
    Given Salesforce's clock is 8 minutes slow
    And webhooks from Salesforce are lost for 1 hour
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread

  @F38
  Scenario: A conversation that has long been looked at is looked at again
    When 1 hour passes
    Given webhooks from OpenCX are lost for 5 minutes
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    And the bridge has nothing left to do

  @F20
  Scenario: A gateway knows nothing of a conversation for so long that it is believed, and the conversation is there all the same
    When 1 hour passes
    Given webhooks from OpenCX are lost for 5 minutes
    And OpenCX answers the next 16 session reads with status 404
    When Dana replies: "It is the tall one."
    And 4 hours pass
    Then case A gains the comment "It is the tall one."

  @house
  Scenario: After a long outage the sweep looks at all of it, and not at its beginning only
    Given the bridge is killed
    When 20 hours pass
    And Dana replies: "It is the tall one."
    And 6 hours pass
    And the bridge starts again
    Then case A gains the comment "It is the tall one." within 2 minutes

  @I10 @house
  Scenario: A list that was refused is asked for again when the vendor said, and no sooner
    When 5 minutes pass
    Given OpenCX answers the next 3 session lists with status 503 and Retry-After 50 minutes
    When 30 minutes pass
    Then OpenCX has been asked for 2 session lists
    When 3 hours pass
    Then the bridge has nothing left to do

  @house
  Scenario: An idle day costs little
    When 1 day passes
    Then the bridge has made at most 170 calls to Salesforce
    And the bridge has made at most 170 calls to OpenCX
    And the bridge has nothing left to do

  @house
  Scenario: A look that one side refused is repeated at once, though the other's was good
    When 5 minutes pass
    Given webhooks from Salesforce are lost for 1 minute
    When Ruiz replies on case A: "A new one is on its way."
    And 1 minute passes
    Given Salesforce never gets the next query
    Then Dana receives "A new one is on its way." within 6 minutes

  @house
  Scenario: The Case is closed while no query shows it, and another one is changed after it
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When 7 minutes pass
    And case A is missing from queries for 8 minutes
    Given webhooks from Salesforce are lost for 1 minute
    When Ruiz closes case A
    And 1 minute passes
    And Ruiz replies on case B: "Turn it round."
    Then Eli receives "Turn it round."
    When 1 hour passes
    Then Dana's session is closed
