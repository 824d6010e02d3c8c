@promise:case-create
Feature: A handoff that goes otherwise than planned still comes to one Case, or is parked where it can be seen

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F3 @promise:by-hand
  Scenario: The AI hands off, and a person takes the conversation before the bridge has heard of it
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Given the next webhook from OpenCX comes 20 seconds late
    When the AI hands off: "A lamp flickers"
    And Ruiz takes over Dana's conversation in the Inbox
    Then case A opens from opencx
    And Dana has 1 case
    And case A tells "It flickers." 1 time

  @F5 @promise:case-content
  Scenario: A summary that is longer than a Case's description
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "%33000 characters%"
    Then case A opens from opencx
    And "Description" of case A begins with "000010"
    And case A gains the comment "It flickers."
    And Dana has 1 case

  @F11 @house
  Scenario: The org has no field for the handoff's key
    Given the org has no field "OpenCX_Handoff__c" on Cases
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then the bridge has parked 1 job
    And Dana has 0 cases
