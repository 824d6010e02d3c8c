@promise:keeps-trying
Feature: A refusal is read by its code: what passes is tried again, what does not holds up nobody else

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: Salesforce refuses three handoffs with <code>
    Given Salesforce refuses the next 3 Case creates with <code>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    When Ruiz replies on case A: "On its way."
    Then Dana receives "On its way." in the same thread
    And Dana has 1 case
    And the bridge has nothing left to do

    @F19
    Examples:
      | code               |
      | UNABLE_TO_LOCK_ROW |

    @F20
    Examples:
      | code               |
      | SERVER_UNAVAILABLE |

  @F19
  Scenario: One row of a handoff meets a lock
    Given Salesforce refuses a row of the next CaseComment create with UNABLE_TO_LOCK_ROW
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    And Dana has 1 case
    And the bridge has nothing left to do

  @F19
  Scenario: A rep works on the Case while her next mail comes
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given case A is locked for 2 minutes
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    And Dana has 1 case
    And the bridge has nothing left to do

  @F8 @house
  Scenario: A rule of the org forbids one Case, and the others go on
    Given the org refuses a Case without "ContactId": "Every Case needs a contact."
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 1 hour passes
    Then Dana has 0 cases
    And the bridge has parked 1 job
    And the bridge has made at most 60 calls to Salesforce

  @F8 @house
  Scenario: A rule against her address is a rule of the org, and not met by leaving her address out
    Given the org refuses a Case with "SuppliedEmail": "Name the contact instead."
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 1 hour passes
    Then the bridge has parked 1 job

  @F14
  Scenario: The token expires while a reply is under way
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the access token expires
    When Ruiz replies on case A: "On its way."
    Then Dana receives "On its way." in the same thread
    And Dana has received 1 mail

  @F17
  Scenario: The day's API calls are used up
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the org's API calls are used up
    When Ruiz replies on case A: "On its way."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And 3 hours pass
    Then Dana receives nothing
    Given the org's API calls are given back
    Then Dana receives "On its way." in the same thread
    And case B opens from opencx with the summary "Eli waits for order 7"
    And the bridge has nothing left to do

  @F17 @house
  Scenario: Few calls are made while the day's are used up
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the org's API calls are used up
    When Ruiz replies on case A: "On its way."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And 3 hours pass
    Then the bridge has made at most 200 calls to Salesforce
    Given the org's API calls are given back
    Then Dana receives "On its way." in the same thread

  @F16
  Scenario: The integration user is deactivated for three days
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the integration user is deactivated
    When Ruiz replies on case A: "First: it left the depot."
    And 1 hour passes
    And Ruiz replies on case A: "Second: it comes on Friday."
    And 3 hours pass
    Given the integration user is active again
    Then Dana receives in this order:
      | First: it left the depot.   |
      | Second: it comes on Friday. |
    And Dana has received 2 mails

  @F20
  Scenario: Salesforce shows a page instead of an answer
    Given Salesforce answers the next 2 queries with an HTML page
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And Dana has 1 case
    And the bridge has nothing left to do

  Scenario Outline: OpenCX answers <what> with <status>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Given OpenCX answers the next 2 <what> with status <status>
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    And Dana's session shows case A
    And Dana has 1 case
    And the bridge has nothing left to do

    Examples:
      | what            | status |
      | session reads   | 429    |
      | session reads   | 500    |
      | session reads   | 404    |
      | history reads   | 503    |
      | history reads   | 404    |
      | session updates | 500    |
      | session updates | 404    |

  Scenario Outline: OpenCX answers a reply with <status>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given OpenCX answers the next 2 message sends with status <status>
    When Ruiz replies on case A: "On its way."
    Then Dana receives "On its way." in the same thread
    And Dana has received 1 mail
    And the bridge has nothing left to do

    Examples:
      | status |
      | 401    |
      | 429    |
      | 500    |
      | 503    |

  Scenario Outline: OpenCX answers <what> with <answer>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    Given OpenCX answers the next 2 <what> with <answer>
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    And Dana has 1 case

    Examples:
      | what          | answer       |
      | session reads | garbage      |
      | history reads | garbage      |
      | session reads | an HTML page |
      | history reads | an HTML page |
      | session reads | a redirect   |

  @house
  Scenario: A conversation that OpenCX refuses to show is no conversation that is gone
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given OpenCX answers the next session read with status 403
    When Dana replies: "It is the tall one."
    Then the bridge has parked 1 job
    When the operator runs "parked retry all"
    Then case A gains the comment "It is the tall one." within 1 minute

  @F41 @house
  Scenario: Two days without the bridge are no two days of trying
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given case A is locked for 1 minute
    When Dana emails help@acme.test about "Lamp": "It is the tall one."
    And 20 seconds pass
    Given the bridge is killed
    When 2 days pass
    Given case A is locked for 20 seconds
    And the bridge starts again
    Then case A gains the comment "It is the tall one." within 8 minutes
