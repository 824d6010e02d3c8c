@promise:case-content @house
Feature: A Case belongs to the Contact who wrote, if there is no doubt who that is

  Background:
    Given the org has the contact "Eli Berg" with the address eli@example.test
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One Contact has her address
    Given the org has the contact "Dana Miller" with the address dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "ContactId" of case A begins with "003"
    And "ContactEmail" of case A is "dana@example.test"
    And "SuppliedEmail" of case A is "dana@example.test"

  @F9
  Scenario: Two Contacts have her address, and nobody guesses
    Given the org has the contact "Dana Miller" with the address dana@example.test
    And the org has the contact "The Millers" with the address dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "ContactId" of case A is empty
    And "SuppliedEmail" of case A is "dana@example.test"

  @F9
  Scenario: No Contact has her address
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "ContactId" of case A is empty
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  Scenario: The follow-up is hers too
    Given the org has the contact "Dana Miller" with the address dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    When Ruiz closes case A
    And Dana replies: "It flickers, too."
    Then case B opens from opencx
    And "ContactEmail" of case B is "dana@example.test"
