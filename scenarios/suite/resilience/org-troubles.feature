@promise:keeps-trying @I1 @I10
Feature: What stands in the way inside the org is waited for, or parked where it can be seen

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  @F8 @F41
  Scenario: A Case that a validation rule refuses is parked and holds nobody up
    Given Salesforce refuses the next Case create with FIELD_CUSTOM_VALIDATION_EXCEPTION
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And Eli emails help@acme.test about "Hello": "Hi"
    And the AI hands off: "Eli says hello"
    Then case A opens from opencx with the summary "Eli says hello"
    And the bridge has parked 1 job

  @F19
  Scenario: Somebody holds the Case while the customer writes
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When case A is locked for 5 minutes
    And Dana replies: "Any news?"
    Then case A tells "Any news?" 1 time

  @F19
  Scenario: One row of a composite is refused
    Given Salesforce refuses a row of the next CaseComment create with UNABLE_TO_LOCK_ROW
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    And Dana has 1 case

  @F17
  Scenario: The day's API calls are used up, and in the evening there are new ones
    Given the org's API calls are used up
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 10 hours pass
    And the org's API calls are given back
    And 14 hours pass
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F16
  Scenario: The integration user is deactivated for a night
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the integration user is deactivated
    And the AI hands off: "Dana waits for order 1182"
    And 12 hours pass
    And the integration user is active again
    And 10 hours pass
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F76
  Scenario: A Case that was deleted by mistake and undeleted is the conversation's again
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz deletes case A
    And 1 hour passes
    And Ruiz undeletes case A
    And Dana replies: "Any news?"
    Then case A gains the comment "Any news?"
    And Dana has 1 open case

  @F46 @F57 @I7
  Scenario: An internal comment that is edited and deleted never leaves
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz writes the internal comment on case A: "Third refund, first."
    And Ruiz edits the comment "Third refund, first." on case A to "Third refund, second."
    And Ruiz deletes the comment "Third refund, second." on case A
    Then Dana does not receive "Third refund"
    And the Inbox does not show "Third refund"

  @F58 @I4
  Scenario: Two reps answer in the same second
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz and Okafor reply on case A in the same second: "It left the depot." and "It comes on Friday."
    Then Dana receives in this order:
      | It left the depot.  |
      | It comes on Friday. |
    And Dana has received 2 mails

  @F56
  Scenario: What a rep writes in rich text can be read
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A in HTML: "<p>It costs 5 &lt; 6 &euro;.</p><ul><li>by post</li><li>by courier</li></ul>"
    Then Dana receives "It costs 5 < 6 €." in the same thread
    And Dana receives "by courier"

  @F19 @F41 @house
  Scenario: A Case that somebody holds for more than a day is given up where it can be seen, and taken up again
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "I look into it."
    Then Dana receives "I look into it." in the same thread
    When case A is locked for 26 hours
    And Dana replies: "Any news?"
    And 20 hours pass
    Then the bridge has parked 0 jobs
    When 5 hours pass
    Then the bridge has parked 1 job
    When 2 hours pass
    And Dana replies: "Hello?"
    Then case A gains the comment "Any news?"
    And case A gains the comment "Hello?"
    And the bridge has nothing left to do
