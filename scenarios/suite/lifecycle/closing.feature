@promise:lifecycle @F79
Feature: The conversation ends with its Case, once, and never under the customer's hands

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."

  Scenario: A late change of the old Case leaves the conversation of the new one open
    When Ruiz closes case A
    And 1 day passes
    And Dana replies: "It was the wrong colour."
    Then case B opens from opencx
    When Ruiz replies on case B: "Which colour is it?"
    Then Dana receives "Which colour is it?" in the same thread
    When Ruiz takes case A
    And 1 hour passes
    Then Dana's session is open
    And Dana's session shows case B

  @house
  Scenario: The old Case is opened and closed again beside the new one
    When Ruiz closes case A
    And 1 day passes
    And Dana replies: "It was the wrong colour."
    Then case B opens from opencx
    When Ruiz reopens case A
    And 1 hour passes
    And Ruiz closes case A
    And 1 hour passes
    Then Dana's session is open
    When Ruiz closes case B
    Then Dana's session is closed

  @F73 @house
  Scenario: She writes while the Case is being closed, and nobody has told the bridge yet
    Given webhooks from OpenCX are lost for 5 minutes
    When Dana replies: "It must be the tall one."
    And Ruiz closes case A
    Then case B opens from opencx
    And case B gains the comment "It must be the tall one."
    And Dana's session is open
    And Dana has 1 open case

  @F73 @house
  @F1 @F73 @house
  Scenario: The AI's conversation needs no follow-up for what came while the Case was being closed
    Given webhooks from OpenCX are lost for 5 minutes
    When Dana emails help@acme.test about "A picture": "This is how it looks."
    And 1 minute passes
    And Ruiz closes case A
    And 20 minutes pass
    Then case A gains the comment "This is how it looks."
    And Dana has 1 case
    And case A is closed

  @house
  Scenario: The session cannot be closed for a while
    Given OpenCX answers the next 3 session updates with status 500
    When Ruiz closes case A
    Then Dana's session is closed
    And the bridge has nothing left to do

  @house
  Scenario: Both conversations of a Case are closed with it, though one answer is lost
    When Dana emails help@acme.test about "Invoice": "I need an invoice."
    Then case A gains the comment "I need an invoice."
    Given OpenCX accepts the next session update but loses the answer
    When Ruiz closes case A
    Then Dana's session is closed
    And the bridge has nothing left to do

  @F73 @house
  Scenario: Another conversation of hers joins the Case at the moment of its close
    Given Salesforce takes 5 seconds to answer the next query
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Dana's conversation: "A chair wobbles"
    And Ruiz closes case A
    Then case B opens from opencx
    And case A tells "It wobbles." 1 time
    And case B gains the comment "while the Case before this one was being closed"

  @F24 @house
  Scenario: An old Case is closed beside a newer one, and no webhook tells of it
    When 1 hour passes
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When 1 hour passes
    Given the next webhook from Salesforce is lost
    When Ruiz closes case A
    And 20 minutes pass
    Then Dana's session is closed
