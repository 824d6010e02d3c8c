@promise:case-create @F10
Feature: What the org does not take is left out and said, and the customer still gets her Case

  The Case is found again by the bridge's own memory and mark, never by a field that may be empty.

  Background:
    Given the org "service-cloud"
    And the rep Ruiz works the queue "Support"

  Scenario Outline: A customer whose address the org refuses, or has no room for: <address>
    Given the customer Dana writes from <address>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread
    When 1 day passes
    And Dana emails help@acme.test about "Again": "Nothing came."
    And the AI hands off: "She waits for the lamp"
    Then case A gains the comment "Nothing came."
    And the bridge has nothing left to do

    Examples:
      | address                                                                                              |
      | dana@intranet                                                                                        |
      | a.very.long.local.part.of.somebody.who.likes.words@the-department-of-lamps-and-lanterns.example.test |

  @house
  Scenario: The rep reads in a comment what has no field
    Given the customer Dana writes from dana@intranet
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "The org refused the customer's address \"dana@intranet\""

  @F12 @house
  Scenario: For an address that is longer than its field nobody is asked
    Given the customer Dana writes from a.very.long.local.part.of.somebody.who.likes.words@the-department-of-lamps-and-lanterns.example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "SuppliedEmail" of case A is empty
    And case A does not tell "refused"

  @F7 @F72
  Scenario: The Case of a refused address is found again, though the bridge died when it was made
    Given the customer Dana writes from dana@intranet
    And the bridge crashes after Salesforce has done the next Case create
    When Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    And Dana emails help@acme.test about "Table": "It is round."
    And the AI hands off: "A table is round"
    Then case A opens from opencx with the summary "A chair wobbles"
    And case A gains the comment "It wobbles."
    And case A gains the comment "It is round."
    And the bridge has nothing left to do

  Scenario: An origin that is not in the org's list
    Given the org takes only "Phone" as "Origin" of a Case
    And the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." in the same thread

  @house
  Scenario: Two of a Case's values are refused, and both are named
    Given the org takes only "Phone" as "Origin" of a Case
    And the customer Dana writes from dana@intranet
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    And case A gains the comment "The org refused the origin \"Email\""
    And case A gains the comment "The org refused the customer's address \"dana@intranet\""
