@promise:keeps-trying @F76
Feature: A Case that no query shows for a while is not taken for a deleted one

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    When 1 hour passes
    And case A is missing from queries for 1 minute

  @house
  Scenario: The rep's reply goes out as soon as it is there again
    When Ruiz replies on case A: "The green one?"
    Then Dana receives "The green one?" within 8 minutes
    And Dana has received 2 mails

  @house
  Scenario: What she writes meanwhile stands on it as soon, and opens no other
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 8 minutes
    And Dana has 1 case

  @house
  Scenario: It was missing once before, and was seen in between
    When Ruiz replies on case A: "The green one?"
    Then Dana receives "The green one?"
    When 20 minutes pass
    And case A is missing from queries for 2 minutes
    And Ruiz replies on case A: "Or the tall one?"
    Then Dana receives "Or the tall one?" within 8 minutes

  @house
  Scenario: It stays away for longer than anybody waits, and comes back
    When 10 minutes pass
    And case A is missing from queries for 1 hour
    And Dana replies: "It is the tall one."
    And 30 minutes pass
    Then the bridge has parked 1 job
    When 1 hour passes
    Then case A gains the comment "It is the tall one."
    And the bridge has parked 0 jobs
