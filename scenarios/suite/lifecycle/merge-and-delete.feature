@promise:lifecycle
Feature: What reps do with Cases does not lose the customer

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Mori works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off Dana's conversation: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Eli emails help@acme.test about "Order 1182": "It is my order too."
    And the AI hands off Eli's conversation: "Eli waits for order 1182"
    Then case B opens from opencx with the summary "Eli waits for order 1182"
    When Ruiz replies on case A: "I look into it."
    Then Dana receives "I look into it." in the same thread

  @F75
  Scenario: Two Cases are merged, and she writes again
    When Ruiz merges case A into case B
    And Dana replies: "I need it on Friday."
    Then case B gains the comment "I need it on Friday."
    And Dana's session shows case B
    And the bridge has nothing left to do

  @F75
  Scenario: Two Cases are merged while a reply is under way
    Given OpenCX answers the next 2 message sends with status 503
    When Ruiz replies on case A: "It left the depot."
    And Ruiz merges case A into case B
    Then Dana receives "It left the depot."
    And Dana has received 2 mails

  @F75
  Scenario: A Case is merged away twice
    When Ruiz merges case A into case B
    And Eli emails help@acme.test about "Order 9": "And this?"
    And 1 hour passes
    And Dana replies: "I need it on Friday."
    Then case B gains the comment "I need it on Friday."
    And the bridge has nothing left to do

  @F76 @house
  Scenario: A Case is deleted, and somebody is told
    When Ruiz deletes case A
    And Dana replies: "I need it on Friday."
    And 1 hour passes
    Then the bridge has parked 1 job
    When Ruiz replies on case B: "It left the depot."
    Then Eli receives "It left the depot." in the same thread

  @F79 @house
  Scenario: An org that calls it done
    When Ruiz closes case A
    Then case A is closed
    And the session of case A is closed
    And case B is open
    And Eli's session is open

  @house
  Scenario: A Case that is closed, opened again and closed again
    When Ruiz closes case A
    Then Dana's session is closed
    When Ruiz reopens case A
    And 1 hour passes
    And Ruiz replies on case A: "One more thing."
    Then Dana receives "One more thing." in the same thread
    When Ruiz closes case A
    And 1 hour passes
    Then Dana's session is closed
    And Dana has 1 case

  Scenario: A Case that goes from hand to hand
    When Ruiz takes case A
    And Ruiz gives case A to Mori
    And Mori replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    And the Inbox shows "It left the depot." from an agent
    And case A belongs to Mori
    When Mori gives case A to the queue "Support"
    And Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    And case A lies in the queue "Support"
    And Dana has received 2 mails

  Scenario: Changes of a Case that concern nobody outside
    When Ruiz sets "Priority" of case A to "High"
    And Ruiz sets "Subject" of case A to "Order 1182, urgent"
    And Ruiz sets case A to "Working"
    And 1 day passes
    Then Dana has received 1 mail
    And "Priority" of case A is "High"
    And "Subject" of case A is "Order 1182, urgent"
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    And "Subject" of case A is "Order 1182, urgent"
    And "Priority" of case A is "High"

  @house
  Scenario: Her next mail leaves the Case's status as the rep set it
    When Ruiz sets case A to "Working"
    And Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    And "Status" of case A is "Working"

  @F75
  Scenario: The customer whose Case was merged away writes a new mail
    When Ruiz merges case B into case A
    And Eli emails help@acme.test about "Order 1190": "And where is this one?"
    Then case A gains the comment "And where is this one?"

  @F76
  Scenario: That an old Case of hers is deleted changes nothing for the one that followed it
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It flickers again."
    Then case D opens from opencx
    When Ruiz deletes case A
    And 1 hour passes
    And Dana replies: "And it hums."
    Then case D gains the comment "And it hums."
    And the bridge has nothing left to do
