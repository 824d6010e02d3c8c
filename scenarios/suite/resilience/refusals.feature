@promise:keeps-trying @I1 @I10
Feature: A system that is down for a while delays work and loses none

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F20
  Scenario Outline: Salesforce refuses the Case a few times with status <status>
    Given Salesforce answers the next 3 Case creates with status <status>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    And Dana has 1 case
    And the bridge has nothing left to do

    Examples:
      | status |
      | 500    |
      | 503    |

  Scenario: OpenCX refuses the reply a few times
    Given OpenCX answers the next 2 message sends with status 503
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread from help@acme.test
    And Dana has received 1 mail

  @F14
  Scenario: The access token expires between the handoff and the reply
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the access token expires
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
    Given the access token expires
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And the bridge has nothing left to do
