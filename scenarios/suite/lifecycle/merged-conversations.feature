@promise:lifecycle @F75
Feature: Two Cases of one customer are merged, and the answer goes where she spoke last

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When Ruiz closes case A
    And 2 days pass
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Dana's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz reopens case A

  @house
  Scenario: She spoke last in the conversation of the Case that is no more
    When Dana replies to the mail about "Lamp": "The one in the hall."
    Then case A gains the comment "The one in the hall."
    When Ruiz merges case A into case B
    And Ruiz replies on case B: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And Dana receives "A new one is on its way." under the subject "Re: Lamp"

  Scenario: She spoke last in the conversation of the Case that is left
    When Ruiz merges case A into case B
    And Ruiz replies on case B: "A new one is on its way."
    Then Dana receives "A new one is on its way." under the subject "Re: Chair"

  @house
  Scenario: Merged while the bridge is down
    When Dana replies to the mail about "Lamp": "The one in the hall."
    Then case A gains the comment "The one in the hall."
    Given the bridge is killed
    When Ruiz merges case A into case B
    And Ruiz replies on case B: "A new one is on its way."
    And the bridge starts again
    Then Dana receives "A new one is on its way." under the subject "Re: Lamp"
    And Dana has received 2 mails

  @house
  Scenario: Merged twice, one Case into the other and that one into a third
    When Ruiz closes case A
    And Ruiz closes case B
    And 2 days pass
    And Dana emails help@acme.test about "Table": "It is round."
    And the AI hands off Dana's conversation: "A table is round"
    Then case C opens from opencx with the summary "A table is round"
    When Ruiz reopens case A
    And Ruiz reopens case B
    And Dana replies to the mail about "Lamp": "The one in the hall."
    Then case A gains the comment "The one in the hall."
    Given the bridge is killed
    When Ruiz merges case A into case B
    And Ruiz merges case B into case C
    And Ruiz replies on case C: "A new one is on its way."
    And the bridge starts again
    Then Dana receives "A new one is on its way." in the same thread
    And Dana receives "A new one is on its way." under the subject "Re: Lamp"
