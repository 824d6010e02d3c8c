@promise:keeps-trying
Feature: An outage of either system costs time and nothing else

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  Scenario: Salesforce is down while she writes and another hands off
    Given Salesforce is down for 2 hours
    When Dana replies: "I need it on Friday."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And 3 hours pass
    Then case A gains the comment "I need it on Friday."
    And case B opens from opencx with the summary "Eli waits for order 7"
    And Dana has 1 case
    And Eli has 1 case
    And the bridge has nothing left to do

  Scenario: OpenCX is down while the rep replies
    Given OpenCX is down for 2 hours
    When Ruiz replies on case A: "First: it left the depot."
    And 1 hour passes
    And Ruiz replies on case A: "Second: it comes on Friday."
    And 3 hours pass
    Then Dana receives in this order:
      | First: it left the depot.   |
      | Second: it comes on Friday. |
    And Dana has received 2 mails
    And the bridge has nothing left to do

  @house
  Scenario: Few calls go to a vendor that is down
    Given Salesforce is down for 2 hours
    When Dana replies: "I need it on Friday."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And 3 hours pass
    Then case A gains the comment "I need it on Friday."
    And the bridge has made at most 300 calls to Salesforce
    Given OpenCX is down for 2 hours
    When Ruiz replies on case A: "First: it left the depot."
    And 1 hour passes
    And Ruiz replies on case A: "Second: it comes on Friday."
    And 3 hours pass
    Then Dana has received 2 mails
    And the bridge has made at most 300 calls to OpenCX

  Scenario Outline: <system> answers everything with status <status> for an hour
    Given <system> answers everything with status <status> for 1 hour
    When Dana replies: "I need it on Friday."
    And Ruiz replies on case A: "It comes on Friday."
    And 2 hours pass
    Then Dana receives "It comes on Friday."
    And case A gains the comment "I need it on Friday."
    And Dana has received 1 mail
    And Dana has 1 case
    And the bridge has nothing left to do

    Examples:
      | system     | status |
      | Salesforce | 503    |
      | Salesforce | 500    |
      | OpenCX     | 503    |
      | OpenCX     | 429    |
      | OpenCX     | 500    |

  @house
  Scenario: Retry-After is kept
    Given OpenCX answers the next message send with status 503 and Retry-After 10 minutes
    When Ruiz replies on case A: "It comes on Friday."
    And 9 minutes pass
    Then Dana receives "It comes on Friday." in the same thread
    And OpenCX has been asked for 2 message sends
    And Dana has received 1 mail

  Scenario: Slow answers double nothing
    Given OpenCX takes 40 seconds to answer the next message send
    When Ruiz replies on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When 1 hour passes
    Then Dana has received 1 mail

  Scenario: A Case create that takes longer than the bridge waits
    Given Salesforce takes 40 seconds to answer the next Case create
    When Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    When 1 hour passes
    Then Eli has 1 case
    And case B tells "And mine?" 1 time
    And the bridge has nothing left to do

  Scenario Outline: The answer to <what> is cut
    Given Salesforce cuts the answer to the next <what>
    When Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    And case B tells "And mine?" 1 time
    And Eli has 1 case

    Examples:
      | what        |
      | Case create |
      | query       |

  @house
  Scenario Outline: Few calls go to <system> while it answers everything with status <status>
    Given <system> answers everything with status <status> for 2 hours
    When Dana replies: "I need it on Friday."
    And Ruiz replies on case A: "It comes on Friday."
    And Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    And 3 hours pass
    Then Dana receives "It comes on Friday."
    And the bridge has made at most 200 calls to <system>

    Examples:
      | system     | status |
      | Salesforce | 500    |
      | Salesforce | 503    |

  @house
  Scenario: After a long outage a short one is short
    Given OpenCX answers everything with status 503 for 3 hours
    When Dana replies: "I need it on Friday."
    And 6 hours pass
    Then case A gains the comment "I need it on Friday."
    Given OpenCX answers the next session read with status 429
    When Dana replies: "Is it on its way?"
    Then case A gains the comment "Is it on its way?" within 1 minute

  @F41 @house
  Scenario: What failed by itself before a long outage, and fails once more after it, has not failed all that time
    Given case A is locked for 1 minute
    When Dana replies: "I need it on Friday."
    And 20 seconds pass
    Given Salesforce is down for 2 days
    When 2 days pass
    Given case A is locked for 5 minutes
    Then case A gains the comment "I need it on Friday." within 20 minutes

  @house
  Scenario: A call that hangs is not waited for
    Given OpenCX takes 50 seconds to answer the next session read
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday." within 40 seconds
