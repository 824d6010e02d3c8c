@promise:internal-stays-internal @I7
Feature: One customer never sees another's conversation

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the customer Erin writes from erin@example.test
    And the rep Ruiz works the queue "Support"

  @F59 @F71
  Scenario: The same subject from two customers stays two conversations
    When Dana emails help@acme.test about "My order": "Where is it?"
    And the AI hands off: "Dana waits for her order"
    And Erin emails help@acme.test about "My order": "Please cancel it."
    And the AI hands off: "Erin wants to cancel"
    Then case A opens from opencx with the summary "Dana waits for her order"
    And case B opens from opencx with the summary "Erin wants to cancel"
    When Ruiz replies on case B: "It is cancelled."
    Then Erin receives "It is cancelled." in the same thread from help@acme.test
    And Dana receives nothing
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread from help@acme.test
    And Erin has received 1 mail
    And case A does not tell "Please cancel it."
    And case B does not tell "Where is it?"

  @F59 @F75
  Scenario: Replies to two customers with two conversations each, who came onto one Case, wait for the bridge
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And Erin emails help@acme.test about "Table": "It creaks."
    And the AI hands off: "A table creaks"
    Then case B opens from opencx with the summary "A table creaks"
    When Erin emails help@acme.test about "Sofa": "It is torn."
    Then case B gains the comment "It is torn."
    When Ruiz merges case B into case A
    And 1 hour passes
    Given the bridge is killed
    When Ruiz replies to "dana@example.test" on case A: "It is glued."
    And Ruiz replies to "erin@example.test" on case A: "It is sewn."
    Given the bridge starts again
    Then Erin receives "It is sewn." under the subject "Re: Sofa"
    And Dana receives "It is glued." under the subject "Re: Chair"
