@promise:case-content @I12
Feature: What OpenCX shows late is not taken for what is not there

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A conversation is read as it was five seconds ago
    Given OpenCX's reads are 5 seconds behind
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail

  @house
  Scenario: Lists are twenty minutes behind, and the webhook of the handoff is lost
    Given OpenCX's lists are 20 minutes behind
    And webhooks from OpenCX are lost for 10 minutes
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And 1 hour passes
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana has 1 case

  Scenario: Two messages of one second are two messages
    Given OpenCX tells times in whole seconds
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given the next 2 deeds happen within one second
    When Dana replies: "It is the tall one."
    And Dana replies: "And the green one."
    Then case A gains the comment "It is the tall one."
    And case A gains the comment "And the green one."
    And case A tells "It is the tall one." 1 time
    And case A tells "And the green one." 1 time
