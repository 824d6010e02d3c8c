@promise:case-new-after-close
Feature: A contact who answers in the old thread after the close gets a new Case, tied to the old one

  # The conversation is still with people: her answer needs no second handoff to open a Case.
  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It is at your door."
    Then Dana receives "It is at your door." in the same thread
    When Ruiz closes case A
    Then case A is closed
    When 1 day passes
    And Dana replies: "It was the wrong colour."
    Then case B opens from opencx

  @F74
  Scenario: Her answer stands on the new Case only
    Then case B gains the comment "It was the wrong colour."
    And Dana's session shows case B
    And case A does not tell "It was the wrong colour."
    And Dana has 2 cases
    And Dana has 1 open case

  Scenario: The rep answers on the new Case, in the same thread
    When Ruiz replies on case B: "We send you a new one."
    Then Dana receives "We send you a new one." in the same thread
    And Dana has received 2 mails
    When Ruiz closes case B
    Then case B is closed
    And Dana has 0 open cases

  @house
  Scenario: The conversation ends again with its second Case
    When Ruiz replies on case B: "We send you a new one."
    And Ruiz closes case B
    Then Dana's session is closed

  Scenario: A third round
    When Ruiz closes case B
    And 1 day passes
    And Dana replies: "Now it is the right colour and broken."
    Then case C opens from opencx
    And case C gains the comment "Now it is the right colour and broken."
    And Dana's session shows case C
    And Dana has 3 cases
    And Dana has 1 open case

  Scenario: What the AI says when it hands off once more reaches the new Case
    When 1 minute passes
    And the AI hands off: "Dana got the wrong colour"
    Then case B gains the comment "Dana got the wrong colour"
    And Dana has 2 cases

  @house
  Scenario: The new Case is a child of the closed one
    Then "ParentId" of case B begins with "500"
    When Ruiz closes case B
    And 1 hour passes
    And Dana replies: "Now it is broken."
    Then case C opens from opencx
    And "ParentId" of case C begins with "500"

  @house
  Scenario: What an agent writes after both were closed stands on the second
    When Ruiz closes case B
    And 1 hour passes
    And Ruiz writes to Dana in the Inbox: "How did it go?"
    Then case B gains the comment "How did it go?"
    And case A does not tell "How did it go?"
    And Dana has 2 cases
