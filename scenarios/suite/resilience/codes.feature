@promise:keeps-trying
Feature: Each of the org's refusals is understood

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off Dana's conversation: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @house
  Scenario Outline: Her words meet <code>, which passes
    Given Salesforce refuses the next 2 CaseComment creates with <code>
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 5 minutes
    And case A has 2 comments
    And the bridge has nothing left to do

    Examples:
      | code                      |
      | UNABLE_TO_LOCK_ROW        |
      | SERVER_UNAVAILABLE        |
      | STORAGE_LIMIT_EXCEEDED    |
      | REQUEST_LIMIT_EXCEEDED    |
      | INVALID_SESSION_ID        |
      | DUPLICATE_VALUE           |
      | UNKNOWN_EXCEPTION         |
      | MAINTENANCE_PAGE          |
      | API_CURRENTLY_DISABLED    |
      | API_DISABLED_FOR_ORG      |
      | TXN_SECURITY_NO_ACCESS    |
      | TOO_MANY_APEX_REQUESTS    |
      | INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE |

  @F20 @house
  Scenario Outline: Salesforce answers what is asked before with <answer>, which passes
    Given Salesforce answers the next <answer>
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 5 minutes
    And the bridge has nothing left to do

    Examples:
      | answer                                  |
      | 2 queries with status 429               |
      | 2 queries with status 408               |
      | 2 queries with status 404               |
      | 2 queries with status 502               |
      | 2 queries with a redirect               |
      | 2 queries with garbage                  |
      | query with an HTML page of status 503   |
      | query with an HTML page                 |

  @house
  Scenario Outline: What is asked before her words are written meets <code>, which passes
    Given Salesforce refuses the next 2 queries with <code>
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 5 minutes
    And case A has 2 comments
    And the bridge has nothing left to do

    Examples:
      | code                     |
      | QUERY_TIMEOUT            |
      | REQUEST_RUNNING_TOO_LONG |
      | SERVER_UNAVAILABLE       |

  @house
  Scenario Outline: One row of three meets <code>, and the others stand on the Case once, in order
    Given the bridge is killed
    When Dana replies: "One."
    And Dana replies: "Two."
    And Dana replies: "Three."
    And Salesforce refuses a row of the next CaseComment create with <code>
    And the bridge starts again
    Then case A gains the comment "Three."
    And case A has the comments:
      | It flickers. |
      | One.         |
      | Two.         |
      | Three.       |
    And the bridge has nothing left to do

    Examples:
      | code                   |
      | UNABLE_TO_LOCK_ROW     |
      | STORAGE_LIMIT_EXCEEDED |

  @F8 @F41
  @house
  Scenario Outline: Her words meet <code>, which is for good: somebody is told, and the others go on
    Given Salesforce refuses the next CaseComment create with <code>
    When Dana replies: "It is the tall one."
    Then the bridge has parked 1 job
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B opens from opencx with the summary "A chair wobbles"
    When Dana replies: "Hello?"
    Then case A gains the comment "It is the tall one."
    And case A gains the comment "Hello?"
    And the bridge has nothing left to do

    Examples:
      | code                              |
      | FIELD_CUSTOM_VALIDATION_EXCEPTION |
      | INSUFFICIENT_ACCESS_OR_READONLY   |

  @F18
  Scenario: Too many slow calls at once are no reason to stop for long
    Given Salesforce refuses the next write with CONCURRENT_REQUESTS_LIMIT_EXCEEDED
    When Dana replies: "It is the tall one."
