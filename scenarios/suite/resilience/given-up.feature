@promise:keeps-trying @F41 @house
Feature: What was given up and is taken up again has a whole day once more

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When case A is locked for 27 hours
    And Dana replies: "It is the tall one."
    And 25 hours pass
    Then the bridge has parked 1 job

  Scenario: She writes again while the Case is locked still
    When Dana replies: "Hello?"
    And 1 hour passes
    Then the bridge has parked 0 jobs
    When 3 hours pass
    Then case A gains the comment "It is the tall one."
    And case A gains the comment "Hello?"

  Scenario: What is taken up again is tried again as soon as anything new
    When 3 hours pass
    Given Salesforce refuses a row of the next CaseComment create with UNABLE_TO_LOCK_ROW
    When Dana replies: "Hello?"
    Then case A gains the comment "It is the tall one." within 1 minute
    And case A gains the comment "Hello?"

  Scenario: What a person drops stays dropped, though the Case is free again
    When the operator runs "parked drop session:Dana"
    And 1 day passes
    Then case A has no comment "It is the tall one."
    And the bridge has parked 0 jobs
    Given webhooks from OpenCX are lost for 1 hour
    When Dana replies: "Hello?"
    Then case A gains the comment "Hello?"
