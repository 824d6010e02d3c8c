@promise:webhooks-are-hints
Feature: A webhook is a hint: late, doubled, overtaken, unsigned or forged it changes nothing but the time

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"

  @F32
  Scenario: The handoff's webhook arrives again days later
    Given the next webhook from OpenCX arrives again after 8 days
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz closes case A
    And 9 days pass
    Then Dana has 1 case
    And case A is closed

  @F29
  Scenario Outline: A reply's webhook arrives again after <time>
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the next webhook from Salesforce arrives again after <time>
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    When 9 days pass
    Then Dana has received 1 mail

    Examples:
      | time     |
      | 1 second |
      | 1 hour   |
      | 8 days   |

  Scenario: A webhook that is twenty seconds late
    Given the next webhook from OpenCX comes 20 seconds late
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And Dana has 1 case

  @F33
  Scenario: A webhook signed with another key is refused, and the sweep brings what it told
    Given the next webhook from OpenCX is signed with another key
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And the bridge has refused 1 webhook from OpenCX

  Scenario: An unsigned webhook is a hint all the same
    Given the next webhook from OpenCX is unsigned
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And the bridge has refused 0 webhooks from OpenCX

  @F40
  Scenario Outline: <system>'s clock is 4 minutes <way>
    Given <system>'s clock is 4 minutes <way>
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot."
    Then Dana receives "It left the depot." in the same thread
    When Dana replies: "Thank you, and when does it come?"
    Then case A gains the comment "Thank you, and when does it come?"
    And Dana has received 1 mail
    And Dana has 1 case

    Examples:
      | system     | way  |
      | Salesforce | fast |
      | Salesforce | slow |
      | OpenCX     | fast |
      | OpenCX     | slow |

  # Every signature is older than five minutes, and what has changed seems to have done so before the last look.
  @F40 @house
  Scenario: OpenCX's clock is set back by 6 minutes
    Given OpenCX's clock is 6 minutes slow
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F24 @F26
  Scenario: Salesforce's webhooks are lost for hours
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given webhooks from Salesforce are lost for 3 hours
    When Ruiz replies on case A: "First: it left the depot."
    And 1 hour passes
    And Ruiz replies on case A: "Second: it comes on Friday."
    Then Dana receives in this order:
      | First: it left the depot.   |
      | Second: it comes on Friday. |
    And Dana has received 2 mails

  @F38 @promise:symptom-no-case
  Scenario: OpenCX's webhooks are lost for hours
    Given webhooks from OpenCX are lost for 3 hours
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Dana replies: "I need it on Friday."
    Then case A gains the comment "I need it on Friday."
    And Dana has 1 case
