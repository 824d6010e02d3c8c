@promise:keeps-trying
Feature: A refusal that stands in a proper answer is read, and its own reason counts

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F8 @house
  Scenario: A comment of a handoff is refused for good
    Given Salesforce refuses a row of the next CaseComment create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    And 5 minutes pass
    Then the bridge has parked 1 job
    When 1 hour passes
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    And Salesforce has been asked for 2 Case creates
    And the bridge has nothing left to do

  @F8 @house
  Scenario: A comment on an open Case is refused for good
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce refuses a row of the next CaseComment create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana replies: "It flickers at night."
    And 5 minutes pass
    Then the bridge has parked 1 job
    When Dana replies: "Hello?"
    Then case A gains the comment "It flickers at night."
    And case A gains the comment "Hello?"

  @F8 @house
  Scenario: The second comment of a handoff is refused for good, and the first one only went with it
    Given Salesforce refuses the second row of the next CaseComment create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI answers: "Which lamp is it?"
    And the AI hands off: "A lamp flickers"
    And 5 minutes pass
    Then the bridge has parked 1 job
    When 1 hour passes
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A tells in this order:
      | It flickers.      |
      | Which lamp is it? |
    And the bridge has nothing left to do

  @F8 @house
  Scenario: A row that met an error of Salesforce's own is written at the next try
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce refuses a row of the next CaseComment create with UNKNOWN_EXCEPTION
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night." within 1 minute
    And case A has 2 comments
