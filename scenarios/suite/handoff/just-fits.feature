@promise:case-create @F7
Feature: What just fits into a field is written whole, and what does not is cut where the field ends

  Background:
    Given the rep Ruiz works the queue "Support"

  @house
  Scenario: An address as long as the field
    Given the customer Lona writes from a.very.long.name.that.somebody.chose.for.her.own.mail.box@long-name.example.test
    When Lona emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "SuppliedEmail" of case A is "a.very.long.name.that.somebody.chose.for.her.own.mail.box@long-name.example.test"
    And Lona has 1 open case
    Given the bridge is killed
    When 1 hour passes
    Given the bridge starts again with nothing stored
    When Lona emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case A gains the comment "It wobbles."
    And Lona has 1 case
