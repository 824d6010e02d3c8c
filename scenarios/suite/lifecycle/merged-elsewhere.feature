@promise:lifecycle @F75
Feature: Several conversations of one Case go along when it is merged, and the answers come in pages of one row

  Background:
    Given the org answers queries in pages of 1 row
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the customer Mona writes from mona@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Mona emails help@acme.test about "Table": "It is round."
    And the AI hands off Mona's conversation: "A table is round"
    Then case C opens from opencx with the summary "A table is round"

  @house
  Scenario: A late webhook of the Case that is no more tells both where they are
    When Ruiz merges case A into case B
    And Dana replies: "It flickers at night."
    Then case B gains the comment "It flickers at night."
    When 1 hour passes
    Given the next webhook from Salesforce comes 5 seconds late
    When Ruiz takes case B
    And Ruiz merges case B into case C
    And 1 minute passes
    Then Dana's session shows case C
    And Eli's session shows case C

  @house
  Scenario: A reply to somebody else on the Case that is left tells both where they are
    When Ruiz merges case A into case B
    And Dana replies: "It flickers at night."
    Then case B gains the comment "It flickers at night."
    When 1 hour passes
    And Ruiz merges case B into case C
    And Ruiz replies to "mona@example.test" on case C: "So it is."
    Then Mona receives "So it is." in the same thread
    And Dana's session shows case C
    And Eli's session shows case C

  @house
  Scenario: Two go into one and that into a third while the bridge is down
    When Ruiz opens case D for Mona about "Shelf": "She has telephoned."
    Given the bridge is killed
    When Ruiz merges case A into case C
    And Ruiz merges case B into case C
    And Ruiz merges case C into case D
    And Ruiz replies to "mona@example.test" on case D: "So it is."
    And the bridge starts again
    Then Mona receives "So it is." in the same thread
    And Dana's session shows case D
    And Eli's session shows case D
    And Mona's session shows case D
