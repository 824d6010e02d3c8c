@promise:case-new-after-close @F60 @house
Feature: A follow-up is the child of the Case on which its conversation was, whatever else she had

  Scenario: She had another Case when she wrote
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    And Ruiz closes case A
    Then Dana receives "A new one is on its way." in the same thread
    When 1 hour passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given the bridge is killed
    When Dana replies to the mail about "Lamp": "It flickers again."
    And 5 minutes pass
    And Ruiz closes case B
    And 5 minutes pass
    And the bridge starts again
    Then case C opens from opencx
    And case C gains the comment "It flickers again."
    And case C follows case A

  Scenario: A third one is the child of the second
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    And Ruiz closes case A
    Then Dana receives "A new one is on its way." in the same thread
    When 1 hour passes
    And Dana replies: "It flickers again."
    Then case B opens from opencx
    And case B follows case A
    When Ruiz replies on case B: "And another one."
    And Ruiz closes case B
    Then Dana receives "And another one." in the same thread
    When 1 hour passes
    And Dana replies: "And again."
    Then case C opens from opencx
    And case C follows case B
