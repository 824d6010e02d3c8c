@promise:case-create
Feature: Orgs differ, and a Case opens all the same

  @F79
  Scenario: A Case that is closed with a word of the org's own is closed
    Given the org closes Cases with "Erledigt"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz closes case A
    Then case A is closed
    When 1 minute passes
    And Dana emails help@acme.test about "Another thing": "Any news?"
    And the AI hands off: "Dana asks again"
    Then case B opens from opencx with the summary "Dana asks again"
    And case A does not tell "Any news?"

  @F27
  Scenario: An org whose triggers were not deployed is looked at by the sweep
    Given the org has no trigger
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread

  Scenario: A Case that goes from queue to queue and from hand to hand stays the conversation's
    Given the org has the queue "Billing"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Billing"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz takes case A
    And Ruiz gives case A to the queue "Billing"
    And Okafor takes case A
    And Okafor sets "Priority" of case A to "High"
    And Okafor replies on case A: "It is with us now."
    Then Dana receives "It is with us now." in the same thread
    And the Inbox shows "It is with us now." from an agent
    And case A belongs to Okafor
    And "Priority" of case A is "High"
