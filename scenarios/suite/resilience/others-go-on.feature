@promise:keeps-trying @house
Feature: What concerns one call stops nobody else

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Ruiz replies on case A: "When does it?"
    And Ruiz replies on case B: "Where is it?"
    Then Dana receives "When does it?" in the same thread
    And Eli receives "Where is it?" in the same thread

  @F18
  Scenario: Too many slow calls at this moment are no end of the day's
    Given Salesforce refuses the next query with CONCURRENT_REQUESTS_LIMIT_EXCEEDED
    When Dana replies: "At night."
    And Eli replies: "On the stairs."
    Then case B gains the comment "On the stairs." within 2 seconds
    And case A gains the comment "At night."

  Scenario Outline: One fault of <system>
    Given <system> answers the next <operation> with status 503
    When Dana replies: "At night."
    And Eli replies: "On the stairs."
    Then case B gains the comment "On the stairs." within 2 seconds
    And case A gains the comment "At night."

    Examples:
      | system     | operation    |
      | Salesforce | query        |
      | OpenCX     | history read |

  @F19
  Scenario: A row lock that a trigger tells of passes
    Given Salesforce refuses the next 2 CaseComment creates with UNABLE_TO_LOCK_ROW_IN_TRIGGER
    When Dana replies: "At night."
    Then case A gains the comment "At night."
    And the bridge has nothing left to do

  Scenario Outline: OpenCX answers a reply with status <code>
    Given OpenCX answers the next message send with status <code>
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And the bridge has nothing left to do

    Examples:
      | code |
      | 404  |
      | 408  |
      | 409  |
      | 429  |
      | 502  |

  Scenario: A gateway stands between the bridge and OpenCX
    Given OpenCX answers the next 2 message sends with an HTML page of status 403
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana has received 2 mails

  Scenario: A gateway takes no reply of that size, and somebody is told
    Given OpenCX answers the next message send with an HTML page of status 413
    When Ruiz replies on case A: "Which lamp is it?"
    Then the bridge has parked 1 job

  Scenario: "Not there" twice, a day apart, is not "gone"
    Given OpenCX answers the next session read with status 404
    When Dana replies: "At night."
    Then case A gains the comment "At night."
    When 1 day passes
    Given OpenCX answers the next session read with status 404
    When Dana replies: "And at noon."
    Then case A gains the comment "And at noon."

  Scenario Outline: She writes again while Salesforce takes its time for the <operation>
    Given Salesforce takes 5 seconds to answer the next <operation>
    When Dana replies: "At night."
    And Dana replies: "And at noon."
    Then case A gains the comment "And at noon." within 1 minute
    And case A tells "At night." 1 time

    Examples:
      | operation          |
      | query              |
      | CaseComment create |

  Scenario: Faults of long ago make no outage
    Given OpenCX answers the next 4 message sends with status 409
    And OpenCX never gets the next 4 message sends
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given OpenCX answers the next session read with status 500
    When Dana replies: "The green one."
    And Ruiz replies on case B: "Which chair is it?"
    Then Eli receives "Which chair is it?" within 2 seconds
    And case A gains the comment "The green one."

  Scenario: Refusals make no outage, however many they are
    Given OpenCX answers the next 6 file reads with status 403
    When Dana emails help@acme.test about "My receipts" with 6 small files: "Here they are."
    And Ruiz replies on case B: "Which chair is it?"
    Then Eli receives "Which chair is it?" within 2 seconds
    And case A tells "page-6.txt"

  @F20
  Scenario: A gateway stands between the bridge and the org
    Given Salesforce answers the next query with an HTML page of status 403
    When Dana replies: "At night."
    Then case A gains the comment "At night." within 1 minute

  @F20
  Scenario: A gateway stands there that does not say what it answers with
    Given Salesforce answers the next query with an HTML page of status 403 without a type
    When Dana replies: "At night."
    Then case A gains the comment "At night." within 1 minute

  @F75
  Scenario: Salesforce says of a comment that its Case is deleted, and a moment later it is there
    Given Salesforce refuses a row of the next CaseComment create with ENTITY_IS_DELETED
    When Dana replies: "At night."
    Then case A gains the comment "At night." within 1 minute
