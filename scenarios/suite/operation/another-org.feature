@promise:reply @F28
Feature: Another org behind the same settings is told nothing, and nobody is answered from it

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @house
  Scenario: A sandbox that was refreshed
    Given another org answers behind the same settings
    When Ruiz replies on case A: "A new one is on its way."
    And Dana replies: "Any news?"
    And 1 hour passes
    Then Dana has received 1 mail
    And case A does not tell "Any news?"
    When the operator runs "status"
    Then the operator reads "give the other org a state_dir of its own"
    Given the right org answers again
    When 1 hour passes
    Then Dana receives "A new one is on its way." in the same thread
    And case A gains the comment "Any news?"
