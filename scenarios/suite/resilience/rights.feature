@house @promise:case-create @F11
Feature: A right that an administrator takes from the integration user stops what needs it, in the open, until it is given back

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: <without>: the handoff waits where an operator sees it, with what to click, and goes on by his word
    Given the integration user <without>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then Dana has 0 cases
    And the bridge has parked 1 job
    When the operator runs "check"
    Then the operator reads "<wrong>"
    And the operator reads "in Setup: <where>"
    Given the integration user has its rights again
    When the operator runs "parked retry all"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    When the operator runs "check"
    Then the operator does not read "wrong"

    Examples:
      | without                              | wrong                                                             | where                                           |
      | may not create "Case"                | wrong may open Cases: Case is not readable, createable            | Permission Sets, Object Settings, Case          |
      | may not create "CaseComment"         | wrong may write the transcript: CaseComment is not createable     | Permission Sets, Object Settings, CaseComment   |
      | may not write "Case_From__c" of Cases | wrong Case.Case_From__c: not createable, not updateable          | Object Manager, Case, Fields, Case_From__c      |

  Scenario: Cases that it may no longer change are told before anybody misses it
    Given the bridge checks every 1 hour what it needs
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    Given the integration user may not edit "Case"
    When 2 hours pass
    And the operator runs "status"
    Then the operator reads "may open Cases was not right"
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one."
    Given the integration user has its rights again
    When 10 minutes pass
    And the operator runs "status"
    Then the operator reads "status ready"

  @F10
  Scenario: Without the right to name the Case before this one, the new Case names none, and says so
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way."
    When Ruiz closes case A
    And 1 day passes
    Given the integration user may not write "ParentId" of Cases
    When Dana replies: "It flickers again."
    Then case B opens from opencx
    And "ParentId" of case B is empty
    And case B gains the comment "The org refused the Case before this one"

  Scenario: A Case that lacks one field that it can do without and one that it cannot waits for both
    Given the integration user may not write "SuppliedEmail" of Cases
    And the integration user may not write "Case_From__c" of Cases
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then Dana has 0 cases
    And the bridge has parked 1 job
    Given the integration user has its rights again
    When the operator runs "parked retry all"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "SuppliedEmail" of case A is "dana@example.test"
