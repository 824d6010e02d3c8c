@promise:lifecycle @F75 @house
Feature: Cases that were merged into others are found through all of them

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread

  Scenario: Two heaps become one while the bridge is down, and a reply goes where she spoke last
    When Ruiz closes case A
    And 1 hour passes
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    Given the bridge is killed
    When Ruiz opens case C for Dana about "Lamps": "She has telephoned."
    And Ruiz opens case D for Dana about "Chairs": "She has telephoned."
    And Ruiz opens case E for Dana about "Furniture": "She has telephoned."
    And Ruiz merges case A into case C
    And Ruiz merges case B into case D
    And Ruiz merges case C into case E
    And Ruiz merges case D into case E
    Given the bridge starts again
    When Ruiz replies on case E: "Turn it round."
    Then Dana receives "Turn it round." under the subject "Chair"
    And Dana has received 2 mails
