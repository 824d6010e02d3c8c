@promise:case-content
Feature: An org that has been in use for years

  Background:
    Given the org "grown-desk"
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"

  @F9
  Scenario: It knows the contact who writes
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "ContactId" of case A begins with "003"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It was the wrong colour."
    Then case B opens from opencx
    And "ContactId" of case B begins with "003"

  Scenario: A Case that came by telephone is left alone
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case A opens from opencx with the summary "A chair wobbles"
    And case A gains the comment "It wobbles."
    And Eli has 2 open cases

  @F15
  Scenario: The refresh token changes at every use
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given the access token expires
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given the bridge is killed
    When Ruiz replies on case A: "Is it the tall one?"
    And the bridge starts again
    Then Dana receives "Is it the tall one?" in the same thread
    Given the access token expires
    When Dana replies: "The tall one."
    Then case A gains the comment "The tall one."
    And the bridge has nothing left to do
