@promise:lifecycle
Feature: What the customer's mail program writes by itself opens nothing and wakes nobody

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."

  @F60 @house
  Scenario: An out-of-office note after the close
    When Ruiz closes case A
    Then Dana's session is closed
    When Dana's out-of-office answers: "I am away until Monday."
    Then Dana's session is closed
    And Dana has 1 case
    And case A is closed
    And Dana has received 1 mail

  @F60
  Scenario: An out-of-office note while the Case is open
    When Dana's out-of-office answers: "I am away until Monday."
    Then case A is open
    And Dana has 1 case
    And the AI stays silent
    And Dana has received 1 mail
